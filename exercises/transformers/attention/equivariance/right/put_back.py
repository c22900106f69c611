"""Rows are put where they belong, in arrays made like those that were given."""

import numpy as np


def restored(shuffled, order):
    out = np.empty_like(shuffled)
    out[order] = shuffled
    return out


def shuffled_mask(mask, order):
    return mask[np.ix_(order, order)]


def is_equivariant(out, shuffled_out, order):
    allowed = 1e-9 * abs(out).max()
    return np.allclose(shuffled_out, out[order], rtol=0, atol=allowed)
