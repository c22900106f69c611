"""
misconception: leaves the relative tolerance of allclose as it is
fails: test_other_output_is_refused
message: >
  Your `atol` is right. But `np.allclose` adds `rtol` times each entry, and that is 1e-5
  unless you say otherwise: ten thousand times more than is allowed. Set `rtol=0`.
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
    return np.allclose(shuffled_out, out[order], atol=allowed)
