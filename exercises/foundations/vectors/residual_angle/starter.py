"""The projection of one vector onto another, and what is left."""


def residual_angle() -> tuple[float | str, float | str, float | str]:
    """Return the multiple of b, and the two entries of what is left.

    Texts such as "1/8" are read as numbers.
    """
    raise NotImplementedError
