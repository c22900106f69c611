"""
misconception: gives the matrix of logits a bias
fails: test_logits_of_their_own
message: >
  Your matrix of logits has a bias for each token. This one has none.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + 3 * width + width * width + width
    feed_forward = width * 4 * width + 4 * width + 4 * width * width + width
    norms = 2 * 2 * width
    tables = (vocabulary + context) * width
    logits = 0 if tied else vocabulary * width + vocabulary
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
