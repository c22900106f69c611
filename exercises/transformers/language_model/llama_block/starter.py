"""The second half of a block of a Llama: what was read joins the stream."""

import numpy as np


def llama_block(
    x: np.ndarray,
    read: np.ndarray,
    output: np.ndarray,
    gain: np.ndarray,
    gate: np.ndarray,
    up: np.ndarray,
    down: np.ndarray,
    eps: float,
) -> np.ndarray:
    """Return the stream plus what was read, plus the layer's answer to the sum.

    x, read: (T, d), output: (d, d), gain: (d,), gate, up: (d, h), down: (h, d)
    -> (T, d)
    """
    raise NotImplementedError
