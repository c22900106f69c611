"""Pair by pair, in an array that is filled."""

import math

import numpy as np


def rotate(x, positions, base=10000.0):
    n, d = x.shape
    out = np.empty((n, d))
    for t in range(n):
        for j in range(d // 2):
            angle = positions[t] * base ** (-2 * j / d)
            u, v = x[t, j], x[t, j + d // 2]
            out[t, j] = u * math.cos(angle) - v * math.sin(angle)
            out[t, j + d // 2] = u * math.sin(angle) + v * math.cos(angle)
    return out
