"""objects: returns texts of characters that do not exist."""

import numpy as np


def softmax(x):
    return np.full(x.shape, 0x7FFFFFFF, "u4").view("U1")
