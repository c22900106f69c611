"""Permutations of words: undone, carried to the mask, and tested for."""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Return the rows of x, given x[order]. Shapes (T, d), (T,) -> (T, d)."""
    raise NotImplementedError


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    """Return who may see whom among the shuffled words. Shape (T, T) -> (T, T)."""
    raise NotImplementedError


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    """Tell whether shuffled_out is out[order], to 1e-9 of the largest entry of out.

    out: (T, d), shuffled_out: (T, d), order: (T,)
    """
    raise NotImplementedError
