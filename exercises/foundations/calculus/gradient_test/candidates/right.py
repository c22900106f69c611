"""The gradient of sin(a·x) + ‖x‖²."""

import numpy as np


def gradient(a, x):
    return np.cos(a @ x) * a + 2 * x
