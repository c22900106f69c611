"""The can of least metal whose thick ends are cut from squares."""


def tin_can() -> tuple[str, str, str]:
    """Return the radius, the height divided by the radius, and the metal.

    Formulas in V and k, as texts such as "2 V^2".
    """
    # BEGIN SOLUTION
    return "(V/(8k))^(1/3)", "8k/pi", "6 (k V^2)^(1/3)"
    # END SOLUTION
