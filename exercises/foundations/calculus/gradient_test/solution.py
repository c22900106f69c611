"""A test that tells the gradient of a function from wrong ones."""

import numpy as np


def is_gradient(a: np.ndarray, x: np.ndarray, g: np.ndarray) -> bool:
    """Tell whether `g` is the gradient of sin(a·x) + ‖x‖² at `x`.

    a, x, g: (n,)
    """

    # BEGIN SOLUTION
    def f(point: np.ndarray) -> float:
        return float(np.sin(a @ point) + point @ point)

    h = 1e-5 * max(1.0, np.abs(x).max())
    steps = h * np.eye(len(x))
    quotients = np.array([(f(x + e) - f(x - e)) / (2 * h) for e in steps])
    allowed = 1e-5 * np.abs(quotients).max()
    return bool(np.all(np.abs(g - quotients) <= allowed))
    # END SOLUTION
