"""What two arrays show of the commonest slips: facts, none about anybody's code.

Each function returns a sentence that is true of an answer and of what was expected, or
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
CLOSE = 1e-9  # of an entry: rounding is smaller, and no slip is as small
ROUNDING = 1e-13  # of the largest entry, which may have gone into a small one
FUNCTIONS: dict[str, Callable[[Numbers], Numbers]] = {
    "the square of": np.square,
    "the square root of": np.sqrt,
    "1 over": np.reciprocal,
    "1 minus": lambda wanted: 1 - wanted,
    "the natural logarithm of": np.log,
    "the base-2 logarithm of": np.log2,
    "e to the power of": np.exp,
    "2 to the power of": np.exp2,
    "the absolute value of": np.abs,
}
WHOLE: dict[str, Callable[[Numbers], Numbers]] = {
    "rounded down": np.floor,
    "cut off at the point": np.trunc,
    "rounded to whole numbers": np.rint,
}


def of_values(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return how the numbers of an answer have come of the expected ones.

    `given` are the arguments of the call by name.
    """
    return first((turned, factor, offset, function, whole), mine, wanted, given)


def of_places(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return where an answer is right, or where its numbers belong."""
    return first((order, places), mine, wanted, given)


def of_shapes(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return what the shape of an answer has to do with the expected one."""
    kinds = (transposed, reshaped, table, still_to_reduce, other_axis, axis_too_many)
    return first(kinds, mine, wanted, given)


def first(
    kinds: tuple[Callable[[Numbers, Numbers, Mapping[str, Any]], str], ...],
    mine: Numbers,
    wanted: Numbers,
    given: Mapping[str, Any],
) -> str:
    """Return what the first of several kinds of slips says, if any does."""
    if not (mine.size and np.isfinite(mine).all()):
        return ""
    with np.errstate(all="ignore"):
        return next(filter(None, (kind(mine, wanted, given) for kind in kinds)), "")


def same(one: Numbers, other: Numbers) -> bool:
    """Return whether two arrays are equal but for rounding, entry by entry."""
    if one.shape != other.shape or not np.isfinite(other).all():
        return False
    largest = np.max(np.abs(other), initial=0.0)
    allowed = CLOSE * np.abs(other) + ROUNDING * largest
    return bool(np.all(np.abs(one - other) <= allowed))


def telling(wanted: Numbers) -> bool:
    """Return whether an array has several sizes, so that nothing agrees by chance."""
    sizes = np.abs(wanted[np.abs(wanted) > 0])
    return bool(sizes.size and np.ptp(sizes) > CLOSE * np.max(sizes))


def transposed(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return whether the last two axes are exchanged."""
    if mine.ndim > 1 and same(np.swapaxes(mine, -1, -2), wanted):
        if mine.ndim == 2:
            return "Your result is the transpose of the expected one."
        return "Your result is the expected one with its last two axes exchanged."
    return ""


def reshaped(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return whether the entries are there, in another shape."""
    right = mine.size == wanted.size and same(mine.reshape(wanted.shape), wanted)
    if wanted.ndim == 1 and mine.shape == (wanted.size, 1):
        numbers = " The numbers are right." if right else ""
        return (
            f"Your result is a column, of shape {mine.shape}, where the shape"
            f" {wanted.shape} is expected.{numbers}"
        )
    if right:
        return (
            f"The numbers are right. Their shape is {mine.shape} and should be"
            f" {wanted.shape}."
        )
    return ""


def table(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return where a table is, of which a single row was expected."""
    if wanted.ndim == 1 and mine.shape == 2 * wanted.shape and wanted.size > 1:
        n = wanted.size
        return (
            f"NumPy makes an array of shape ({n}, {n}) where one of shape ({n},) meets"
            f" one of shape ({n}, 1)."
        )
    return ""


def still_to_reduce(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return along which axis a sum or a mean would give what is expected."""
    for axis in [None, *range(mine.ndim)]:
        for name, reduced in (("sum", np.sum), ("mean", np.mean)):
            if mine.size > wanted.size and same(reduced(mine, axis=axis), wanted):
                along = "" if axis is None or mine.ndim == 1 else f" along axis {axis}"
                return f"The {name} of your result{along} is what is expected."
    return ""


def other_axis(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return whether an answer has an entry for each column, not for each row."""
    if mine.ndim != 1 or wanted.ndim != 1:
        return ""
    for name, value in given.items():
        shape = np.shape(value) if isinstance(value, np.ndarray) else ()
        if shape in ((*mine.shape, *wanted.shape), (*wanted.shape, *mine.shape)):
            kinds = ("row", "column")
            one, other = kinds if shape[0] == mine.size else reversed(kinds)
            return (
                f"Your result has an entry for each {one} of `{name}`, expected is one"
                f" for each {other}."
            )
    return ""


def axis_too_many(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return how long an axis is that should not be there, and what else is."""
    without = [n for n in range(mine.ndim) if drop(mine.shape, n) == wanted.shape]
    if len(without) != 1:
        return ""
    axis = without[0]
    length = mine.shape[axis]
    of_length = (name for size, name in sizes(given) if size == length)
    known = next((f", the number of {name}" for name in of_length), "")
    return (
        f"Your result has an axis more than expected: axis {axis}, of length"
        f" {length}{known}."
    )


def drop(shape: tuple[int, ...], axis: int) -> tuple[int, ...]:
    """Return a shape without one of its axes."""
    return shape[:axis] + shape[axis + 1 :]


def turned(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return whether a square array is transposed, or another sign is everything."""
    if same(-mine, wanted):
        return "Your result is right but for its sign."
    return transposed(mine, wanted, given)


def factor(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return by which factor an answer is too large, and what else has that size."""
    at = np.argmax(np.abs(wanted))
    ratio = float(mine.flat[at] / wanted.flat[at])
    if not (telling(wanted) and ratio and same(mine, ratio * wanted)):
        return ""
    if simple := {2.0: "twice", 0.5: "half"}.get(round(ratio, 9)):
        return f"Your result is {simple} the expected one."
    size = known_size(ratio, given)
    return f"Your result is {ratio:.6g} times the expected one{size}."


def known_size(ratio: float, given: Mapping[str, Any]) -> str:
    """Return which size of the input a factor is, or which root of a size."""
    for size, name in sizes(given):
        for power, words in ((1, ""), (2, "the root of ")):
            for value, one_over in ((ratio, ""), (1 / ratio, "1 over ")):
                if size > 2 and abs(abs(value) ** power - size) <= CLOSE * size:
                    return f": {one_over}{words}{size}, the number of {name}"
    return ""


def sizes(given: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Yield the sizes of what was given, with their names."""
    for name, value in given.items():
        if isinstance(value, np.ndarray) and value.ndim:
            last = "columns" if value.ndim > 1 else "entries"
            yield value.shape[-1], f"{last} of `{name}`"
            if value.ndim > 1:
                yield value.shape[-2], f"rows of `{name}`"
                yield value.size, f"entries of `{name}`"


def offset(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return which number was added everywhere."""
    difference = (mine - wanted).reshape(-1)
    largest = np.max(np.abs(wanted), initial=0.0)
    added = float(difference[0]) if difference.size else 0.0
    even = np.ptp(difference) <= CLOSE * max(largest, abs(added))
    if telling(wanted) and even and abs(added) > CLOSE * largest:
        return f"Your result is {abs(added):.6g} too {size_word(added)} everywhere."
    return ""


def size_word(added: float) -> str:
    """Return in which direction a number is off."""
    return "large" if added > 0 else "small"


def function(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return which function of the expected numbers an answer is."""
    for words, of in FUNCTIONS.items():
        if telling(wanted) and same(mine, of(wanted)):
            return f"Your numbers are {words} the expected ones."
    return ""


def whole(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return in which way the expected numbers were made whole."""
    if (mine == np.rint(mine)).all() and mine.any():
        for words, of in WHOLE.items():
            if (mine == of(wanted)).all():
                return f"Your numbers are the expected ones, {words}."
    return ""


def order(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return whether the right numbers are there, in other places."""
    if wanted.ndim == 0 or not telling(wanted):
        return ""
    for axis in range(wanted.ndim):
        along = f" along axis {axis}" if wanted.ndim > 1 else ""
        if same(np.flip(mine, axis), wanted):
            return f"Your result is the expected one in reverse order{along}."
        for step in (1, -1):
            if wanted.shape[axis] > 2 and same(np.roll(mine, step, axis), wanted):
                return f"Your result is the expected one, moved by one place{along}."
    if same(np.sort(mine, axis=None), np.sort(wanted, axis=None)):
        return "Your numbers are the expected ones in another order."
    return ""


def places(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return in which rows, entries or columns alone an answer is right or wrong."""
    allowed = CLOSE * np.max(np.abs(wanted), initial=0.0)
    right = np.abs(mine - wanted) <= allowed
    for axis in range(wanted.ndim) if wanted.ndim < 3 else ():
        what = "entry" if wanted.ndim == 1 else ("row", "column")[axis]
        good = right if wanted.ndim == 1 else np.all(right, axis=1 - axis)
        if good.size < 3 or good.sum() not in (1, good.size - 1):
            continue
        for place, name in ((0, "first"), (-1, "last")):
            if good.sum() == 1 and good[place]:
                return f"Only the {name} {what} is right."
            if good.sum() == good.size - 1 and not good[place]:
                return f"Only the {name} {what} is wrong."
    if not right.all() and wanted.any() and right[wanted != 0].all():
        return "Your result is wrong only where 0 is expected."
    return ""
