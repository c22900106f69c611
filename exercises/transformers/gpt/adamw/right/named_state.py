"""A named tuple as the state."""

from typing import NamedTuple

import numpy as np


class State(NamedTuple):
    mean: np.ndarray
    square: np.ndarray
    left: tuple = (1.0, 1.0)


def adamw_step(theta, gradient, state, learning_rate, decay=0.0):
    if state is None:
        state = State(np.zeros_like(gradient), np.zeros_like(gradient))
    left = state.left[0] * 0.9, state.left[1] * 0.99
    mean = 0.9 * state.mean + (1 - 0.9) * gradient
    square = 0.99 * state.square + (1 - 0.99) * gradient * gradient
    pace = (mean / (1 - left[0])) / ((square / (1 - left[1])) ** 0.5 + 1e-8)
    new = theta * (1 - learning_rate * decay) - learning_rate * pace
    return new, State(mean, square, left)
