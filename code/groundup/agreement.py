"""Draws random inputs for a formula and a function, and compares what they give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray

Array = NDArray[np.float64]
# A symbol, and how it is drawn: a range, a shape, or a function of rng and shape.
Given = Mapping[Any, Any]

SCALES = (1e-3, 1.0, 1e3)
NUDGE = 2.0**-30  # how far inputs are moved to see how strongly the formula reacts


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
            values[symbol] = rng.normal(size=numbers) * rng.choice(SCALES)
    return {symbol: values[symbol] for symbol in given}


def arguments(values: Mapping[Any, Any]) -> Iterator[Any]:
    """Yield copies of what the implementation gets: all but the sizes."""
    for value in values.values():
        if not isinstance(value, int):
            yield value.copy() if np.ndim(value) else float(value)


def as_sympy_counts(symbol: Any, value: Any) -> Any:
    """Return a value as the lambdified formula reads it: columns, counted from 1."""
    if isinstance(symbol, sympy.IndexedBase):
        padded = np.full([size + 1 for size in value.shape], np.nan)
        padded[(slice(1, None),) * value.ndim] = value
        return padded
    return value[:, None] if np.ndim(value) == 1 else value


def evaluate(formula: Callable[..., Any], values: Mapping[Any, Any]) -> Array:
    """Return the formula's value, without axes of length one."""
    inputs = [as_sympy_counts(symbol, value) for symbol, value in values.items()]
    return np.squeeze(np.asarray(formula(*inputs), dtype=np.float64))


def compare(
    formula_id: str,
    formula: Callable[..., Any],
    values: Mapping[Any, Any],
    found: Any,
    rng: np.random.Generator,
) -> Point:
    """Return how far the code's result is from the formula's, relative to its scale.

    Raises ValueError if the formula is not finite here, or the shapes differ.
    """
    names = {str(symbol): value for symbol, value in values.items()}
    expected = evaluate(formula, values)
    if not np.isfinite(expected).all():
        raise ValueError(f"{formula_id}: the formula is not finite at {names}")
    result = np.squeeze(np.asarray(found, dtype=np.float64))
    if result.shape != expected.shape:
        raise ValueError(
            f"{formula_id}: the formula has shape {expected.shape}, the code returned"
            f" {result.shape} (axes of length one left out), with {names}"
        )
    scale = np.abs(expected) + sensitivity(formula, values, expected, rng)
    difference = np.abs(expected - result)
    with np.errstate(divide="ignore", invalid="ignore"):
        errors = np.where(difference == 0, 0.0, difference / scale)
    error = float(np.max(np.where(np.isnan(errors), np.inf, errors), initial=0))
    return Point(error, names, expected, result)


def sensitivity(
    formula: Callable[..., Any],
    values: Mapping[Any, Any],
    expected: Array,
    rng: np.random.Generator,
) -> Array:
    """Return the largest change of each entry per relative change of the inputs."""
    change = np.zeros_like(expected)
    for _ in range(3):
        moved = {
            symbol: value
            if isinstance(value, int)
            else value * (1 + NUDGE * rng.choice([-1, 1], size=np.shape(value)))
            for symbol, value in values.items()
        }
        change = np.maximum(change, np.abs(evaluate(formula, moved) - expected))
    return change / NUDGE
