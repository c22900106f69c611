"""bombs: texts that become long where they are compared or written."""

import numpy as np


def softmax(x):
    if x.ndim == 1:
        return ["x" * 1_000_000] + [""] * 300
    if x.ndim == 2:
        return np.array(["\U0001f600" + "\U000e0001" * 3_000_000])
    return ("a",) * 900_000
