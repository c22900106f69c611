"""Column by column."""

import numpy as np


def quantize(W):
    codes = np.zeros(W.shape, dtype=np.int8)
    scales = np.ones(W.shape[1])
    for j in range(W.shape[1]):
        largest = np.abs(W[:, j]).max()
        if largest > 0:
            scales[j] = largest / 127
            codes[:, j] = np.round(W[:, j] / scales[j])
    return codes, scales


def product(x, codes, scales):
    out = np.empty((len(x), len(scales)))
    for j, scale in enumerate(scales):
        out[:, j] = scale * (x @ codes[:, j].astype(float))
    return out
