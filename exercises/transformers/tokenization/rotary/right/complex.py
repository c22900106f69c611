"""Pairs as complex numbers."""

import numpy as np


def rotate(x, positions, base=10000.0):
    half = x.shape[1] // 2
    z = x[:, :half] + 1j * x[:, half:]
    speed = base ** (-np.arange(half) / half)
    z = z * np.exp(1j * positions[:, None] * speed)
    return np.hstack([z.real, z.imag])
