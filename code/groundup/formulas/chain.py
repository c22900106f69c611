"""Follows a derivation line by line, and compares its last line with the code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from .agreement import Given, Point
from .aligned import Row
from .lines import SIGNS, Line, Named
from .marks import is_written, marks, occurrences, plain, unmarked
from .notation import Equation, latex
from .steps import Setting, farthest_apart, solutions_apart
from .verification import TOLERANCE, Verified, shown, verify


class DerivationMismatch(AssertionError):
    """A line of a derivation does not follow from the line before it.

    `number` counts lines from 1. `inputs`, `expected` (what the line before it gives)
    and `found` belong to the worst of the points.
    """

    def __init__(
        self, formula_id: str, number: int, before: str, after: str, point: Point
    ) -> None:
        self.formula_id, self.number = formula_id, number
        self.inputs, self.expected = point.inputs, point.expected
        self.found = point.found
        at = "\n".join(f"  {name} = {shown(v)}" for name, v in point.inputs.items())
        super().__init__(
            f"{formula_id}: line {number} does not follow from what is before it.\n"
            f"before: {before}\nline {number}: {after}\n"
            f"At the worst point\n{at}\nthe first gives {shown(point.expected)}\n"
            f"and line {number} gives {shown(point.found)}."
        )


class Chain:
    """The lines so far: what the next one has to follow from."""

    def __init__(self, formula_id: str, setting: Setting) -> None:
        self.formula_id, self.setting = formula_id, setting
        self.number, self.allowed = 0, 0.0
        self.left: Any = None
        self.before: Any = None
        self.seen: Any = None  # the form of what is before
        self.last: Any = None

    @property
    def label(self) -> str:
        """The name of the line in hand."""
        return f"{self.formula_id}, line {self.number}"

    def add(self, new: Line) -> Row:
        """Check the next line, and return it as it is shown."""
        self.number += 1
        starts = new.left is not None
        if starts:
            self.left = new.left
            hidden = isinstance(new.left, Named)
            self.before = new.left.meaning if hidden else new.left
            self.seen = None if hidden else new.left
        self.setting = self.setting.at(new.at).near(new.near)
        check_marks(self.label, self.seen, new.form)
        if new.shown is not None:
            self.compare(new.expression, new.shown, 0.0)
        if self.before is not None and not isinstance(self.before, str):
            self.follow(new)
        self.last, self.seen, self.allowed = new, new.form, self.allowed + new.within
        if isinstance(new.expression, Equation):
            self.before = self.left = new.expression
            sides = latex(new.form.left), latex(new.form.right)
            return Row(sides[0], [("=", sides[1])], new.because)
        after_equation = isinstance(self.before, Equation)
        self.before = (
            Equation(self.before.left, new.expression)
            if after_equation
            else new.expression
        )
        name = side(new.left) if starts else ""
        return Row(name, [(SIGNS[new.relation], latex(new.form))], new.because)

    def follow(self, new: Line) -> None:
        """Compare a line with what is before it."""
        before, after = self.before, new.expression
        if not isinstance(after, Equation):
            before = before.right if isinstance(before, Equation) else before
            self.compare(before, after, new.within)
            return
        if not isinstance(before, Equation):
            before = Equation(before, 0 * plain(before))
        worst = solutions_apart(self.setting, self.label, before, after, new.without)
        if worst.error > TOLERANCE:
            raise self.mismatch(before, after, worst)

    def compare(self, before: Any, after: Any, within: float) -> None:
        """Raise where two expressions differ, or agree where one is said to be near."""
        worst = farthest_apart(
            self.setting, self.label, before, after, relative=within > 0
        )
        if not worst.error <= max(within, TOLERANCE):
            raise self.mismatch(before, after, worst)
        if within > 0 and worst.error <= TOLERANCE:
            raise ValueError(f"{self.label} is not only near, it is equal: write =")

    def mismatch(self, before: Any, after: Any, point: Point) -> DerivationMismatch:
        """Return the error that names the line in hand."""
        one, other = (" = ".join(map(latex, parts(form))) for form in (before, after))
        return DerivationMismatch(self.formula_id, self.number, one, other, point)

    def verified(
        self,
        implementation: Callable[..., Any],
        lhs: Any,
        call: Callable[..., Any] | None,
        **options: Any,
    ) -> Verified:
        """Compare the last line with a function, as `verify` does."""
        setting, form = self.setting, self.last.form
        left, right, given = side(self.left), self.before, dict(setting.given)
        if isinstance(right, Equation):
            if plain(right.left) != setting.unknown:
                raise ValueError(f"{self.label}: {setting.unknown} is not solved for")
            left, right = latex(right.left), right.right
            form = form.right if isinstance(form, Equation) else form
            del given[setting.unknown]
        fixed = setting.fixed or {}
        return verify(
            self.formula_id,
            plain(right),
            implementation,
            {symbol: kind for symbol, kind in given.items() if symbol not in fixed},
            lhs=left if lhs is None else lhs,
            where=setting.where,
            each=setting.indices(right),
            display=unmarked(form) if is_written(form) else None,
            call=with_fixed(call, given, fixed),
            tolerance=max(TOLERANCE, self.allowed),
            seed=setting.seed,
            **options,
        )


def side(left: Any) -> str:
    """Return a left side as LaTeX."""
    return left.latex if isinstance(left, Named | Equation) else latex(left)


def parts(form: Any) -> list[Any]:
    """Return the sides of an equation, or the one expression."""
    return [form.left, form.right] if isinstance(form, Equation) else [form]


def check_marks(label: str, seen: Any, form: Any) -> None:
    """Raise ValueError for a mark on a term that was seen before as often."""
    if seen is None or isinstance(seen, str):
        return
    for mark in (mark for part in parts(form) for mark in marks(part)):
        now, then = (
            sum(occurrences(part, mark) for part in parts(whole))
            for whole in (form, seen)
        )
        if now == then:
            raise ValueError(
                f"{label}: {latex(plain(mark))} is marked, and is in the line before"
            )


def with_fixed(
    call: Callable[..., Any] | None, given: Given, fixed: Mapping[Any, Any]
) -> Callable[..., Any]:
    """Return how a function is called where some arguments have fixed values."""
    apply = call or (lambda function, *arrays: function(*arrays))

    def with_all(function: Callable[..., Any], *drawn: Any) -> Any:
        rest = iter(drawn)
        arrays = [
            fixed[symbol] if symbol in fixed else next(rest)
            for symbol, kind in given.items()
            if not isinstance(kind, range)
        ]
        return apply(function, *(np.copy(a) if np.ndim(a) else a for a in arrays))

    return with_all
