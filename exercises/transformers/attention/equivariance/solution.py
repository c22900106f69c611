"""Permutations of words: undone, carried to the mask, and tested for."""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Return the rows of x, given x[order]. Shapes (T, d), (T,) -> (T, d)."""
    # BEGIN SOLUTION
    return shuffled[np.argsort(order)]
    # END SOLUTION


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Return who may see whom among the shuffled words. Shape (T, T) -> (T, T)."""
    # BEGIN SOLUTION
    return mask[order][:, order]
    # END SOLUTION


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    """Tell whether shuffled_out is out[order], to 1e-9 of the largest entry of out.

    out: (T, d), shuffled_out: (T, d), order: (T,)
    """
    # BEGIN SOLUTION
    allowed = 1e-9 * np.max(np.abs(out))
    return bool(np.all(np.abs(shuffled_out - out[order]) <= allowed))
    # END SOLUTION
