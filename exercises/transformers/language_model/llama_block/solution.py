"""The second half of a block of a Llama: what was read joins the stream."""

import numpy as np


# BEGIN SOLUTION
def rms_norm(x: np.ndarray, gain: np.ndarray, eps: float) -> np.ndarray:
    """Return each row divided by its root mean square, times the gain."""
    mean_square = np.mean(x**2, axis=1, keepdims=True)
    return x / np.sqrt(mean_square + eps) * gain


def swiglu(
    x: np.ndarray, gate: np.ndarray, up: np.ndarray, down: np.ndarray
) -> np.ndarray:
    """Return what the gated layer makes of each row."""
    z = x @ gate
    with np.errstate(over="ignore"):  # where exp(-z) is infinite, z / exp(-z) is 0
        passing = z / (1 + np.exp(-z))
    return (passing * (x @ up)) @ down


# END SOLUTION
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
    # BEGIN SOLUTION
    h = x + read @ output
    return h + swiglu(rms_norm(h, gain, eps), gate, up, down)
    # END SOLUTION
