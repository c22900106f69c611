"""
misconception: forgets the last norm
fails: test_tables_alone
message: >
  After the last block stands one more layer norm, with a weight and a bias for every
  feature.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + 3 * width + width * width + width
    feed_forward = width * 4 * width + 4 * width + 4 * width * width + width
    norms = 2 * 2 * width
    tables = (vocabulary + context) * width
    logits = 0 if tied else vocabulary * width
    return tables + layers * (attention + feed_forward + norms) + logits
