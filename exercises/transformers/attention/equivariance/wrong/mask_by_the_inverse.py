"""
misconception: shuffles the mask by the order that undoes the shuffle
fails: test_who_saw_whom_still_does
message: >
  You shuffle the mask by the order that undoes the shuffle. Word i of the shuffled
  text is word order[i], so its row and its column of the mask are those of order[i].
"""

import numpy as np


def restored(shuffled: np.ndarray, order: np.ndarray) -> np.ndarray:
    return shuffled[np.argsort(order)]


def shuffled_mask(mask: np.ndarray, order: np.ndarray) -> np.ndarray:
    back = np.argsort(order)
    return mask[back][:, back]


def is_equivariant(
    out: np.ndarray, shuffled_out: np.ndarray, order: np.ndarray
) -> bool:
    allowed = 1e-9 * np.max(np.abs(out))
    return bool(np.all(np.abs(shuffled_out - out[order]) <= allowed))
