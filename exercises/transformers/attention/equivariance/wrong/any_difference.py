"""
misconception: asks for a difference, and NaN has none
fails: test_not_a_number_is_refused
message: >
  A NaN is neither larger nor smaller than the tolerance, so no difference is found. Ask
  whether all entries are near, not whether one is far.
"""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    return shuffled[np.argsort(order)]


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    return mask[order][:, order]


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    allowed = 1e-9 * np.nanmax(np.abs(out))
    return not bool(np.any(np.abs(shuffled_out - out[order]) > allowed))
