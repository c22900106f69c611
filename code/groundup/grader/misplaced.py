"""What two arrays show of shapes and places: facts, as in `slips`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from .slips import CLOSE, Numbers, first, same, size_word, sizes, telling


def of_shapes(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return what the shape of an answer has to do with the expected one."""
    kinds = (transposed, reshaped, table, still_to_reduce, other_axis, axis_too_many)
    return first(kinds, mine, wanted, given)


def of_places(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return where an answer is right, or where its numbers belong."""
    kinds = (transposed, order, places, lines, steps)
    return "" if same(mine, wanted) else first(kinds, mine, wanted, given)


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


def lines(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return whether each row or each column has a factor of its own."""
    for axis, what in ((-1, "row"), (-2, "column")):
        if wanted.ndim < 2 or wanted.shape[axis] < 2:
            continue
        at = np.argmax(np.abs(wanted), axis=axis, keepdims=True)
        largest = np.take_along_axis(wanted, at, axis)
        ratio = np.take_along_axis(mine, at, axis) / np.where(largest, largest, 1)
        several = wanted.size > wanted.shape[axis] and np.ptp(ratio) > CLOSE
        # A line with a single number is a multiple of any other.
        several = several and bool((np.count_nonzero(wanted, axis) > 1).all())
        expected = ratio * wanted
        near = np.abs(mine - expected) <= CLOSE * np.abs(ratio * largest)
        if several and ratio.all() and near.all():
            return f"Each {what} is the expected one times a number of its own."
    return ""


def steps(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return by how much all wrong entries are off, if there are several."""
    difference = mine - wanted
    wrong = np.abs(difference) > CLOSE * np.max(np.abs(wanted), initial=0.0)
    off = difference[wrong]
    whole = (wanted == np.rint(wanted)).all()
    if not telling(wanted) or off.size < (1 if whole else 2):
        return ""
    size = abs(off[0])
    if np.ptp(off) <= CLOSE * size:
        which = "The only" if off.size == 1 else "Every"
        return f"{which} wrong entry is {size:.6g} too {size_word(off[0])}."
    toward = np.ptp(np.abs(off)) <= CLOSE * size and np.all(off * wanted[wrong] < 0)
    return f"Every wrong entry is nearer to 0 by {size:.6g}." if toward else ""
