"""In decimals, as texts."""


def one_step():
    return "1.1", "1,35"
