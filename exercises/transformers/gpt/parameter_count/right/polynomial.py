"""One polynomial in the width."""


def parameter_count(vocabulary, context, width, layers, tied=True):
    tables = vocabulary * (1 if tied else 2) + context
    return layers * (12 * width**2 + 13 * width) + (tables + 2) * width
