"""In percent, as texts."""


def three_weights():
    return "9 %", "24.5 %", "66.5 %", "25.75"
