"""
misconception: shuffles the queries of the mask alone
fails: test_who_saw_whom_still_does
message: >
  You shuffled the rows, the queries. The keys are the same words, so the columns have to be
  shuffled as well.
"""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    return shuffled[np.argsort(order)]


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    return mask[order]


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    allowed = 1e-9 * np.max(np.abs(out))
    return bool(np.all(np.abs(shuffled_out - out[order]) <= allowed))
