"""
misconception: measures against the largest entry, not the largest in size
fails: test_shuffled_output_is_recognized
message: >
  Your yardstick is the largest entry of `out`. Where all entries are negative that is a
  negative number, and no difference is below it. The size of an entry is its absolute
  value.
"""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    return shuffled[np.argsort(order)]


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    return mask[order][:, order]


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    allowed = 1e-9 * np.max(out)
    return bool(np.all(np.abs(shuffled_out - out[order]) <= allowed))
