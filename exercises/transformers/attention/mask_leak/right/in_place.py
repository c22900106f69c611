"""In place on a copy, hidden scores set to minus infinity."""

import numpy as np


def masked_weights(scores, mask):
    weights = scores.copy()
    weights[~mask] = -np.inf
    top = weights.max(axis=-1, keepdims=True)
    top[top == -np.inf] = 0
    weights -= top
    np.exp(weights, out=weights)
    total = weights.sum(axis=-1, keepdims=True)
    np.divide(weights, total, out=weights, where=total > 0)
    return weights


def causal_mask(n_queries, n_keys):
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
