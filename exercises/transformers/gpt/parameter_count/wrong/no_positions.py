"""
misconception: forgets the table of positions
fails: test_tables_alone
message: >
  There are two tables: beside that of the tokens, one with a vector of width numbers
  for each of the context positions.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + 3 * width + width * width + width
    feed_forward = width * 4 * width + 4 * width + 4 * width * width + width
    norms = 2 * 2 * width
    tables = vocabulary * width
    logits = 0 if tied else vocabulary * width
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
