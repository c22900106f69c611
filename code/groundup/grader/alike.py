"""Whether two answers to a call are alike but for rounding."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from .expect import numeric
from .process import Outcome
from .submission import Call

SAME = 1e-11  # two ways to write one mistake differ by rounding alone
NOTHING = 1e-13  # of what was given: where 0 is meant, rounding is smaller than that


def same_outcome(one: Outcome, call: Call, exactly: bool = False) -> bool:
    """Return whether an outcome is like that of a call."""
    other = call.outcome
    if one.kind != other.kind:
        return False
    if one.kind == "value":
        return same_value(one.value, other.value, nothing(call), exactly)
    return one.kind == "memory" or (one.type, one.text) == (other.type, other.text)


def nothing(call: Call) -> float:
    """Return below which size numbers are rounding, beside those that were given."""
    given = [*call.args, *call.kwargs.values()]
    arrays = [np.abs(v).reshape(-1) for v in given if is_real(v)]
    sizes = np.concatenate([np.zeros(0), *arrays])
    sizes = sizes[(sizes > 0) & np.isfinite(sizes)]
    return NOTHING * float(np.median(sizes)) if sizes.size else 0.0


def is_real(value: Any) -> bool:
    """Return whether a value is an array of real numbers."""
    return isinstance(value, np.ndarray) and value.dtype.kind in "iuf"


def same_value(one: Any, other: Any, zero: float = 0.0, exactly: bool = False) -> bool:
    """Return whether two plain values agree but for rounding.

    That is measured on the largest of several entries, or exactly on each; what is
    not above `zero` is 0. What cannot be compared does not agree.
    """
    try:
        return agree(one, other, zero, exactly)
    except Exception:
        return False


def agree(one: Any, other: Any, zero: float, exactly: bool) -> bool:
    """Return whether two values agree; raises whatever strange ones raise."""
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(
            agree(*pair, zero, exactly) for pair in pairs
        )
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            agree(value, other[key], zero, exactly) for key, value in one.items()
        )
    both = (real(one), real(other)) if numeric(one) and numeric(other) else None
    if both is None or both[0] is None or both[1] is None:  # texts, objects
        return type(one) is type(other) and repr(one) == repr(other)
    a, b = both[0], both[1]
    if a.shape != b.shape or (a.dtype == bool) != (b.dtype == bool):
        return False
    scale = np.max(np.abs(b), initial=0.0, where=np.isfinite(b))
    if np.all(np.abs(a) <= zero) and np.all(np.abs(b) <= zero):
        return True
    relative, absolute = (SAME, 0.0) if exactly else (0.0, SAME * scale)
    return bool(np.allclose(a, b, rtol=relative, atol=absolute, equal_nan=True))


def real(value: Any) -> NDArray[Any] | None:
    """Return real numbers as an array, None for complex ones and uneven rows."""
    try:
        array = np.asarray(value)
        array.astype(float, casting="same_kind")
    except (TypeError, ValueError, OverflowError):
        return None
    return array if array.dtype == bool else array.astype(float)
