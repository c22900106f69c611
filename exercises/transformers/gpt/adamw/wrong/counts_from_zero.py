"""
misconception: counts the steps too late
fails: test_several_steps
slip: true
message: >
  At the first step k is 1, at the second 2. Yours stays one behind after the first.
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
    corrected = m / (1 - 0.9 ** max(1, k - 1))
    root = np.sqrt(v / (1 - 0.99 ** max(1, k - 1)))
    step = corrected / (root + 1e-8) + decay * theta
    return theta - learning_rate * step, (m, v, k)
