"""
misconception: lets the means begin with the first gradient
fails: test_several_steps
message: >
  Your means begin with the first gradient and its square. That needs no correction,
  but at the second step the first gradient counts nine times as much as the second,
  and its square 99 times. Begin with zeros and divide by 1 - β^k: then a gradient
  counts the less, the older it is.
"""

import numpy as np


def adamw_step(
    theta: np.ndarray,
    gradient: np.ndarray,
    state: tuple | None,
    learning_rate: float,
    decay: float = 0.0,
) -> tuple[np.ndarray, tuple]:
    if state is None:
        m, v = gradient, gradient**2
    else:
        m = 0.9 * state[0] + 0.1 * gradient
        v = 0.99 * state[1] + 0.01 * gradient**2
    corrected = m
    root = np.sqrt(v)
    step = corrected / (root + 1e-8) + decay * theta
    return theta - learning_rate * step, (m, v)
