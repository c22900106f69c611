"""
misconception: corrects the mean of the gradient and not that of its square
fails: test_the_first_step
message: >
  Your running mean of the squares is not corrected. It begins at zero too: after k
  steps, divide it by 1 - 0.99 to the power of k before you take the root.
"""

import numpy as np


def adamw_step(
    theta: np.ndarray,
    gradient: np.ndarray,
    state: tuple | None,
    learning_rate: float,
    decay: float = 0.0,
) -> tuple[np.ndarray, tuple]:
    m, v, k = (0 * theta, 0 * theta, 0) if state is None else state
    m = 0.9 * m + 0.1 * gradient
    v = 0.99 * v + 0.01 * gradient**2
    k = k + 1
    corrected = m / (1 - 0.9**k)
    root = np.sqrt(v)
    step = corrected / (root + 1e-8) + decay * theta
    return theta - learning_rate * step, (m, v, k)
