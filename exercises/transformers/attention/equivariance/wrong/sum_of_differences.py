"""
misconception: compares the sum of all differences with what one entry may be off
fails: test_shuffled_output_is_recognized
message: >
  You add up the differences of all entries. Each entry may be off by 1e-9 of the
  largest one, by itself, so a large output may differ by more in all.
"""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    return shuffled[np.argsort(order)]


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    return mask[order][:, order]


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    allowed = 1e-9 * np.max(np.abs(out))
    return bool(np.sum(np.abs(shuffled_out - out[order])) <= allowed)
