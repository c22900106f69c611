"""Masked softmax and the causal mask, without a leak."""

import numpy as np


def masked_weights(scores: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return softmax along the last axis of the scores that may be seen.

    scores: (..., T, S), mask: the same shape, True may be seen -> (..., T, S)
    """
    raise NotImplementedError


def causal_mask(n_queries: int, n_keys: int) -> np.ndarray:
    """Return True where a key stands no later than the query; the last ones meet.

    -> (n_queries, n_keys), boolean
    """
    raise NotImplementedError
