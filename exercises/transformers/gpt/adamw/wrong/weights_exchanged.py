"""
misconception: gives the new gradient the weight of the old mean
fails: test_the_first_step
message: >
  In your running means the new gradient has the weight β and the old mean 1 - β. It
  is the other way round: the mean changes slowly.
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
    m = 0.1 * m + 0.9 * gradient
    v = 0.01 * v + 0.99 * gradient**2
    k = k + 1
    corrected = m / (1 - 0.9**k)
    root = np.sqrt(v / (1 - 0.99**k))
    step = corrected / (root + 1e-8) + decay * theta
    return theta - learning_rate * step, (m, v, k)
