"""The shapes of all arrays, multiplied out."""

from math import prod


def parameter_count(vocabulary, context, width, layers, tied=True):
    vector = (width,)
    block = [vector] * 4
    for rows, columns in [(1, 3), (1, 1), (1, 4), (4, 1)]:
        block += [(rows * width, columns * width), (columns * width,)]
    shapes = [(vocabulary, width), (context, width), vector, vector]
    if not tied:
        shapes.append((width, vocabulary))
    return sum(map(prod, shapes + block * layers))
