"""In fractions and percent."""


def one_step():
    return ["11/10", "135 %"]
