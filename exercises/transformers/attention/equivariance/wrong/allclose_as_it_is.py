"""
misconception: leaves the absolute tolerance of allclose as it is
fails: test_shuffled_output_is_recognized
message: >
  `rtol` measures each entry by its own size, and `np.allclose` adds `atol`, 1e-8, which
  hides everything among small numbers. The task has one allowance for all entries: 1e-9
  times the largest, as `atol`, with `rtol=0`.
"""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    return shuffled[np.argsort(order)]


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    return mask[order][:, order]


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    return np.allclose(shuffled_out, out[order], rtol=1e-9)
