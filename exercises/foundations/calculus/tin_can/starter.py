"""The can of least metal whose thick ends are cut from squares."""


def tin_can() -> tuple[str, str, str]:
    """Return the radius, the height divided by the radius, and the metal.

    Formulas in V, k and pi, as texts such as "5 pi V^2/(7k)".
    """
    raise NotImplementedError
