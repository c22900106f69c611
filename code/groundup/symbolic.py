"""Ties a formula derived with SymPy to the function that implements it.

`verify` evaluates both at random points and displays the boxed formula with what it
found; a disagreement raises, and so stops the build of the book.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import sympy as sp
from numpy.typing import NDArray

Array = NDArray[np.float64]
Sampler = Callable[[np.random.Generator], Any]
SCALES = (1e-3, 1.0, 1e3)

FORMULA = "application/vnd.groundup.formula+json"
SUMMARY = "application/vnd.groundup.summary+json"


class FormulaMismatch(AssertionError):
    """A formula and the function that should implement it disagree."""


@dataclass(frozen=True)
class Verified:
    """A formula that was compared with its implementation, and how well they agree."""

    id: str
    title: str
    latex: str
    function: str
    points: int
    largest_error: float

    def record(self) -> dict[str, Any]:
        """Return what the book's pages show and index, as plain data."""
        return dict(vars(self))

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        note = (
            f"{self.title}: checked at {self.points} points against {self.function},"
            f" largest error {self.largest_error:.0e}"
        )
        return {
            FORMULA: self.record(),
            "text/markdown": f"$$\\boxed{{{self.latex}}}$$\n\n{escape(note)}",
            "text/plain": note,
        }


@dataclass(frozen=True)
class Summary:
    """All formulas verified so far, and the memory that took at most."""

    formulas: tuple[Verified, ...]
    peak_megabytes: float | None

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        rows = "\n".join(
            f"| {f.title} | ${f.latex}$ | `{f.function}` |" for f in self.formulas
        )
        return {
            SUMMARY: {
                "formulas": [f.record() for f in self.formulas],
                "peak_megabytes": self.peak_megabytes,
            },
            "text/markdown": f"| name | formula | function |\n|---|---|---|\n{rows}",
            "text/plain": "\n".join(f.title for f in self.formulas),
        }


_verified: dict[str, Verified] = {}


def verify(
    formula_id: str,
    expression: sp.Basic,
    implementation: Callable[..., Any],
    given: Sequence[sp.Basic] | Mapping[sp.Basic, Sampler],
    *,
    title: str,
    left: str = "",
    latex: str = "",
    call: Callable[..., Any] | None = None,
    points: int = 200,
    tolerance: float = 1e-11,
    seed: int = 0,
) -> Verified:
    """Compare a SymPy expression with a function at random points.

    `given` lists the symbols in the order of the function's arguments; a matrix
    symbol of one column is passed as a vector. As a mapping it also says how to
    draw a symbol's value from a generator. `left` is the LaTeX of the formula's left
    side, `latex` that of its right side where SymPy's own should not be shown, and
    `call` adapts the arguments where they differ from the symbols. The error is the
    largest difference divided by the largest value, at each point.

    Raises FormulaMismatch with the worst point if an error exceeds `tolerance`, and
    ValueError for symbols that are missing, values that are not finite, and results
    of another shape.
    """
    samplers = given if isinstance(given, Mapping) else {s: gaussian(s) for s in given}
    check_symbols(formula_id, expression, list(samplers))
    formula = sp.lambdify(list(samplers), expression, "numpy", cse=True)
    rng = np.random.default_rng(seed)
    worst, error = None, 0.0
    for _ in range(points):
        values = [as_array(sample(rng)) for sample in samplers.values()]
        want = flat(formula(*values))
        got = flat((call or implementation)(*map(argument, values)))
        found = compare(formula_id, want, got)
        if worst is None or found > error:
            worst, error = (values, want, got), found
    function = f"{implementation.__module__}.{implementation.__qualname__}"
    if error > tolerance:
        raise FormulaMismatch(
            describe(formula_id, function, list(samplers), worst, error)
        )
    right = latex or sp.latex(expression)
    shown = f"{left} = {right}" if left else right
    done = Verified(formula_id, title, shown, function, points, float(error))
    _verified[formula_id] = done
    return done


def summary() -> Summary:
    """Return every formula verified in this chapter, for its last cell."""
    return Summary(tuple(_verified.values()), peak_megabytes())


def gaussian(symbol: sp.Basic) -> Sampler:
    """Return a sampler of normal values, small, ordinary or large, for a symbol."""
    shape = tuple(map(int, symbol.shape)) if hasattr(symbol, "shape") else ()

    def sample(rng: np.random.Generator) -> Any:
        return rng.choice(SCALES) * rng.standard_normal(shape)

    return sample


def check_symbols(name: str, expression: sp.Basic, symbols: list[sp.Basic]) -> None:
    """Raise ValueError if the expression uses a symbol that is not given."""
    if missing := expression.free_symbols - set(symbols):
        shown = ", ".join(sorted(map(str, missing)))
        raise ValueError(f"{name}: the formula uses {shown}, for which no value is given")


def as_array(value: Any) -> Array:
    """Return a sampled value as floats; vectors stay columns, as SymPy has them."""
    return np.asarray(value, dtype=np.float64)


def argument(value: Array) -> Any:
    """Return a value as a function of the library takes it: columns as vectors."""
    if value.ndim == 0:
        return float(value)
    return value[:, 0] if value.ndim == 2 and value.shape[1] == 1 else value


def flat(value: Any) -> Array:
    """Return a result as an array without the axes of length one that SymPy adds."""
    parts = value if isinstance(value, tuple) else (value,)
    if len(parts) > 1:
        return np.array([float(np.squeeze(part)) for part in parts])
    return np.squeeze(np.asarray(parts[0], dtype=np.float64))


def compare(name: str, want: Array, got: Array) -> float:
    """Return the largest difference relative to the largest value."""
    if want.shape != got.shape:
        raise ValueError(
            f"{name}: the formula gives shape {want.shape}, the function {got.shape}"
        )
    if not (np.isfinite(want).all() and np.isfinite(got).all()):
        raise ValueError(f"{name}: a value is not finite (formula {want}, code {got})")
    size = max(np.abs(want).max(initial=0), np.abs(got).max(initial=0))
    return float(np.abs(want - got).max(initial=0) / size) if size else 0.0


def describe(
    name: str, function: str, symbols: list[sp.Basic], worst: Any, error: float
) -> str:
    """Return the message of a mismatch: the worst point and both values there."""
    values, want, got = worst
    point = "\n".join(
        f"  {symbol} = {np.array2string(value, precision=6)}"
        for symbol, value in zip(symbols, values, strict=True)
    )
    return (
        f"{name} and {function} disagree by {error:.1e} of their size, worst at\n"
        f"{point}\n  formula: {want}\n  function: {got}"
    )


def peak_megabytes() -> float | None:
    """Return the largest memory this process has held in MB, None on Windows."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6
