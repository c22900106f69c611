"""
misconception: indexes both axes at once
fails: test_who_saw_whom_still_does
message: >
  mask[order, order] takes pairs of indices: the diagonal alone. Shuffle the rows, then the
  columns.
"""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    return shuffled[np.argsort(order)]


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    return np.broadcast_to(mask[order, order], mask.shape)


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    allowed = 1e-9 * np.max(np.abs(out))
    return bool(np.all(np.abs(shuffled_out - out[order]) <= allowed))
