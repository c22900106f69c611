"""A test that tells the gradient of a function from wrong ones."""

import numpy as np


def is_gradient(a: np.ndarray, x: np.ndarray, g: np.ndarray) -> bool:
    """Tell whether `g` is the gradient of sin(a·x) + ‖x‖² at `x`.

    a, x, g: (n,)
    """

    raise NotImplementedError
