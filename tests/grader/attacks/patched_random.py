"""state: makes the random generators repeat themselves."""

import numpy as np

np.random.default_rng = lambda *args: None
np.random.seed(0)


def softmax(x):
    return x * 0
