"""Checks of what functions are given: one contract for numbers, one for token ids.

Each returns an array or raises ValueError with the name of the argument, what was found
and what is expected.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]

SHAPES = {1: "(n,)", 2: "(n, d)"}
ID_SHAPES = {1: "(T,)", 2: "(B, T)"}


def real_numbers(values: ArrayLike, name: str, least_ndim: int = 1) -> Array:
    """Return an argument as an array of floats of at least so many axes.

    float32 stays float32; infinity and NaN are numbers here. Raises ValueError for
    other dtypes and for fewer axes.
    """
    array = np.asarray(values)
    if array.dtype.kind not in "biuf":
        raise ValueError(f"{name} must hold real numbers, found dtype {array.dtype}")
    if array.ndim < least_ndim:
        raise ValueError(
            f"{name} must have {least_ndim} axes or more, found shape {array.shape}"
        )
    return array if array.dtype.kind == "f" else array.astype(np.float64)


def finite_numbers(values: ArrayLike, name: str, ndim: int) -> NDArray[np.float64]:
    """Return an argument as an array of float64 of `ndim` axes: (n,) or (n, d).

    Raises ValueError for other dtypes and shapes, for an empty array, and where a
    number is NaN or infinite.
    """
    array = real_numbers(values, name, 0)
    if array.ndim != ndim:
        raise ValueError(f"{name} must have shape {SHAPES[ndim]}, found {array.shape}")
    if array.size == 0:
        raise ValueError(f"{name} is empty, found shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} holds NaN or infinity; finite numbers are expected")
    return array.astype(np.float64, copy=False)


def token_ids(
    ids: Any, n_tokens: int, ndim: int = 1, *, least: int = 0
) -> NDArray[np.int64]:
    """Return ids as integers, (T,) or (B, T), at least `least` of them.

    Raises ValueError for other dtypes and shapes, for fewer ids, and for ids that no
    token of a vocabulary of `n_tokens` has.
    """
    array = np.asarray(ids)
    if array.ndim != ndim or (array.size and array.dtype.kind not in "iu"):
        raise ValueError(
            f"ids must be integers of shape {ID_SHAPES[ndim]},"
            f" found {array.dtype} {array.shape}"
        )
    if array.size < least:
        raise ValueError(f"ids must be at least {least}, found shape {array.shape}")
    if array.size and not 0 <= array.min() <= array.max() < n_tokens:
        raise ValueError(
            f"ids must lie in 0..{n_tokens - 1}, found {array.min()}..{array.max()}"
        )
    return array.astype(np.int64)
