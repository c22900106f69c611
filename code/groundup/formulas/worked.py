"""Formulas worked by hand: with numbers put in, and the result, all computed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .aligned import Aligned, Row
from .evaluation import Formula, as_floats
from .lines import SIGNS
from .marks import plain
from .notation import latex
from .substituted import ROUNDING, NumbersPrinter, decimal, is_rounded

NOTE = "Every number was computed when the book was built."


class WorkedMismatch(AssertionError):
    """A number that was written, or that the code gives, is not the formula's."""


@dataclass(frozen=True)
class Work:
    """One formula to be worked by hand, as its author wrote it."""

    left: Any
    expression: Any
    values: Mapping[Any, Any]
    digits: int
    sign: str
    gives: float | None
    code: float | None
    because: str


def work(
    left: Any,
    expression: Any,
    values: Mapping[Any, Any],
    because: str = "",
    *,
    digits: int = 6,
    sign: str = "=",
    gives: float | None = None,
    code: float | None = None,
) -> Work:
    r"""Return a formula and the values of its symbols: numbers and sequences of them.

    It is shown as formula, formula with numbers, result, rounded to `digits`
    significant digits, with ≈ where that makes another number. `sign` stands after
    the left side: `\leftarrow` where a value is replaced. `gives` is the result as the
    text says it, and `code` what a function returned: both have to be the result.
    """
    return Work(left, expression, values, digits, sign, gives, code, because)


def worked(worked_id: str, lines: Sequence[Work]) -> Aligned:
    """Compute formulas with their numbers, and return them to display.

    Raises WorkedMismatch where a number that was written, or the code's, is another;
    ValueError for symbols without values and values without symbols.
    """
    if not lines:
        raise ValueError(f"{worked_id}: there are no lines")
    rows = [
        row(f"{worked_id}, line {number}", each)
        for number, each in enumerate(lines, start=1)
    ]
    return Aligned(worked_id, rows, NOTE)


def row(label: str, work: Work) -> Row:
    """Return one formula worked by hand, when its numbers are right."""
    result = computed(label, work)
    text = decimal(result, work.digits)
    if work.gives is not None and decimal(work.gives, work.digits) != text:
        raise WorkedMismatch(f"{label}: {work.gives} is written, the result is {text}")
    if work.code is not None and not np.isclose(work.code, result, ROUNDING, ROUNDING):
        raise WorkedMismatch(f"{label}: the code gives {work.code}, it is {result}")
    printer = NumbersPrinter(work.values, work.digits)
    numbers = printer.doprint(work.expression)
    into = SIGNS["≈" if printer.rounded else "="]
    gives = SIGNS["≈" if printer.rounded or is_rounded(result, work.digits) else "="]
    steps = [
        (work.sign, latex(work.expression)),
        (into, numbers),
        (gives, rf"\mathbf{{{text}}}"),
    ]
    return Row(latex(work.left), steps, work.because)


def computed(label: str, work: Work) -> float:
    """Return the result; raises ValueError for values that do not fit the formula."""
    expression = plain(work.expression)
    names = {str(symbol) for symbol in expression.free_symbols}
    if unused := sorted({str(symbol) for symbol in work.values} - names):
        raise ValueError(f"{label}: no {', '.join(unused)} in the formula")
    given = {
        symbol: value if isinstance(value, int) else np.asarray(value, dtype=float)
        for symbol, value in work.values.items()
    }
    formula = Formula(label, expression, dict.fromkeys(given, ()), {}, {})
    result = as_floats(formula(given))
    if result.ndim or not np.isfinite(result):
        raise ValueError(f"{label}: expected a number, the formula gives {result}")
    return float(result)
