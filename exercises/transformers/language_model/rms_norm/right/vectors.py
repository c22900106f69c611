"""Vector by vector."""

import numpy as np


def rms_norm(x, gain, eps):
    vectors = []
    for vector in x.reshape(-1, x.shape[-1]):
        size = (sum(v * v for v in vector) / len(vector) + eps) ** 0.5
        vectors.append([g * v / size for g, v in zip(gain, vector)])
    return np.array(vectors).reshape(x.shape)
