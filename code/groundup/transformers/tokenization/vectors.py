"""Tokens as vectors: a row of a table, turned by the position."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from groundup.validation import token_ids

Array = NDArray[np.float64]


def one_hot(ids: ArrayLike, n_tokens: int) -> Array:
    """Return a row for each id, with a 1 at the id and 0 elsewhere.

    ids: (n,) -> (n, n_tokens)
    """
    known = token_ids(ids, n_tokens)
    rows = np.zeros((len(known), n_tokens))
    rows[np.arange(len(known)), known] = 1
    return rows


def embed(ids: ArrayLike, table: ArrayLike) -> Array:
    """Return the rows of a table that ids name (tokenization.embedding).

    The same numbers as `one_hot(ids) @ table`, without the multiplications.
    ids: (n,), table: (n_tokens, d) -> (n, d)
    """
    rows = np.asarray(table, dtype=np.float64)
    return rows[token_ids(ids, len(rows))]


def skip_gram(v: ArrayLike, context: ArrayLike, j: int) -> float:
    """Return −ln p of token j next to a token with vector v: what skip-grams minimize.

    p is the softmax of the scores `context @ v`. v: (d,), context: (n_tokens, d).
    Source: Mikolov et al. (2013).
    """
    scores = np.asarray(context, dtype=np.float64) @ np.asarray(v, dtype=np.float64)
    largest = scores.max()
    return float(largest + np.log(np.sum(np.exp(scores - largest))) - scores[j])


def skip_gram_gradients(
    v: ArrayLike, context: ArrayLike, j: int
) -> tuple[Array, Array]:
    """Return the gradients of `skip_gram` by v and by context.

    With e = p − (1 at j): contextᵀ e, shape (d,), and e vᵀ, shape (n_tokens, d).
    Formulas `tokenization.gradient_word` and `tokenization.gradient_context`.
    """
    table, vector = (np.asarray(a, dtype=np.float64) for a in (context, v))
    scores = table @ vector
    error = np.exp(scores - scores.max())
    error /= error.sum()
    error[j] -= 1
    return table.T @ error, np.outer(error, vector)


def rotary_angles(positions: ArrayLike, d: int, base: float = 10000.0) -> Array:
    """Return the angle of each pair of entries at each position.

    positions: (n,) -> (n, d / 2). Raises ValueError for an odd d.
    """
    if d < 2 or d % 2:
        raise ValueError(f"d is {d}; expected an even number, entries turn in pairs")
    frequencies = base ** (-2 * np.arange(d // 2) / d)
    return np.outer(np.asarray(positions, dtype=np.float64), frequencies)


def rotate(x: ArrayLike, positions: ArrayLike, base: float = 10000.0) -> Array:
    """Return vectors turned by their positions, entry j paired with entry j + d/2.

    Dot products of turned vectors depend on the distance of the positions alone
    (tokenization.rotary). x: (n, d) with d even, positions: (n,) -> (n, d)
    Source: Su et al. (2021).
    """
    rows = np.asarray(x, dtype=np.float64)
    angles = rotary_angles(positions, rows.shape[1], base)
    u, v = np.split(rows, 2, axis=1)
    cos, sin = np.cos(angles), np.sin(angles)
    return np.concatenate([u * cos - v * sin, u * sin + v * cos], axis=1)
