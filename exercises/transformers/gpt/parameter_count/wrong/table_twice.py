"""
misconception: counts the tied table twice
fails: test_tables_alone
message: >
  A tied table reads the tokens and gives the logits, and is learned once: it counts
  once.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + 3 * width + width * width + width
    feed_forward = width * 4 * width + 4 * width + 4 * width * width + width
    norms = 2 * 2 * width
    tables = (vocabulary + context) * width
    logits = vocabulary * width
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
