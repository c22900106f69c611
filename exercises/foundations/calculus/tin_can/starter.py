"""The can of least metal whose thick ends are cut from squares."""


def tin_can() -> tuple[str, str, str]:
    """Return the radius, the height divided by the radius, and the metal.

    Formulas in V and k, as texts such as "2 V^2".
    """
    raise NotImplementedError
