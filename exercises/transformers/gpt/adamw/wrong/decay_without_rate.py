"""
misconception: does not multiply the decay by the learning rate
fails: test_decay
message: >
  Your decay takes λθ off the parameters. It is part of the step and is multiplied by
  the learning rate as well: ηλθ.
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
    root = np.sqrt(v / (1 - 0.99**k))
    step = corrected / (root + 1e-8)
    return theta - learning_rate * step - decay * theta, (m, v, k)
