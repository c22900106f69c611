"""
misconception: leaves out logits of their own
fails: test_logits_of_their_own
message: >
  With tied=False the logits come from a second matrix of vocabulary times width
  numbers.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + 3 * width + width * width + width
    feed_forward = width * 4 * width + 4 * width + 4 * width * width + width
    norms = 2 * 2 * width
    tables = (vocabulary + context) * width
    logits = 0
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
