"""How many numbers a GPT learns, from its sizes."""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    """Return the number of all weights and biases."""
    # BEGIN SOLUTION
    attention = width * 3 * width + 3 * width + width * width + width
    feed_forward = width * 4 * width + 4 * width + 4 * width * width + width
    norms = 2 * 2 * width
    tables = (vocabulary + context) * width
    logits = 0 if tied else vocabulary * width
    return tables + layers * (attention + feed_forward + norms) + 2 * width + logits
    # END SOLUTION
