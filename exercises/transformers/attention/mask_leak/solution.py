"""Masked softmax and the causal mask, without a leak."""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return softmax along the last axis of the scores that may be seen.

    scores: (..., T, S), mask: the same shape, True may be seen -> (..., T, S)
    """
    # BEGIN SOLUTION
    seen = np.where(mask, scores, -np.inf)
    with np.errstate(invalid="ignore"):  # rows in which nothing may be seen
        powers = np.exp(seen - np.max(seen, axis=-1, keepdims=True))
        weights = powers / np.sum(powers, axis=-1, keepdims=True)
    return np.where(mask, weights, 0.0)
    # END SOLUTION


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    """Return True where a key stands no later than the query; the last ones meet.

    -> (n_queries, n_keys), boolean
    """
    # BEGIN SOLUTION
    positions = np.arange(n_queries)[:, None] + n_keys - n_queries
    return np.arange(n_keys) <= positions
    # END SOLUTION
