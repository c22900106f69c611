"""
misconception: counts the steps and does not correct the means
fails: test_the_first_step
message: >
  You count the steps, and the count changes nothing. It is there for the correction:
  both means began at zero, so at step k divide them by 1 - β₁^k and 1 - β₂^k.
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
    corrected = m
    root = np.sqrt(v)
    step = corrected / (root + 1e-8) + decay * theta
    return theta - learning_rate * step, (m, v, k)
