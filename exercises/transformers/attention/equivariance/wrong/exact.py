"""
misconception: compares to the last digit
fails: test_shuffled_output_is_recognized
message: >
  Sums in another order are rounded otherwise. Compare with a tolerance, as the task says.
"""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    return shuffled[np.argsort(order)]


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    return mask[order][:, order]


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    return bool(np.array_equal(shuffled_out, out[order]))
