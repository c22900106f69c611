"""How many numbers a GPT learns, from its sizes."""


def parameter_count(
    vocabulary: int, context: int, width: int, layers: int, tied: bool = True
) -> int:
    """Return the number of all weights and biases."""
    raise NotImplementedError
