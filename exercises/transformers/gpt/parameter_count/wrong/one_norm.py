"""
misconception: has one norm in a block
fails: test_one_narrow_block
message: >
  Each block has two layer norms, one before attention and one before the feed-forward
  layer.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + 3 * width + width * width + width
    feed_forward = width * 4 * width + 4 * width + 4 * width * width + width
    norms = 2 * width
    tables = (vocabulary + context) * width
    logits = 0 if tied else vocabulary * width
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
