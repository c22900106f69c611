"""The can of least metal whose ends are thicker than its wall."""


def tin_can() -> tuple[str, str, str]:
    """Return the radius, the height divided by the radius, and the metal.

    Formulas in V and k, as texts such as "2 V^2".
    """
    # BEGIN SOLUTION
    return "(V/(2 pi k))^(1/3)", "2k", "3 (2 pi k V^2)^(1/3)"
    # END SOLUTION
