"""
misconception: uses 0.999 for the squares, the default of many libraries
fails: test_several_steps
message: >
  Your running mean of the squares forgets as with β₂ = 0.999, which many libraries
  have. Here β₂ is 0.99.
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
    v = 0.999 * v + 0.001 * gradient**2
    k = k + 1
    corrected = m / (1 - 0.9**k)
    root = np.sqrt(v / (1 - 0.999**k))
    step = corrected / (root + 1e-8) + decay * theta
    return theta - learning_rate * step, (m, v, k)
