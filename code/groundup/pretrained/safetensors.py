"""Arrays in a file of the safetensors format: a length, a header in JSON, numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating]
LENGTH = 8  # bytes, of the header's length: little-endian, without sign
DTYPES = {"F64": "<f8", "F32": "<f4", "F16": "<f2"}
NAMES = {dtype: name for name, dtype in DTYPES.items()}
INTEGERS = {"I64": "<i8"}  # read, but not written


def packed(arrays: Mapping[str, Array]) -> bytes:
    """Return the bytes of a file that holds these arrays by their names.

    Raises ValueError for arrays that do not hold numbers of 2, 4 or 8 bytes.
    """
    header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
    pieces, end = [], 0
    for name, array in arrays.items():
        dtype = array.dtype.newbyteorder("<").str
        if dtype not in NAMES:
            raise ValueError(
                f"{name} must hold one of {', '.join(NAMES)}, found {array.dtype}"
            )
        piece = np.ascontiguousarray(array, dtype).tobytes()
        start, end = end, end + len(piece)
        header[name] = {
            "dtype": NAMES[dtype],
            "shape": list(array.shape),
            "data_offsets": [start, end],
        }
        pieces.append(piece)
    head = json.dumps(header).encode()
    head += b" " * (-len(head) % 8)  # the numbers begin at a multiple of eight bytes
    return b"".join([len(head).to_bytes(LENGTH, "little"), head, *pieces])


def unpacked(content: bytes | memoryview) -> dict[str, Any]:
    """Return the arrays of a file by their names: views of its bytes, without a copy.

    Raises ValueError where it is no such file, is cut off, or holds other numbers than
    fractions of 2, 4 or 8 bytes and integers of 8.
    """
    view = memoryview(content)
    start = LENGTH + int.from_bytes(view[:LENGTH], "little")
    try:
        header = json.loads(bytes(view[LENGTH:start]))
        header.pop("__metadata__", None)
        entries = {
            name: (entry["dtype"], tuple(entry["shape"]), entry["data_offsets"])
            for name, entry in header.items()
        }
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"no file of safetensors: {error!r}") from None
    return {name: array(name, view[start:], *entry) for name, entry in entries.items()}


def array(
    name: str, numbers: memoryview, dtype: str, shape: tuple[int, ...], span: list[int]
) -> NDArray[Any]:
    """Return one array out of the bytes of all numbers."""
    known = DTYPES | INTEGERS
    if dtype not in known:
        raise ValueError(f"{name} must be of {', '.join(known)}, found {dtype}")
    begin, end = span
    size = prod(shape) * np.dtype(known[dtype]).itemsize
    if not 0 <= begin <= end <= len(numbers) or end - begin != size:
        raise ValueError(
            f"{name} must have {size} bytes for shape {shape}, found {begin} to {end}"
            f" of {len(numbers)}"
        )
    return np.frombuffer(numbers[begin:end], known[dtype]).reshape(shape)
