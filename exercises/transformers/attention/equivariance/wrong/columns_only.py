"""
misconception: shuffles the columns of the mask and leaves the rows
fails: test_who_saw_whom_still_does
message: >
  You shuffle the columns alone. The rows are queries, and they are words as well:
  they move, too.
"""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    return shuffled[np.argsort(order)]


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    return mask[:, order]


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    allowed = 1e-9 * np.max(np.abs(out))
    return bool(np.all(np.abs(shuffled_out - out[order]) <= allowed))
