"""
misconception: counts width biases for a map to four times the width
fails: test_one_narrow_block
message: >
  The first map of the feed-forward layer gives four times the width, and has a bias
  for each of those features: 4 times width, not width.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + 3 * width + width * width + width
    feed_forward = width * 4 * width + width + 4 * width * width + width
    norms = 2 * 2 * width
    tables = (vocabulary + context) * width
    logits = 0 if tied else vocabulary * width
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
