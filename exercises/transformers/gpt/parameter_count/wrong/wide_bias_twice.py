"""
misconception: counts four times the width as biases on the way back as well
fails: test_one_narrow_block
message: >
  Both maps of your feed-forward layer have 4 times width biases. A map has one for
  each feature that it gives, not for those it gets: the second one leads back to
  width features.
"""

def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    attention = width * 3 * width + 3 * width + width * width + width
    feed_forward = 2 * (width * 4 * width + 4 * width)
    norms = 2 * 2 * width
    tables = (vocabulary + context) * width
    logits = 0 if tied else vocabulary * width
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
