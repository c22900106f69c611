"""Arrays by name that are parts of one long array, which an optimizer updates."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.floating]


def parts_of(flat: Array, shapes: Mapping[str, tuple[int, ...]]) -> dict[str, Array]:
    """Return the parts of one long array, by name, in their shapes."""
    parts, start = {}, 0
    for name, shape in shapes.items():
        parts[name] = flat[start : start + prod(shape)].reshape(shape)
        start += prod(shape)
    return parts


def copy_by_name(
    parameters: Mapping[str, Array], weights: Mapping[str, ArrayLike]
) -> None:
    """Copy weights into parameters; raises ValueError where names or shapes differ.

    Nothing is copied unless all fit.
    """
    found = {name: np.asarray(array) for name, array in weights.items()}
    if found.keys() != parameters.keys():
        odd = sorted(found.keys() ^ parameters.keys())
        raise ValueError(f"expected all parameters and no others; see {odd[:3]}")
    for name, array in parameters.items():
        if array.shape != found[name].shape:
            raise ValueError(
                f"{name} must have shape {array.shape}, found {found[name].shape}"
            )
    for name, array in parameters.items():
        array[...] = found[name]
