"""Ties a SymPy formula to the function that implements it.

`verify` evaluates both at random points, compares them, displays the formula with
what was found, and remembers it for `summary`, the last cell of a chapter.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from .agreement import Given, Point, arguments, farthest
from .evaluation import Formula, as_floats
from .notation import Equation, latex

TOLERANCE = 4096 * float(np.finfo(np.float64).eps)  # 9.1e-13
FORMULA = "application/vnd.groundup.formula+json"
SUMMARY = "application/vnd.groundup.summary+json"
ID = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")


class FormulaMismatch(AssertionError):
    """A formula and its implementation disagree.

    `inputs`, `expected` (the formula's value), `found` (the implementation's) and
    `difference` belong to the worst of the points. `side` is what differs from the
    formula: the code, or the form in which the formula is shown.
    """

    def __init__(self, formula_id: str, point: Point, side: str = "code") -> None:
        self.formula_id = formula_id
        self.inputs, self.expected, self.found = (
            point.inputs,
            point.expected,
            point.found,
        )
        self.difference = float(np.max(np.abs(self.expected - self.found)))
        at = "\n".join(
            f"  {name} = {shown(each)}" for name, each in point.inputs.items()
        )
        super().__init__(
            f"{formula_id}: the formula and the {side} differ by"
            f" {self.difference:.3g}.\nAt the worst point\n{at}\n"
            f"the formula gives {shown(self.expected)}\n"
            f"and the {side} gives {shown(self.found)}."
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
    part: str = ""

    def record(self) -> dict[str, Any]:
        """Return what the page and the formula index need to know."""
        return dict(self.__dict__)

    def note(self) -> str:
        """Return the sentence below the formula."""
        part = f" ({self.part})" if self.part else ""
        return (
            f"{self.title}: checked against `{self.function}`{part} at {self.points}"
            f" points, largest error {self.largest_error:.0e}"
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
    each: Mapping[Any, Any] | None = None,
    display: Any = None,
    part: str = "",
    call: Callable[..., Any] | None = None,
    points: int = 200,
    tolerance: float = TOLERANCE,
    seed: int = 0,
) -> Verified:
    """Check a SymPy expression against a function, remember it, return it to display.

    `given` says what is drawn for each symbol: `range(3, 9)` a size, a tuple a shape
    (of integers and sizes) filled with normal numbers at the scales 1e-3, 1 and 1e3,
    a third of the time far from zero, or a function of a generator and a shape, such
    as `normal` for code that is known to be right near zero only. The implementation
    gets the arrays in this order, without the sizes, columns as (n,);
    `call(implementation, *arrays)` adapts where it wants them otherwise.

    `where` defines abbreviations that are shown as they are; `lhs` is the left side.
    An `IndexedBase` counts from 1, as in print. `each={i: n}` compares the formula of
    entry i with every entry of the result. `part` says what of the result was compared,
    where that is not all of it. `display` is another form of the formula, shown in its
    place and compared with it as the code is.

    Errors are relative to the value plus its change per relative change of the inputs:
    what rounding the inputs alone would do counts as one rounding error, wherever
    terms cancel. Raises FormulaMismatch with the worst point, ValueError for symbols
    without values, shapes that differ, and formulas that are not finite.
    """
    check_arguments(formula_id, implementation, given, points)

    def of(form: Any) -> Formula:
        return Formula(formula_id, form, given, where or {}, each or {})

    apply = call or (lambda function, *arrays: function(*arrays))
    sides = {"code": lambda v: attempt(formula_id, apply, implementation, v)}
    if display is not None:
        form = of(display)
        sides["form shown"] = lambda values: as_floats(form(values))
    worst = farthest(formula_id, of(expression), sides, given, points, seed)
    for side, point in worst.items():
        if not point.error <= tolerance:
            raise FormulaMismatch(formula_id, point, side)
    right = expression if display is None else display
    name = f"{implementation.__module__}.{implementation.__qualname__}"
    last = formula_id.rpartition(".")[2].replace("_", " ")
    REGISTRY[formula_id] = Verified(
        formula_id,
        title or last[0].upper() + last[1:],
        Equation(lhs, right).latex if lhs else latex(right),
        latex(lhs),
        name,
        points,
        worst["code"].error,
        part,
    )
    return REGISTRY[formula_id]


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


@dataclass(frozen=True)
class Summary:
    """What a chapter verified, the most memory it held, the seconds it computed."""

    formulas: Sequence[Verified]
    peak_megabytes: float
    cpu_seconds: float

    def __repr__(self) -> str:
        return "\n".join(repr(formula) for formula in self.formulas)

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        rows = "\n".join(f"| ${f.latex}$ | `{f.id}` |" for f in self.formulas)
        return {
            SUMMARY: {
                "formulas": [formula.record() for formula in self.formulas],
                "peak_megabytes": self.peak_megabytes,
                "cpu_seconds": self.cpu_seconds,
            },
            "text/markdown": f"| formula | id |\n|---|---|\n{rows}\n",
            "text/plain": repr(self),
        }


def summary() -> Summary:
    """Return all formulas verified so far, in order: the last cell of a chapter."""
    return Summary(list(REGISTRY.values()), peak_megabytes(), cpu_seconds())


def cpu_seconds() -> float:
    """Return the seconds of processors that this process has used, and its children."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def peak_megabytes() -> float:
    """Return the largest resident size of this process so far, 0 where unknown.

    Linux's `ru_maxrss` begins with what the process held that started this one.
    """
    try:
        import resource  # not on Windows
    except ImportError:
        return 0.0
    if sys.platform == "linux":
        [peak] = re.findall(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
        return int(peak) / 2**10
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return float(peak) / 2**20
