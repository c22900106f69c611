"""Where preferences lead, for answers that can be counted: no model, no training."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from groundup.validation import finite_numbers

from .layers import Array

ROUNDING = 1e-9  # by which probabilities may miss their sum of 1


def optimal_policy(reference: ArrayLike, rewards: ArrayLike, beta: float) -> Array:
    """Return the probabilities of most reward less β KL to the reference: (n,).

    Formula `fine_tuning.optimal_policy`: the reference, each answer times e^(reward/β).
    `reference: (n,)` are positive and sum to 1. Raises ValueError for others, and
    unless β > 0. Source: Rafailov et al. (2023).
    """
    before = probabilities(reference, "reference")
    reward = finite_numbers(rewards, "rewards", 1)
    if reward.shape != before.shape:
        raise ValueError(
            "there must be a reward for each answer of the reference,"
            f" found {reward.shape} and {before.shape}"
        )
    if not 0 < beta < np.inf:
        raise ValueError(f"beta must be a positive number, found {beta}")
    if not before.all():
        raise ValueError(f"all of the reference must be positive, found {before.min()}")
    weights = before * np.exp((reward - reward.max()) / beta)
    return np.asarray(weights / weights.sum())


def relative_entropy(policy: ArrayLike, reference: ArrayLike) -> float:
    """Return KL(policy ‖ reference) in nats: Σ p ln(p / q), infinite where q is 0.

    Formula `fine_tuning.relative_entropy`. Both are probabilities (n,). Raises
    ValueError for others. Source: Kullback and Leibler (1951).
    """
    p, q = probabilities(policy, "policy"), probabilities(reference, "reference")
    if p.shape != q.shape:
        raise ValueError(
            f"both must be as long as each other, found {p.shape} and {q.shape}"
        )
    drawn = p > 0  # what is never drawn adds nothing
    with np.errstate(divide="ignore"):
        return float(p[drawn] @ (np.log(p[drawn]) - np.log(q[drawn])))


def probabilities(values: ArrayLike, name: str) -> Array:
    """Return numbers that are 0 or more and sum to 1, or raise ValueError."""
    array = finite_numbers(values, name, 1)
    if array.min() < 0 or abs(array.sum() - 1) > ROUNDING:
        raise ValueError(
            f"{name} must be 0 or more and sum to 1, found {array.min()} and"
            f" {array.sum()}"
        )
    return array
