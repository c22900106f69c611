"""The gradients of a layer norm, from its output back to its input."""

import numpy as np


def layer_norm_backward(
    d_y: np.ndarray, x: np.ndarray, weight: np.ndarray, eps: float = 1e-5
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradients by x, weight and bias from the gradient by the output.

    d_y, x: (n, d), weight: (d,) -> (n, d), (d,), (d,)
    """
    raise NotImplementedError
