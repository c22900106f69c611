"""The kinds of input with which every exercise is tried, one list for all of them.

Some leave the numbers as they are: a test is run again with its arrays turned into
them, and what was right stays right. The others are inputs of their own, which the
tests have to try themselves. Where a kind has no meaning, the front matter of
`exercise.md` says why: `kinds: {none: "a mean over no samples is undefined"}`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from .worker import COLUMNS, GAPS, ROWS, laid_out, layout

LARGEST = 10_000  # of floats that become integers: their powers are far from overflow
LARGEST_ARRAY = 10_000  # entries
ROUNDING = 2.0**29  # how much coarser float32 rounds than float64
CONTAINERS = (list, tuple, dict)


@dataclass(frozen=True)
class Kind:
    """A kind of input, as authors call it and as a learner reads of it.

    `is_it` tells whether an array, a list or a text is of this kind.
    """

    name: str
    is_it: Callable[[Any], bool]
    says: str = ""


@dataclass(frozen=True)
class SameNumbers(Kind):
    """A kind whose inputs mean the same: `turn` makes them of arrays that `fit`.

    They are rounded `rounding` times as coarsely, and so may results be. `short` is how
    such an array is called where it is shown. `by_axes`, a table and a batch of tables
    are different matters.
    """

    fits: Callable[[np.ndarray], bool] = lambda array: False
    turn: Callable[[np.ndarray], np.ndarray] = lambda array: array
    short: str = ""
    rounding: float = 1.0
    by_axes: bool = False


def is_float(value: Any) -> bool:
    """Tell whether a value is an array of floating-point numbers."""
    return isinstance(value, np.ndarray) and value.dtype.kind == "f"


def whole(array: np.ndarray) -> bool:
    """Tell whether floats are small numbers without fractions."""
    if not (is_float(array) and array.size and abs(array.flat[0]) <= LARGEST):
        return False
    if array.flat[0] % 1:  # which nearly all arrays end with
        return False
    return bool(np.all(np.abs(array) <= LARGEST) and np.all(array % 1 == 0))


def lies(order: str, value: Any) -> bool:
    """Tell whether a value is an array that lies in memory in this order."""
    return isinstance(value, np.ndarray) and layout(value) == order


def can_lie(order: str, array: np.ndarray) -> bool:
    """Tell whether there is a difference between this order and row by row."""
    several = sum(length > 1 for length in array.shape)
    return array.size > 1 and several > (order == COLUMNS)


def arrays(value: Any) -> Iterator[np.ndarray]:
    """Yield the arrays in plain data."""
    if isinstance(value, np.ndarray):
        yield value
    elif type(value) in CONTAINERS:
        for part in value.values() if isinstance(value, dict) else value:
            yield from arrays(part)


def fitting(
    kind: SameNumbers, arguments: dict[int | str, Any], returned: set[int]
) -> Iterator[tuple[int | str, int]]:
    """Yield where arrays can be turned, and how many axes they have if that matters.

    What an answer `returned` itself, by identity, comes back to it as it was. Large
    arrays are no reason to run a test again: a verdict must not take longer.
    """
    for place, value in arguments.items():
        for array in arrays(value):
            small = array.size <= LARGEST_ARRAY
            if small and id(array) not in returned and kind.fits(array):
                yield place, array.ndim if kind.by_axes else 0


def turned(kind: SameNumbers, value: Any, returned: set[int]) -> Any:
    """Return plain data with every array turned that can be, the others row by row."""
    if isinstance(value, np.ndarray):
        if id(value) in returned:
            return value
        return kind.turn(value) if kind.fits(value) else laid_out(value, ROWS)
    if type(value) is dict:
        return {key: turned(kind, part, returned) for key, part in value.items()}
    if type(value) in CONTAINERS:
        return type(value)(turned(kind, part, returned) for part in value)
    return value


def ties(value: Any) -> bool:
    """Tell whether entries of an array, or parts of a list or a text, are equal."""
    if isinstance(value, np.ndarray):
        return np.unique(value).size < value.size
    parts = list(map(repr, value))
    return len(set(parts)) < len(parts)


def length_is(n: int, value: Any) -> bool:
    """Tell whether there are so many rows, parts or letters."""
    return (
        len(value) == n if not isinstance(value, np.ndarray) else n in value.shape[:1]
    )


def empty(value: Any) -> bool:
    """Tell whether an array, a list or a text has nothing in it."""
    return value.size == 0 if isinstance(value, np.ndarray) else not value


PLAIN = SameNumbers("plain", partial(lies, ROWS))
SAME_NUMBERS = (
    SameNumbers(
        "columns",
        partial(lies, COLUMNS),
        "With plain arrays, your answer passes this test. Here the same numbers come in"
        " Fortran order: they lie in memory column by column, as those of `X.T` do."
        " What `reshape` returns of such an array is a copy.",
        partial(can_lie, COLUMNS),
        partial(laid_out, order=COLUMNS),
        "Fortran order",
        by_axes=True,
    ),
    SameNumbers(
        "gaps",
        partial(lies, GAPS),
        "With plain arrays, your answer passes this test. Here the same numbers lie"
        " apart in memory: each array is every second entry of a larger one, as"
        " `X[:, ::2]` is.",
        partial(can_lie, GAPS),
        partial(laid_out, order=GAPS),
        "every second entry of a larger array",
        by_axes=True,
    ),
    SameNumbers(
        "whole",
        lambda value: isinstance(value, np.ndarray) and value.dtype.kind in "iu",
        "With numbers such as 2.0, your answer passes this test. Here they come as"
        " integers, as 2. An array that `zeros_like`, `empty_like` or `copy` makes of"
        " integers drops every fraction that is put into it.",
        whole,
        lambda array: array.astype(np.int64, order="C"),
        "integers",
    ),
    SameNumbers(
        "float32",
        lambda value: is_float(value) and value.dtype.itemsize == 4,
        "With plain arrays, your answer passes this test. Here the same numbers come as"
        " float32, with half of the digits; the result may lack as many.",
        lambda array: is_float(array) and array.size > 0 and array.dtype.itemsize == 8,
        lambda array: array.astype(np.float32, order="C"),
        "float32",
        rounding=ROUNDING,
    ),
)
KINDS = (
    *SAME_NUMBERS,
    Kind("ties", ties),
    Kind("one", partial(length_is, 1)),
    Kind("none", empty),
)
