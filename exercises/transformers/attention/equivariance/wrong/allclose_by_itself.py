"""
misconception: measures each entry by its own size
fails: test_shuffled_output_is_recognized
message: >
  You measure each entry by its own size, so a small one has to be as exact as no sum of
  large ones can be, and a 0 may not differ at all. The yardstick for all entries is the
  largest of them.
"""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    return shuffled[np.argsort(order)]


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    return mask[order][:, order]


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    return np.allclose(shuffled_out, out[order], rtol=1e-9, atol=0)
