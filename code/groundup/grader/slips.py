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
CLOSE = 1e-8  # of an entry: rounding is smaller, and no slip is as small
ROUNDING = 1e-13  # of the largest entry, which may have gone into a small one
NEAR = 1e-5  # of an entry: what is nearer has lost or gained something small
# Numbers that come about in many ways.
COMMON = np.array([0.0, *range(1, 11), *(1 / n for n in range(2, 11)), 0.75])
OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "times": np.multiply,
    "divided by": np.divide,
    "plus": np.add,
    "minus": np.subtract,
}
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
BASES = {1 / np.log(2): "1 over ln 2", np.log(2): "ln 2"}
BASES |= {1 / np.log(10): "1 over ln 10", np.log(10): "ln 10"}
WHOLE: dict[str, Callable[[Numbers], Numbers]] = {
    "rounded down": np.floor,
    "cut off at the point": np.trunc,
    "rounded to whole numbers": np.rint,
}


def of_values(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return how the numbers of an answer have come of the expected ones.

    `given` are the arguments of the call by name.
    """
    kinds = (sign, factor, offset, argument, function, power, whole)
    return "" if same(mine, wanted) else first(kinds, mine, wanted, given)


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


def uncommon(numbers: Numbers) -> bool:
    """Return whether numbers are such that nothing agrees with them by chance."""
    sizes = np.abs(numbers).reshape(-1)
    one = bool(sizes.size) and np.min(np.abs(sizes[0] - COMMON)) > CLOSE
    return telling(numbers) or one


def sign(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return whether another sign is everything."""
    return "Your result is right but for its sign." if same(-mine, wanted) else ""


def factor(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return by which factor an answer is too large, and what else has that size."""
    at = np.argmax(np.abs(wanted))
    ratio = float(mine.flat[at] / wanted.flat[at])
    if not (ratio and telling(wanted) and same(mine, ratio * wanted)):
        return ""
    if simple := {2.0: "twice", 0.5: "half"}.get(round(ratio, 9)):
        return f"Your result is {simple} the expected one."
    size = known_size(ratio, given)
    return f"Your result is {ratio:.6g} times the expected one{size}."


def known_size(ratio: float, given: Mapping[str, Any]) -> str:
    """Return which size of the input a factor is, which root of one, or a logarithm."""
    for value, name in BASES.items():
        if abs(ratio - value) <= CLOSE * value:
            return f": {name}, which lies between logarithms of different bases"
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


def argument(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return which argument still has to be applied to an answer."""
    for name, value in given.items() if uncommon(wanted) else ():
        if not applicable(value, mine.shape):
            continue
        for word, of in OPERATIONS.items():
            if same(of(mine, value), wanted):
                return f"Your result {word} `{name}` is what is expected."
    return ""


def applicable(value: Any, shape: tuple[int, ...]) -> bool:
    """Return whether an argument is of real numbers, one for each of a shape."""
    if not isinstance(value, float | np.ndarray):
        return False
    array = np.asarray(value)
    fits = array.shape == shape[len(shape) - array.ndim :]
    return array.dtype == float and fits and uncommon(array)


def function(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return which function of the expected numbers an answer is."""
    for words, of in FUNCTIONS.items() if uncommon(wanted) else ():
        if same(mine, of(wanted)):
            return f"Your numbers are {words} the expected ones."
    return ""


def power(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return to which power, of at least 3, the expected numbers were raised."""
    exponent = np.log(np.abs(mine)).flat[0] / np.log(np.abs(wanted)).flat[0]
    if not 2.5 < exponent < 1e3 or not (uncommon(wanted)):
        return ""
    raised = np.abs(wanted) ** np.rint(exponent)
    if (wanted > 0).all() and same(mine, raised):
        return f"Your numbers are the expected ones to the power of {exponent:.0f}."
    return ""


def whole(mine: Numbers, wanted: Numbers, given: Mapping[str, Any]) -> str:
    """Return in which way the expected numbers were rounded."""
    if not mine.any() or np.count_nonzero(mine != wanted) < 2:
        return ""  # one number is rounded by chance
    for words, of in WHOLE.items():  # 0 and 1 alone are also what a choice leaves
        if (mine == of(wanted)).all() and not np.isin(mine, (0, 1)).all():
            return f"Your numbers are the expected ones, {words}."
    for digits in range(1, 9):
        if (mine == np.round(wanted, digits)).all():
            places = "place" if digits == 1 else "places"
            return f"Your numbers are the expected ones, rounded to {digits} {places}."
    return ""


def nearly(mine: NDArray[Any], wanted: Numbers) -> str:
    """Return by how much an answer misses, if by little and not by its dtype."""
    largest = np.max(np.abs(wanted), initial=0.0)
    if not (largest and np.isfinite(mine).all()) or mine.dtype != float:
        return ""
    # A wrong small number beside a large one is not nearly right.
    off = float(
        np.max(np.abs(mine - wanted) / np.where(wanted, np.abs(wanted), largest))
    )
    if off > NEAR or (mine.astype(np.float32) == mine).all():
        return ""
    return (
        f"Your result is nearly right: no number is off by more than {off:.1g} of its"
        " size. So little comes of a small number that was added, of an approximation,"
        " or of rounding where large numbers were subtracted."
    )
