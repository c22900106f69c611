"""
misconception: asks whether the output stays the same
fails: test_shuffled_output_is_recognized
message: >
  You ask whether the output is the same, which is invariance. Equivariant means: shuffled as
  the input was.
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
    return bool(np.all(np.abs(shuffled_out - out) <= allowed))
