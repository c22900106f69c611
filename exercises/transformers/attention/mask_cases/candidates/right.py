"""The causal mask: the last query stands at the last key."""

import numpy as np


def causal_mask(n_queries, n_keys):
    return np.tri(n_queries, n_keys, n_keys - n_queries, dtype=bool)
