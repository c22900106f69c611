"""
misconception: forgets the way out of attention
fails: test_one_narrow_block
message: >
  What the heads found goes through one more linear map, from width to width features.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + 3 * width
    feed_forward = width * 4 * width + 4 * width + 4 * width * width + width
    norms = 2 * 2 * width
    tables = (vocabulary + context) * width
    logits = 0 if tied else vocabulary * width
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
