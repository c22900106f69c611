"""Dot products and the variance."""

import numpy as np


def r_squared(y, y_pred):
    off = np.subtract(y, y_pred)
    if np.ptp(y) == 0:
        return float(not off.any())
    return 1.0 - np.dot(off, off) / (y.size * np.var(y))
