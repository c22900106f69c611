"""Over one denominator."""


def untrained():
    return "-ln(1/V)", "(1 − V)/V", "V⁻¹"
