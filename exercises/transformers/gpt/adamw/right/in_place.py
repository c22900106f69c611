"""In place on copies, the state a list of two arrays and a number."""

import numpy as np


def adamw_step(theta, gradient, state, learning_rate, decay=0.0):
    if state is None:
        state = (np.zeros(theta.shape), np.zeros(theta.shape), 0)
    m, v, k = state
    m, v, k = m.copy(), v.copy(), k + 1
    m *= 0.9
    m += 0.1 * gradient
    v *= 0.99
    v += 0.01 * np.square(gradient)
    new = theta.copy()
    new -= learning_rate * decay * theta
    new -= learning_rate * (m / (1 - 0.9**k)) / (np.sqrt(v / (1 - 0.99**k)) + 1e-8)
    return new, (m, v, k)
