"""Ties a SymPy formula to the function that implements it.

`verify` evaluates both at random points, compares them, displays the formula with
what was found, and remembers it for `summary`, the last cell of a chapter.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
import sympy
from numpy.typing import NDArray
from sympy.printing.latex import LatexPrinter
from sympy.printing.precedence import PRECEDENCE

Array = NDArray[np.float64]
Sampler = Callable[[np.random.Generator, tuple[int, ...]], Any]
Given = Mapping[Any, "range | tuple[Any, ...] | Sampler"]

SCALES = (1e-3, 1.0, 1e3)
TOLERANCE = 4096 * float(np.finfo(np.float64).eps)  # 9.1e-13
NUDGE = 2.0**-30  # how far inputs are moved to see how strongly the formula reacts
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


class BookPrinter(LatexPrinter):
    """SymPy's LaTeX in the book's notation: bold, transpose ⊤, x − x̄ not −x̄ + x."""

    def _print_Transpose(self, expr: Any) -> str:
        return rf"{self.parenthesize(expr.arg, PRECEDENCE['Pow'])}^{{\top}}"

    def _as_ordered_terms(self, expr: Any, order: Any = None) -> list[Any]:
        terms: list[Any] = LatexPrinter._as_ordered_terms(self, expr, order)  # type: ignore[no-untyped-call]
        return sorted(terms, key=negative)

    def _print_MatAdd(self, expr: Any) -> str:
        terms = sorted(expr.args, key=negative)
        return " + ".join(self._print(term) for term in terms).replace("+ -", "-")


def negative(term: Any) -> bool:
    """Return whether a term of a sum is written with a minus sign."""
    if isinstance(term, sympy.MatrixExpr):
        term = term.as_coeff_mmul()[0]
    return bool(term.could_extract_minus_sign())


def latex(value: Any) -> str:
    """Return LaTeX in the book's notation; a string is LaTeX already."""
    if isinstance(value, str):
        return value
    printer = BookPrinter({"mat_symbol_style": "bold"})  # type: ignore[no-untyped-call]
    return str(printer.doprint(value))


@dataclass(frozen=True)
class Equation:
    """Two sides of an equation, shown with the book's notation: a cell's output."""

    left: Any
    right: Any

    @property
    def latex(self) -> str:
        """The equation in LaTeX."""
        return f"{latex(self.left)} = {latex(self.right)}"

    def _repr_latex_(self) -> str:
        return f"$$\n{self.latex}\n$$"

    def __repr__(self) -> str:
        return f"{self.left} = {self.right}"


def equation(left: Any, right: Any) -> Equation:
    """Return `left = right` to display; a side is LaTeX text or a SymPy expression."""
    return Equation(left, right)


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
    full = sympy.sympify(expression)
    for short, long in (where or {}).items():
        full = full.subs(short, long)
    check_symbols(formula_id, full, given)
    formula = sympy.lambdify(list(given), full, modules="numpy")
    apply = call or (lambda function, *arrays: function(*arrays))
    rng = np.random.default_rng(seed)
    worst = Point(0.0)
    for _ in range(points):
        values = draw(given, rng)
        found = apply(implementation, *arguments(values))
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


@dataclass(frozen=True)
class Point:
    """One comparison: the error relative to its scale, and what led to it."""

    error: float
    inputs: dict[str, Any] = field(default_factory=dict)
    expected: Array = field(default_factory=lambda: np.zeros(0))
    found: Array = field(default_factory=lambda: np.zeros(0))


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


def check_symbols(formula_id: str, expression: Any, given: Given) -> None:
    """Raise ValueError for symbols of the expression that `given` leaves open."""
    shapes = chain.from_iterable(k for k in given.values() if isinstance(k, tuple))
    used = expression.free_symbols | {s for s in shapes if isinstance(s, sympy.Basic)}
    names = {str(symbol) for symbol in used if not isinstance(symbol, sympy.Indexed)}
    if missing := sorted(names - {str(symbol) for symbol in given}):
        raise ValueError(
            f"{formula_id}: no values for {', '.join(missing)}; given has"
            f" {', '.join(str(symbol) for symbol in given)}"
        )


def draw(given: Given, rng: np.random.Generator) -> dict[Any, Any]:
    """Return random values for all symbols: sizes as int, columns as (n,)."""
    sizes = {s: int(rng.choice(k)) for s, k in given.items() if isinstance(k, range)}
    values: dict[Any, Any] = dict(sizes)
    for symbol, kind in given.items():
        if isinstance(kind, range):
            continue
        declared = getattr(symbol, "shape", None) or ()
        shape = tuple(kind if isinstance(kind, tuple) else declared)
        if len(shape) == 2 and shape[1] == 1:
            shape = shape[:1]
        numbers = tuple(int(sizes.get(size, size)) for size in shape)
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
