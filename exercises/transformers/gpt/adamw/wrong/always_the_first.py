"""
misconception: corrects the means at every step as at the first
fails: test_several_steps
message: >
  You divide the means by 1 - β₁ and 1 - β₂, which is right at the first step alone.
  What is missing shrinks: at step k divide by 1 - β₁^k and 1 - β₂^k. Keep the number
  of steps in the state.
"""

import numpy as np


def adamw_step(
    theta: np.ndarray,
    gradient: np.ndarray,
    state: tuple | None,
    learning_rate: float,
    decay: float = 0.0,
) -> tuple[np.ndarray, tuple]:
    m, v = (0 * theta, 0 * theta) if state is None else state
    m = 0.9 * m + 0.1 * gradient
    v = 0.99 * v + 0.01 * gradient**2
    corrected = m / (1 - 0.9)
    root = np.sqrt(v / (1 - 0.99))
    step = corrected / (root + 1e-8) + decay * theta
    return theta - learning_rate * step, (m, v)
