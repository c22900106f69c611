"""A step of AdamW: a pace of its own for every parameter."""

import numpy as np


def adamw_step(
    theta: np.ndarray,
    gradient: np.ndarray,
    state: tuple | None,
    learning_rate: float,
    decay: float = 0.0,
) -> tuple[np.ndarray, tuple]:
    """Return the parameters after a step, and the state for the next one."""
    raise NotImplementedError
