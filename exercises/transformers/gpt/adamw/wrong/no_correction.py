"""
misconception: forgets that the means began at zero
fails: test_the_first_step
message: >
  Your means are used as they are, but they began at zero and are too small at first.
  At step k divide them by 1 - β₁^k and 1 - β₂^k, so the state has to count the steps,
  too. At the first step the two errors all but cancel; at the next steps they do not.
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
    corrected = m
    root = np.sqrt(v)
    step = corrected / (root + 1e-8) + decay * theta
    return theta - learning_rate * step, (m, v)
