"""
misconception: counts one map for queries, keys and values
fails: test_one_narrow_block
message: >
  Attention makes queries, keys and values: three maps from width to width features,
  each with its bias. You have counted one.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * width + width + width * width + width
    feed_forward = width * 4 * width + 4 * width + 4 * width * width + width
    norms = 2 * 2 * width
    tables = (vocabulary + context) * width
    logits = 0 if tied else vocabulary * width
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
