"""An answer set beside the expected one, so that the difference can be seen."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .verdict import THRESHOLD, labeled, show

DIGITS = (6, 9, 12, 17)  # that are shown; more of them only where fewer look equal
AROUND = 4  # entries that are shown on either side of a difference
MOST = 40  # entries, characters or words: what is longer is shown in part
NARROW = {"float16": 3, "float32": 7}  # the digits that a dtype keeps
# What can lead to each kind of number that is not finite.
CAUSES = {
    "nan": "0/0, inf - inf, inf/inf and 0 times inf are nan, and so is the root or the"
    " logarithm of a negative number",
    "inf": "exp of more than 709 is inf, and so is a positive number divided by 0",
    "-inf": "the logarithm of 0 is -inf, and so is a negative number divided by 0",
}


def beside(mine: str, wanted: str) -> list[str]:
    """Return two lines, or blocks of lines, one below the other."""
    return [labeled("yours     ", mine), labeled("expected  ", wanted)]


def report(
    mine: NDArray[Any], wanted: NDArray[Any], allowed: NDArray[np.float64]
) -> list[str]:
    """Return the lines that set an array beside the expected one of its shape."""
    numbers, right = mine.astype(float), wanted.astype(float)
    # Where the difference is largest compared with what is allowed there.
    with np.errstate(invalid="ignore"):
        difference = np.abs(numbers - right)
        share = difference / (allowed + 1e-300)
    share = np.where(np.isfinite(numbers), share, np.inf)
    worst = np.unravel_index(np.argmax(share), mine.shape)
    place = f" at [{', '.join(map(str, worst))}]" if worst else ""
    lines = beside(*pair(mine, wanted, worst))
    if not np.isfinite(numbers).all():
        return lines + not_finite(numbers)
    if wanted.dtype == bool:
        lines.append(f"  they differ{place}")
    else:
        lines.append(f"  largest difference {difference[worst]:.3g}{place}")
    return lines + about_dtype(mine, wanted, difference)


def pair(mine: NDArray[Any], wanted: NDArray[Any], at: Any) -> tuple[str, str]:
    """Return two arrays as texts, with as many digits as it takes to differ."""
    shown = [
        array if array.dtype == wanted.dtype == bool else array.astype(float)
        for array in (mine, wanted)
    ]
    which = ""
    if wanted.size > THRESHOLD or any("…" in show(array) for array in shown):
        shown, which = around(shown, at)
    one = other = ""
    for digits in DIGITS:
        one, other = (show(a if a.shape else a[()], digits) for a in shown)
        if one != other:
            break
    if which:  # the shape is that of the whole array
        one, other = (text.partition("   shape")[0] for text in (one, other))
    return one, other + which


def around(
    shown: list[NDArray[Any]], at: tuple[int, ...]
) -> tuple[list[NDArray[Any]], str]:
    """Return the entries around a place, and the words that say which these are."""
    *row, last = map(int, at)
    shape = shown[0].shape
    start = max(0, min(last - AROUND, shape[-1] - 2 * AROUND))
    end = min(shape[-1], start + 2 * AROUND)
    inside = ", ".join([*map(str, row), f"{start}:{end}"])
    parts = [array[tuple(row)][start:end] for array in shown]
    return parts, f"\nentries [{inside}] of shape {shape}"


def not_finite(numbers: NDArray[np.float64]) -> list[str]:
    """Return what can have led to numbers that are not finite, kind by kind."""
    kinds = (np.isnan(numbers), np.isposinf(numbers), np.isneginf(numbers))
    said = []
    for (kind, causes), where in zip(CAUSES.items(), kinds, strict=True):
        if count := int(np.sum(where)):
            verb = "is" if count == 1 else "are"
            which = f"{count} of {numbers.size} {verb}" if numbers.shape else "It is"
            said.append(f"{which} {kind}: {causes}.")
    return said


def about_dtype(
    mine: NDArray[Any], wanted: NDArray[Any], difference: NDArray[np.float64]
) -> list[str]:
    """Return what the dtype of an answer has to do with its difference, if anything."""
    if wanted.dtype == bool:
        named = f"Yours has dtype {mine.dtype}, expected True and False."
        return [] if mine.dtype == bool else [named]
    if mine.dtype == bool:
        return ["Yours has dtype bool: True counts as 1 and False as 0."]
    if mine.dtype.kind in "iu":
        fractions = bool((wanted != np.rint(wanted)).any())
        whole = f"Yours has dtype {mine.dtype}, which holds whole numbers only."
        return [whole] if fractions else []
    for dtype, kept in NARROW.items():
        near = np.max(difference) <= 10.0 ** (1 - kept) * np.max(np.abs(wanted))
        with np.errstate(over="ignore"):
            fits = bool((mine.astype(dtype) == mine).all())
        if near and fits and (mine.dtype == dtype or not short(mine, dtype)):
            has = "Yours has" if mine.dtype == dtype else "Your numbers are all of"
            return [f"{has} dtype {dtype}, which keeps {kept} digits; float64 has 16."]
    return []


def short(numbers: NDArray[np.float64], dtype: str) -> bool:
    """Tell whether numbers fit into a dtype by their own nature, as 84.5 and 3 do.

    They leave its last three binary digits unused, as one random number in eight does.
    """
    digits = np.finfo(dtype).nmant + 1 - 3
    parts, _ = np.frexp(numbers)
    whole = np.ldexp(parts, digits)
    return bool((whole == np.rint(whole)).all())


def sequences(mine: Any, wanted: Any) -> list[str]:
    """Return the lines that set a text or a list beside the expected one.

    Of long ones, the part around the first difference is shown.
    """
    alike = isinstance(mine, type(wanted)) and isinstance(wanted, str | list | tuple)
    if not alike or max(len(mine), len(wanted)) <= MOST:
        return beside(show(mine), show(wanted))
    at = first_difference(mine, wanted)
    reach = AROUND * (3 if isinstance(wanted, str) else 1)
    start, end = max(0, at - reach), at + reach
    lengths = f"of {len(mine)}, expected of {len(wanted)}"
    return [
        *beside(show(mine[start:end]), show(wanted[start:end])),
        f"  the first difference is at [{at}]; shown is [{start}:{end}] {lengths}",
    ]


def first_difference(mine: Any, wanted: Any) -> int:
    """Return the first place where two sequences differ, or where one ends."""
    ends = object()
    both = zip_longest(mine, wanted, fillvalue=ends)
    return next((i for i, (one, other) in enumerate(both) if one != other), 0)
