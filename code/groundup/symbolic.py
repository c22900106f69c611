"""Ties a SymPy formula to the function that implements it.

`verify` evaluates both at random points, compares them, displays the formula with
what was found, and remembers it for `summary`, the last cell of a chapter.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import sympy

from .agreement import Array, Given, Point, arguments, compare, draw
from .notation import ArrayPrinter, Equation, equation, latex

__all__ = ["FormulaMismatch", "Verified", "equation", "latex", "summary", "verify"]

TOLERANCE = 4096 * float(np.finfo(np.float64).eps)  # 9.1e-13
FORMULA = "application/vnd.groundup.formula+json"
SUMMARY = "application/vnd.groundup.summary+json"
ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


class FormulaMismatch(AssertionError):
    """A formula and its implementation disagree.

    `inputs`, `expected` (the formula's value), `found` (the implementation's) and
    `difference` belong to the worst of the points.
    """

    def __init__(
        self, formula_id: str, inputs: dict[str, Any], expected: Array, found: Array
    ) -> None:
        self.formula_id = formula_id
        self.inputs, self.expected, self.found = inputs, expected, found
        self.difference = float(np.max(np.abs(expected - found)))
        at = "\n".join(f"  {name} = {shown(value)}" for name, value in inputs.items())
        super().__init__(
            f"{formula_id}: the formula and the code differ by {self.difference:.3g}.\n"
            f"At the worst point\n{at}\nthe formula gives {shown(expected)}\n"
            f"and the code gives {shown(found)}."
        )


def shown(value: Any) -> str:
    """Return an array on one line, with enough digits to see a difference."""
    text = np.array2string(np.asarray(value), precision=6, threshold=20)
    return re.sub(r"\s+", " ", text)


@dataclass(frozen=True)
class Verified:
    """A formula that agreed with its implementation at every point."""

    id: str
    title: str
    latex: str
    lhs: str
    function: str
    points: int
    largest_error: float

    def record(self) -> dict[str, Any]:
        """Return what the page and the formula index need to know."""
        return dict(self.__dict__)

    def note(self) -> str:
        """Return the sentence below the formula."""
        return (
            f"{self.title}: checked against `{self.function}` at {self.points} points,"
            f" largest error {self.largest_error:.0e}"
        )

    def __repr__(self) -> str:
        return f"{self.id}: {self.note()}"

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {
            FORMULA: self.record(),
            "text/markdown": f"$$\n\\boxed{{{self.latex}}}\n$$\n\n{self.note()}\n",
            "text/plain": repr(self),
        }


REGISTRY: dict[str, Verified] = {}


def verify(
    formula_id: str,
    expression: Any,
    implementation: Callable[..., Any],
    given: Given,
    *,
    title: str | None = None,
    lhs: Any = "",
    where: Mapping[Any, Any] | None = None,
    call: Callable[..., Any] | None = None,
    points: int = 200,
    tolerance: float = TOLERANCE,
    seed: int = 0,
) -> Verified:
    """Check a SymPy expression against a function, remember it, return it to display.

    `given` says what is drawn for each symbol: `range(3, 9)` a size, a tuple a shape
    (of integers and sizes) filled with normal numbers at the scales 1e-3, 1 and 1e3,
    or a function of a generator and a shape. The implementation gets the arrays in
    this order, without the sizes, columns as (n,); `call(implementation, *arrays)`
    adapts where it wants them otherwise. `where` defines abbreviations that are shown
    as they are; `lhs` is the left side. An `IndexedBase` counts from 1, as in print.

    Errors are relative to the value plus its change per relative change of the inputs:
    what rounding the inputs alone would do counts as one rounding error, wherever
    terms cancel. Raises FormulaMismatch with the worst point, ValueError for symbols
    without values, shapes that differ, and formulas that are not finite.
    """
    check_arguments(formula_id, implementation, given, points)
    formula = evaluator(formula_id, expression, where or {}, given)
    apply = call or (lambda function, *arrays: function(*arrays))
    rng = np.random.default_rng(seed)
    worst = Point(0.0)
    for _ in range(points):
        values = draw(given, rng)
        found = attempt(formula_id, apply, implementation, values)
        point = compare(formula_id, formula, values, found, rng)
        worst = max(worst, point, key=lambda each: each.error)
    if not worst.error <= tolerance:
        raise FormulaMismatch(formula_id, worst.inputs, worst.expected, worst.found)
    shown_formula = Equation(lhs, expression).latex if lhs else latex(expression)
    name = f"{implementation.__module__}.{implementation.__qualname__}"
    last = formula_id.rpartition(".")[2].replace("_", " ")
    REGISTRY[formula_id] = Verified(
        formula_id,
        title or last[0].upper() + last[1:],
        shown_formula,
        latex(lhs),
        name,
        points,
        worst.error,
    )
    return REGISTRY[formula_id]


def evaluator(
    formula_id: str, expression: Any, where: Mapping[Any, Any], given: Given
) -> Callable[..., Any]:
    """Return a function of the given values, the formula's value.

    Abbreviations are put in; those for matrices are evaluated one by one instead, the
    last first: a formula that uses some of them often would grow without bound.
    """
    full, matrices = sympy.sympify(expression), {}
    for short, long in where.items():
        if isinstance(short, sympy.MatrixSymbol):
            matrices[short] = sympy.sympify(long)
        else:
            full = full.subs(short, long)
            matrices = {key: value.subs(short, long) for key, value in matrices.items()}
    names, steps = list(given), []
    for short, long in reversed(list(matrices.items())):
        check_symbols(formula_id, long, names, given)
        steps.append(sympy.lambdify(names, long, "numpy", printer=ArrayPrinter))
        names = [*names, short]
    check_symbols(formula_id, full, names, given)
    last = sympy.lambdify(names, full, modules="numpy", printer=ArrayPrinter)

    def evaluate(*values: Any) -> Any:
        known = list(values)
        for step in steps:
            known.append(step(*known))
        return last(*known)

    return evaluate


def attempt(
    formula_id: str,
    apply: Callable[..., Any],
    implementation: Callable[..., Any],
    values: Mapping[Any, Any],
) -> Any:
    """Return what the implementation gives; an exception of it says for which input."""
    try:
        return apply(implementation, *arguments(values))
    except Exception as error:
        inputs = {str(symbol): value for symbol, value in values.items()}
        error.add_note(f"{formula_id}: raised by the implementation at {inputs}")
        raise


def check_arguments(
    formula_id: str, implementation: Callable[..., Any], given: Given, points: int
) -> None:
    """Raise where `verify` was called with something it cannot use."""
    if not ID.fullmatch(formula_id):
        raise ValueError(f"a formula id looks like topic.formula, found {formula_id!r}")
    if not callable(implementation):
        raise TypeError(f"{formula_id}: expected a function, found {implementation!r}")
    if getattr(implementation, "__name__", "<lambda>") == "<lambda>":
        raise TypeError(
            f"{formula_id}: expected the library's own function, by which the formula"
            " is listed; adapt its arguments with call=lambda function, ...: ..."
        )
    if points < 1:
        raise ValueError(f"{formula_id}: points must be 1 or more, found {points}")
    if not given:
        raise ValueError(f"{formula_id}: given is empty, nothing can be drawn")


def check_symbols(
    formula_id: str, expression: Any, known: Sequence[Any], given: Given
) -> None:
    """Raise ValueError for symbols of the expression that nothing has a value for."""
    shapes = chain.from_iterable(k for k in given.values() if isinstance(k, tuple))
    used = expression.free_symbols | {s for s in shapes if isinstance(s, sympy.Basic)}
    names = {str(symbol) for symbol in used if not isinstance(symbol, sympy.Indexed)}
    if missing := sorted(names - {str(symbol) for symbol in known}):
        raise ValueError(
            f"{formula_id}: no values for {', '.join(missing)}; given has"
            f" {', '.join(str(symbol) for symbol in given)}"
        )


@dataclass(frozen=True)
class Summary:
    """What a chapter verified, and the most memory it held."""

    formulas: Sequence[Verified]
    peak_megabytes: float

    def __repr__(self) -> str:
        return "\n".join(repr(formula) for formula in self.formulas)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        rows = "\n".join(f"| ${f.latex}$ | `{f.id}` |" for f in self.formulas)
        return {
            SUMMARY: {
                "formulas": [formula.record() for formula in self.formulas],
                "peak_megabytes": self.peak_megabytes,
            },
            "text/markdown": f"| formula | id |\n|---|---|\n{rows}\n",
            "text/plain": repr(self),
        }


def summary() -> Summary:
    """Return all formulas verified so far, in order: the last cell of a chapter."""
    return Summary(list(REGISTRY.values()), peak_megabytes())


def peak_megabytes() -> float:
    """Return the largest resident size of this process so far, 0 where unknown."""
    try:
        import resource  # not on Windows
    except ImportError:
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)
