"""From logits to a token: greedy, temperature, top-k, top-p and min-p.

Every rule takes logits (..., V) and returns logits; what a rule excludes gets −∞, and
the softmax then shares the probability among the rest.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]
Choose = Callable[[Array], int]
# Sums of probabilities that are equal on paper differ by less than this.
ROUNDING = 64 * float(np.finfo(np.float64).eps)


def probabilities(logits: ArrayLike) -> Array:
    """Return the softmax along the last axis, in double precision."""
    scores = np.asarray(logits, dtype=np.float64)
    weights = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(weights / weights.sum(axis=-1, keepdims=True))


def temperature(logits: ArrayLike, t: float) -> Array:
    """Return logits divided by `t`: below 1 sharper, above 1 flatter.

    Formula `language_model.temperature`. Raises ValueError unless t > 0, and where t
    is so small that a logit divided by it is no number any more: the limit of t → 0
    is `greedy`.
    """
    if not t > 0:
        raise ValueError(f"the temperature must be positive, found {t}")
    logits = np.asarray(logits)
    with np.errstate(over="ignore"):  # said below, as an error
        divided = logits / t
    if not np.array_equal(np.isfinite(divided), np.isfinite(logits)):
        raise ValueError(f"the temperature {t} is too small for logits: use greedy")
    return np.asarray(divided)


def top_k(logits: ArrayLike, k: int) -> Array:
    """Keep the k largest logits, and what ties with the smallest of them.

    Formula `language_model.top_k`. Source: Fan, Lewis and Dauphin (2018).
    """
    if k < 1:
        raise ValueError(f"k must be 1 or more, found {k}")
    logits = np.asarray(logits)
    k = min(k, logits.shape[-1])
    least = np.partition(logits, -k, axis=-1)[..., -k, None]
    return np.where(logits < least, -np.inf, logits)


def top_p(logits: ArrayLike, p: float) -> Array:
    """Keep the smallest set of likeliest tokens whose probability reaches `p`.

    Formula `language_model.top_p`. The likeliest token always stays; of equals, the
    first of the vocabulary come first. Source: Holtzman et al. (2020).
    """
    if not 0 <= p <= 1:
        raise ValueError(f"p must lie between 0 and 1, found {p}")
    logits = np.asarray(logits)
    if p == 1:
        return logits
    order = np.argsort(-logits, axis=-1, kind="stable")
    in_order = np.take_along_axis(probabilities(logits), order, axis=-1)
    before = np.cumsum(in_order, axis=-1) - in_order  # what comes before each token
    drop = before >= p - ROUNDING
    drop[..., 0] = False
    dropped = np.empty_like(drop)
    np.put_along_axis(dropped, order, drop, axis=-1)
    return np.where(dropped, -np.inf, logits)


def min_p(logits: ArrayLike, p: float) -> Array:
    """Keep the tokens that are at least `p` times as likely as the likeliest.

    Formula `language_model.min_p`. Source: Nguyen et al. (2024).
    """
    if not 0 <= p <= 1:
        raise ValueError(f"p must lie between 0 and 1, found {p}")
    logits = np.asarray(logits)
    likely = probabilities(logits)
    least = p * (1 - ROUNDING) * likely.max(axis=-1, keepdims=True)
    dropped = likely < least
    return np.where(dropped, -np.inf, logits)


def filtered(
    logits: ArrayLike, *, t: float = 1, k: int = 0, p: float = 1, m: float = 0
) -> Array:
    """Apply temperature, top-k, top-p and min-p in this order; the defaults keep all.

    The order matters: each rule sees what the one before it left.
    """
    kept = temperature(logits, t)
    kept = top_k(kept, k) if k else kept
    kept = top_p(kept, p) if p < 1 else kept
    return min_p(kept, m) if m > 0 else kept


def greedy(logits: Array) -> int:
    """Return the likeliest token, the first of several that are equally likely."""
    return int(np.argmax(logits))


def sampler(
    rng: np.random.Generator, *, t: float = 1, k: int = 0, p: float = 1, m: float = 0
) -> Choose:
    """Return a function that draws a token from the filtered distribution."""

    def choose(logits: Array) -> int:
        likely = probabilities(filtered(logits, t=t, k=k, p=p, m=m))
        return int(rng.choice(len(likely), p=likely))

    return choose
