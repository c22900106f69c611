"""A bigram model: each token is predicted from the one before it."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from groundup.validation import token_ids

Array = NDArray[np.float64]


def bigram_probabilities(ids: ArrayLike, n_tokens: int, added: float = 1.0) -> Array:
    """Return p(b | a) in row a and column b (tokenization.bigram).

    `added` is put on top of every count, so that no pair is impossible.
    ids: (n,) -> (n_tokens, n_tokens), rows add up to 1. Raises ValueError for ids
    outside of the vocabulary and where `added` is not positive.
    """
    if not added > 0:
        raise ValueError(f"added is {added}; expected more than 0")
    known = token_ids(ids, n_tokens)
    counts: Array = np.full((n_tokens, n_tokens), float(added))
    np.add.at(counts, (known[:-1], known[1:]), 1)
    counts /= counts.sum(axis=1, keepdims=True)
    return counts


def perplexity(probabilities: ArrayLike) -> float:
    """Return exp of the mean of -ln p (tokenization.perplexity).

    probabilities: (n,), those given to what came, n ≥ 1. Raises ValueError for an
    empty array and for numbers that are not between 0 and 1.
    """
    p = np.asarray(probabilities, dtype=np.float64)
    if p.size == 0 or not np.all((p >= 0) & (p <= 1)):
        raise ValueError("expected at least one probability, each between 0 and 1")
    with np.errstate(divide="ignore"):  # what was impossible and came: infinite
        return float(np.exp(-np.mean(np.log(p))))


def bigram_perplexity(table: ArrayLike, ids: ArrayLike) -> float:
    """Return the perplexity of a bigram model on a text of at least two ids.

    table: (n_tokens, n_tokens), as `bigram_probabilities` returns it; ids: (n,)
    """
    p = np.asarray(table, dtype=np.float64)
    known = token_ids(ids, len(p))
    return perplexity(p[known[:-1], known[1:]])
