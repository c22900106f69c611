"""GGUF, the format of the published weights, read by the library of that name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


def reader(path: Path) -> Any:
    """Return gguf's reader of a file.

    Raises ModuleNotFoundError without gguf, ValueError for a file of another kind.
    """
    from gguf import GGUFReader

    return GGUFReader(path)


def fields(path: Path, names: Sequence[str]) -> list[Any]:
    """Return entries of the header of a file by name: texts, numbers, lists."""
    found = reader(path).fields
    return [found[name].contents() for name in names]


def tensors(path: Path) -> Mapping[str, Any]:
    """Return the tensors of a file by name, still in their few bits."""
    return {tensor.name: tensor for tensor in reader(path).tensors}


def dequantized(tensor: Any) -> Array:
    """Return a tensor (out, in) as numbers (in, out)."""
    from gguf import dequantize

    return np.asarray(dequantize(tensor.data, tensor.tensor_type)).T


def halves_apart(weight: Array, heads: int) -> Array:
    """Undo the order in which GGUF keeps the columns of queries and keys.

    There the two entries that rotate together are neighbors; the model was trained
    with the second of them half a head further on. `weight: (in, heads · head_width)`.
    """
    pairs = weight.reshape(len(weight), heads, -1, 2)
    return np.ascontiguousarray(pairs.swapaxes(2, 3)).reshape(weight.shape)
