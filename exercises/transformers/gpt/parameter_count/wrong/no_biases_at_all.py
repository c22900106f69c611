"""
misconception: leaves out all biases, those of the norms as well
fails: test_tables_alone
message: >
  You have counted no bias at all. Each linear map has one for each feature that it
  gives, and each layer norm has a bias beside its weight.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + width * width
    feed_forward = width * 4 * width + 4 * width * width
    norms = 2 * width
    tables = (vocabulary + context) * width
    logits = 0 if tied else vocabulary * width
    return tables + layers * (attention + feed_forward + norms) + width + logits
