"""bombs: an array of no entries, a thousand million times."""

import numpy as np


def softmax(x):
    return np.zeros((10**9, 0))
