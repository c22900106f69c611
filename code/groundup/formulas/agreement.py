"""Draws random inputs for a formula and a function, and compares what they give.

Much code is right for small numbers and loses its digits for others: sums of squares
of numbers far from zero, columns that nearly agree. So some of what is drawn is such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

from .evaluation import Exact, as_floats

Array = NDArray[np.float64]
# A symbol, and how it is drawn: a range, a shape, or a function of rng and shape.
Given = Mapping[Any, Any]

SCALES = (1e-3, 1.0, 1e3)
FAR = 2.0**20  # how many of their standard deviations some numbers lie from zero
NUDGE = 2.0**-40  # how far inputs are moved to see how strongly the formula reacts
TINY = float(np.finfo(np.float64).tiny)  # smaller floats have fewer digits


@dataclass(frozen=True)
class Point:
    """One comparison: the error relative to its scale, and what led to it."""

    error: float
    inputs: dict[str, Any] = field(default_factory=dict)
    expected: Array = field(default_factory=lambda: np.zeros(0))
    found: Array = field(default_factory=lambda: np.zeros(0))


def draw(given: Given, rng: np.random.Generator) -> dict[Any, Any]:
    """Return random values for all symbols: sizes as int, columns as (n,)."""
    sizes = {s: int(rng.choice(k)) for s, k in given.items() if isinstance(k, range)}
    values: dict[Any, Any] = dict(sizes)
    for symbol, kind in given.items():
        if isinstance(kind, range):
            continue
        declared = getattr(symbol, "shape", None) or ()
        if callable(kind) and isinstance(symbol, sympy.IndexedBase) and not declared:
            raise ValueError(
                f"a sampler of {symbol} needs to know the shape:"
                f" sympy.IndexedBase({str(symbol)!r}, shape=(n,))"
            )
        shape = tuple(kind if isinstance(kind, tuple) else declared)
        if len(shape) == 2 and shape[1] == 1:
            shape = shape[:1]
        numbers = tuple(int(sympy.sympify(size).subs(sizes)) for size in shape)
        if callable(kind):
            values[symbol] = np.asarray(kind(rng, numbers), dtype=np.float64)
        else:
            values[symbol] = shifted(rng, numbers) * rng.choice(SCALES)
    return {symbol: values[symbol] for symbol in given}


def normal(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Return normal numbers."""
    return np.asarray(rng.normal(size=shape))


def shifted(rng: np.random.Generator, shape: tuple[int, ...]) -> Array:
    """Return normal numbers; in about every third array, all of them far from zero.

    There they are nearly equal: their differences, and the directions in which columns
    differ, are a millionth of what they are.
    """
    offset = float(rng.choice([0, 0, FAR]) * rng.choice([-1, 1]))
    return normal(rng, shape) + offset


def arguments(values: Mapping[Any, Any]) -> Iterator[Any]:
    """Yield copies of what the implementation gets: all but the sizes."""
    for value in values.values():
        if not isinstance(value, int):
            yield value.copy() if np.ndim(value) else float(value)


def evaluate(
    formula_id: str, formula: Callable[..., Exact], values: Mapping[Any, Any]
) -> Exact:
    """Return the formula's value; raises ValueError where it is not finite."""
    try:
        value = formula(values)
        if np.isfinite(as_floats(value)).all():
            return value
    except ZeroDivisionError:
        pass
    names = {str(symbol): each for symbol, each in values.items()}
    raise ValueError(f"{formula_id}: the formula is not finite at {names}")


@dataclass(frozen=True)
class Expected:
    """What the formula gives for some inputs, and the scale of errors there."""

    inputs: dict[str, Any]
    value: Array
    scale: Array


def expect(
    formula_id: str,
    formula: Callable[..., Exact],
    values: Mapping[Any, Any],
    rng: np.random.Generator,
) -> Expected:
    """Return what a formula gives; raises ValueError where that is not finite.

    The scale is the value plus its change per relative change of the inputs.
    """
    value = evaluate(formula_id, formula, values)
    floats = as_floats(value)
    scale = np.abs(floats) + sensitivity(formula_id, formula, values, value, rng)
    return Expected({str(s): v for s, v in values.items()}, floats, scale + TINY)


def compare(formula_id: str, expected: Expected, found: Any) -> Point:
    """Return how far a result is from the formula's, relative to its scale.

    Raises ValueError if the shapes differ.
    """
    result, value = np.squeeze(np.asarray(found, dtype=np.float64)), expected.value
    if result.shape != value.shape:
        raise ValueError(
            f"{formula_id}: the formula has shape {value.shape}, the code returned"
            f" {result.shape} (axes of length one left out), with {expected.inputs}"
        )
    with np.errstate(over="ignore"):
        errors = np.abs(value - result) / expected.scale
    error = float(np.max(np.where(np.isnan(errors), np.inf, errors), initial=0))
    return Point(error, expected.inputs, value, result)


def farthest(
    formula_id: str,
    formula: Callable[..., Exact],
    sides: Mapping[str, Callable[[dict[Any, Any]], Any]],
    given: Given,
    points: int,
    seed: int,
) -> dict[str, Point]:
    """Return, for each side, the random point where it is farthest from the formula."""
    rng = np.random.default_rng(seed)
    worst = dict.fromkeys(sides, Point(0.0))
    for _ in range(points):
        values = draw(given, rng)
        found = {side: compute(values) for side, compute in sides.items()}
        expected = expect(formula_id, formula, values, rng)
        for side, result in found.items():
            point = compare(formula_id, expected, result)
            worst[side] = max(worst[side], point, key=lambda each: each.error)
    return worst


def sensitivity(
    formula_id: str,
    formula: Callable[..., Exact],
    values: Mapping[Any, Any],
    value: Exact,
    rng: np.random.Generator,
) -> Array:
    """Return the largest change of each entry per relative change of the inputs.

    Inputs are moved by different shares, so that nearly equal ones move apart.
    """
    change = np.zeros(np.shape(value))
    for _ in range(3):
        moved = {
            symbol: each
            if isinstance(each, int)
            else each * (1 + NUDGE * rng.uniform(-1, 1, np.shape(each)))
            for symbol, each in values.items()
        }
        difference = evaluate(formula_id, formula, moved) - value
        change = np.maximum(change, np.abs(as_floats(difference)))
    return change / NUDGE
