"""
misconception: leaves out the biases
fails: test_one_narrow_block
message: >
  You have counted matrices alone. A linear map from a to b features has b biases beside
  its a·b weights.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + width * width
    feed_forward = width * 4 * width + 4 * width * width
    norms = 2 * 2 * width
    tables = (vocabulary + context) * width
    logits = 0 if tied else vocabulary * width
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
