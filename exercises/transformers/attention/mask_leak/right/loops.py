"""Row by row, only with what may be seen."""

import numpy as np


def masked_weights(scores, mask):
    out = np.zeros(scores.shape)
    for at in np.ndindex(*scores.shape[:-1]):
        seen = scores[at][mask[at]]
        if len(seen):
            powers = np.exp(seen - max(seen))
            out[at][mask[at]] = powers / sum(powers)
    return out


def causal_mask(n_queries, n_keys):
    before = n_keys - n_queries
    return [[s <= t + before for s in range(n_keys)] for t in range(n_queries)]
