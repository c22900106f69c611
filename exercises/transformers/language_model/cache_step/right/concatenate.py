"""With `concatenate` and `average`."""

import numpy as np


def step(q, k, v, keys, values):
    keys = np.concatenate((keys, k[np.newaxis]))
    values = np.append(values, v.reshape(1, -1), axis=0)
    scores = np.einsum("se,e->s", keys, q)
    scores /= np.sqrt(q.size)
    weights = np.exp(scores - scores.max())
    return [np.average(values, axis=0, weights=weights), keys, values]
