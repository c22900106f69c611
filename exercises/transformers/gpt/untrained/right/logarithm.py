"""With another name of the logarithm."""


def untrained():
    return ["log(V)", "-(1 - 1/V)", "e^(-ln(V))"]
