"""
misconception: counts a matrix of logits where it is tied, and none where it is not
fails: test_tables_alone
message: >
  You have it the wrong way round: with tied=True the table of tokens gives the logits
  and there is no other matrix; with tied=False there is one.
"""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + 3 * width + width * width + width
    feed_forward = width * 4 * width + 4 * width + 4 * width * width + width
    norms = 2 * 2 * width
    tables = (vocabulary + context) * width
    logits = vocabulary * width if tied else 0
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
