"""Compares a line of a derivation with the line before it, at random points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .agreement import TINY, Expected, Given, Point, compare, draw, evaluate, expect
from .equations import solutions
from .evaluation import Exact, Formula, as_floats
from .marks import plain
from .notation import Equation


@dataclass(frozen=True)
class Setting:
    """Where lines are compared: what is drawn, and what has a fixed value."""

    where: Mapping[Any, Any]
    given: Given
    each: Mapping[Any, Any]
    points: int
    seed: int
    unknown: Any = None
    fixed: Mapping[Any, Any] | None = None

    def at(self, values: Mapping[Any, Any]) -> Setting:
        """Return the same setting with numbers for some of its symbols.

        Raises ValueError for symbols that are not given.
        """
        if extra := [str(symbol) for symbol in values if symbol not in self.given]:
            raise ValueError(f"at has values for {', '.join(extra)}, not in given")
        fixed = {
            symbol: value if isinstance(value, int) else np.asarray(value, dtype=float)
            for symbol, value in values.items()
        }
        lengths = {s: range(v, v + 1) for s, v in fixed.items() if isinstance(v, int)}
        given = {**self.given, **lengths}
        return replace(self, given=given, fixed={**(self.fixed or {}), **fixed})

    def near(self, regime: Given) -> Setting:
        """Return the same setting with some symbols drawn in another way."""
        return replace(self, given={**self.given, **regime})

    def drawn(self) -> Iterator[tuple[dict[Any, Any], np.random.Generator]]:
        """Yield values of all symbols, once for each point."""
        rng = np.random.default_rng(self.seed)
        for _ in range(self.points):
            yield {**draw(self.given, rng), **(self.fixed or {})}, rng

    def indices(self, *expressions: Any) -> dict[Any, Any]:
        """Return the indices that expressions leave free, and how far they run."""
        free = set().union(*(plain(e).free_symbols for e in expressions))
        return {index: end for index, end in self.each.items() if index in free}

    def formula(
        self, label: str, expression: Any, indices: Mapping[Any, Any]
    ) -> Formula:
        """Return an expression as a function of the values."""
        return Formula(label, plain(expression), self.given, self.where, indices)


def farthest_apart(
    setting: Setting, label: str, before: Any, after: Any, *, relative: bool
) -> Point:
    """Return the point where two expressions differ most.

    The error is relative to what `before` is and how it reacts to its inputs, or to
    what it is alone. Raises ValueError where shapes differ or values are not finite.
    """
    indices = setting.indices(before, after)
    one, other = (setting.formula(label, e, indices) for e in (before, after))
    worst = Point(0.0)
    for values, rng in setting.drawn():
        expected = expect(label, one, values, rng)
        if relative:
            expected = replace(expected, scale=np.abs(expected.value) + TINY)
        found = as_floats(evaluate(label, other, values))
        if found.shape != expected.value.shape:
            shapes = f"{found.shape}, the line before it {expected.value.shape}"
            raise ValueError(f"{label} has the shape {shapes}")
        worst = max(worst, compare(label, expected, found), key=lambda p: p.error)
    return worst


def solutions_apart(
    setting: Setting, label: str, before: Equation, after: Equation, without: Any
) -> Point:
    """Return the point where the solutions of two equations differ most.

    `without` is a solution of the first that the second may lose. Raises ValueError
    where an equation has no solution that can be found.
    """
    if setting.unknown is None:
        raise ValueError(f"{label}: an equation needs unknown=, what it is solved for")
    sides = {
        f"{label}, {side}": residual(setting, label, equation)
        for side, equation in (("before", before), ("after", after))
    }
    worst = Point(0.0)
    for values, _ in setting.drawn():
        names = {str(symbol): value for symbol, value in values.items()}
        one, other = (solved(setting, *side, values) for side in sides.items())
        if without is not None:
            one = np.array([root for root in one if abs(root - without) > TINY])
        found, wanted = (np.squeeze(as_floats(roots)) for roots in (other, one))
        if found.shape != wanted.shape:
            return Point(np.inf, names, wanted, found)
        scale = np.full(wanted.shape, np.max(np.abs(wanted), initial=TINY))
        point = compare(label, Expected(names, wanted, scale), found)
        worst = max(worst, point, key=lambda p: p.error)
    return worst


def residual(setting: Setting, label: str, equation: Equation) -> Formula:
    """Return by how much the sides of an equation differ, as a function of values."""
    difference = plain(equation.left) - plain(equation.right)
    return setting.formula(label, difference, {})


def solved(
    setting: Setting, label: str, residual: Formula, values: Mapping[Any, Any]
) -> Exact:
    """Return the solutions of an equation for the values of all other symbols."""
    try:
        return solutions(residual, setting.unknown, values)
    except (ValueError, ZeroDivisionError) as error:
        raise ValueError(f"{label}: it cannot be solved: {error}") from None
