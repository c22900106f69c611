"""Expressions that keep the form in which they were written."""

from __future__ import annotations

from typing import Any

import pytest
import sympy as sp
from groundup.formulas.marks import (
    in_order,
    kept,
    marked,
    marks,
    occurrences,
    plain,
    times,
    unmarked,
)
from groundup.formulas.notation import latex

n, i = sp.symbols("n i", integer=True, positive=True)
a, b, c = sp.symbols("a b c")
x = sp.IndexedBase("x")
X, Y = sp.MatrixSymbol("X", n, n), sp.MatrixSymbol("Y", n, 1)


def total(term: Any) -> Any:
    return sp.Sum(term, (i, 1, n))


@pytest.mark.parametrize(
    ("expression", "shown"),
    [
        (a * kept(b - c), r"a \left(b - c\right)"),
        (a - kept(b - c), r"a - \left(b - c\right)"),
        (-kept(b - c), r"- \left(b - c\right)"),
        (a + marked(b), r"a + \underline{b}"),
        (in_order(a, marked(-b)), r"a - \underline{b}"),
        (in_order(c, -b, a), "c - b + a"),
        (in_order(-c, a), "- c + a"),
        (in_order(c, b) ** 2, r"\left(c + b\right)^{2}"),
        (times(2 / n, total(x[i])), r"\frac{2}{n} \sum_{i=1}^{n} {x}_{i}"),
        (times(b, in_order(c, a)), r"b \left(c + a\right)"),
        (total(kept(x[i] - a)), r"\sum_{i=1}^{n} \left({x}_{i} - a\right)"),
        (total(in_order(x[i], a)), r"\sum_{i=1}^{n} \left({x}_{i} + a\right)"),
        (kept(X * Y).T, r"\left(\mathbf{X} \mathbf{Y}\right)^{\top}"),
        (X * marked(X * Y), r"\mathbf{X} \underline{\mathbf{X} \mathbf{Y}}"),
        (X * marked(X - Y * Y.T) * Y, None),
        (x[i, n], "{x}_{in}"),
        (x[i, n + 1], "{x}_{i,n + 1}"),
    ],
)
def test_a_line_is_shown_as_it_was_written(expression: Any, shown: str | None) -> None:
    found = latex(expression)
    assert shown is None or found == shown
    assert ("underline" in found) == bool(marks(expression))


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (a - kept(b - c), a - b + c),
        (marked(a) * kept(a), a**2),
        (in_order(a, -a, b), b),
        (times(a, b, a), a**2 * b),
        (kept(marked(a)), a),
        (sp.Derivative(kept(a * b) ** 2, a), 2 * a * b**2),
        (kept(X * Y).T * kept(X), (X * Y).T * X),
    ],
)
def test_it_has_the_value_of_what_is_inside(written: Any, value: Any) -> None:
    difference = plain(written) - value
    assert difference in (0, difference * 0) or sp.expand(difference) == 0


def test_marks_are_taken_off_and_the_form_stays() -> None:
    line = a - marked(b - c)
    assert latex(unmarked(line)) == r"a - \left(b - c\right)"


def test_a_term_is_counted_however_it_is_wrapped() -> None:
    assert occurrences(kept(a - b) * c + marked(a - b) ** 2, a - b) == 2
    assert occurrences(in_order(a, b), c) == 0
