"""
misconception: a fixed tolerance
fails: test_shuffled_output_is_recognized
message: >
  A fixed tolerance is too small for large numbers and too large for small ones. Make it from
  the largest entry of out.
"""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    return shuffled[np.argsort(order)]


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    return mask[order][:, order]


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    return bool(np.all(np.abs(shuffled_out - out[order]) <= 1e-9))
