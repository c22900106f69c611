"""The weights of three keys, and the mix of their values."""


def three_weights() -> tuple[float | str, ...]:
    """Return the three weights, and the mix.

    Texts such as "1/8" are read as numbers.
    """
    raise NotImplementedError
