"""The gated feed-forward layer of a Llama."""

import numpy as np


def swiglu(
    x: np.ndarray, gate: np.ndarray, up: np.ndarray, down: np.ndarray
) -> np.ndarray:
    """Return what the layer makes of each vector along the last axis.

    x: (..., d), gate, up: (d, h), down: (h, d) -> (..., d)
    """
    raise NotImplementedError
