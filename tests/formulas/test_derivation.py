"""Derivations: what follows passes, what does not is named by its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import sympy as sp
from groundup.formulas import (
    REGISTRY,
    DerivationMismatch,
    FormulaMismatch,
    derivation,
    equation,
    in_order,
    kept,
    line,
    marked,
    named,
    normal,
    times,
)
from groundup.formulas.aligned import DERIVATION

n, d, i, j = sp.symbols("n d i j", integer=True, positive=True)
a, b, h, w = sp.symbols("a b h w")
e, x = sp.IndexedBase("e"), sp.IndexedBase("x")
X, W = sp.MatrixSymbol("X", n, d), sp.MatrixSymbol("w", d, 1)
Y = sp.MatrixSymbol("y", n, 1)
GIVEN = {n: range(2, 7), e: (n,), x: (n,), h: ()}
EXAMPLE = {n: 4, e: [-2, -3, -5, -6], x: [1, 2, 3, 4]}
NUMBERS = in_order(18.5, -23.5 * h, 7.5 * h**2)


@pytest.fixture(autouse=True)
def empty_registry() -> Iterator[None]:
    """Each test verifies for itself."""
    REGISTRY.clear()
    yield
    REGISTRY.clear()


def mean(term: Any) -> Any:
    return times(1 / n, sp.Sum(term, (i, 1, n)))


SQUARE = in_order(e[i] ** 2, marked(2 * h * e[i] * x[i]), h**2 * x[i] ** 2)
MEANS = in_order(mean(e[i] ** 2), 2 * h * mean(e[i] * x[i]), h**2 * mean(x[i] ** 2))


def loss(e: Any, x: Any, h: float) -> float:
    return float(np.mean((e + h * x) ** 2))


def total_loss(e: Any, x: Any, h: float) -> float:
    return float(np.sum((e + h * x) ** 2))


def nudge(
    square: Any = SQUARE,
    means: Any = MEANS,
    numbers: Any = NUMBERS,
    code: Callable[..., Any] = loss,
    at: Any = EXAMPLE,
    **options: Any,
) -> Any:
    return derivation(
        "topic.nudge",
        in_order(e[i], h * x[i]) ** 2,
        [
            line(square, "the square of a sum"),
            line(means, "term by term", left=named("L", mean((e[i] + h * x[i]) ** 2))),
            line(numbers, "our numbers", at=at),
        ],
        GIVEN,
        code,
        each={i: n},
        **options,
    )


def test_a_right_derivation_is_remembered_as_a_formula_of_the_code() -> None:
    shown = nudge()
    assert shown.verified is REGISTRY["topic.nudge"]
    assert shown.verified.latex == "L = 18.5 - 23.5 h + 7.5 h^{2}"
    assert shown.verified.function == f"{__name__}.loss"
    assert [row.left for row in shown.rows][1:] == ["L", ""]


def test_what_is_not_boxed_is_compared_and_not_listed() -> None:
    shown = nudge(boxed=False)
    assert shown.verified is None and not REGISTRY
    assert "The last was compared with" in shown.note
    with pytest.raises(FormulaMismatch):
        nudge(boxed=False, code=total_loss)


@pytest.mark.parametrize(
    ("planted", "number"),
    [
        ({"square": in_order(e[i] ** 2, -2 * h * e[i] * x[i], h**2 * x[i] ** 2)}, 1),
        ({"square": in_order(e[i] ** 2, h * e[i] * x[i], h**2 * x[i] ** 2)}, 1),
        ({"square": in_order(e[i] ** 2, h**2 * x[i] ** 2)}, 1),
        ({"square": in_order(e[i] ** 2, 2 * h * e[i] * x[1], h**2 * x[i] ** 2)}, 1),
        ({"means": MEANS * n}, 2),
        ({"means": MEANS + h**3 * sp.Float("1e-9")}, 2),
        ({"means": MEANS.subs(n, n - 1)}, 2),
        ({"numbers": in_order(18.5, -23.5 * h, 7.6 * h**2)}, 3),
        ({"numbers": in_order(18.5, 23.5 * h, 7.5 * h**2)}, 3),
        ({"numbers": 18.5 - 23.5 * h}, 3),
        ({"at": {**EXAMPLE, x: [1, 2, 3, 5]}}, 3),
    ],
)
def test_a_line_that_does_not_follow_is_named(
    planted: dict[str, Any], number: int
) -> None:
    with pytest.raises(DerivationMismatch) as caught:
        nudge(**planted)
    assert caught.value.number == number
    assert f"topic.nudge: line {number} does not follow" in str(caught.value)


def test_the_error_shows_both_lines_and_the_worst_point() -> None:
    with pytest.raises(DerivationMismatch) as caught:
        derivation("topic.sum", a + b, [line(a - b, "wrong")], {a: (), b: ()})
    error, text = caught.value, str(caught.value)
    assert "before: a + b\nline 1: a - b\n" in text
    one, other = error.inputs["a"], error.inputs["b"]
    assert float(error.expected) == pytest.approx(one + other)
    assert float(error.found) == pytest.approx(one - other)


def test_a_line_that_is_right_only_for_the_example_s_numbers_is_caught() -> None:
    squares = sp.Sum(x[i] ** 2, (i, 1, n))
    only_there = times(mean(x[i]), 3 * n)  # 30, as 1 + 4 + 9 + 16
    given = {key: GIVEN[key] for key in (n, x)}
    example = {key: EXAMPLE[key] for key in (n, x)}
    derivation("topic.here", squares, [line(only_there, at=example)], given)
    with pytest.raises(DerivationMismatch, match="line 1"):
        derivation("topic.all", squares, [line(only_there)], given)
    with pytest.raises(DerivationMismatch, match="line 2"):
        lines = [line(squares), line(30), line(30, at=example)]
        derivation("topic.early", squares, lines, given)


def test_code_that_is_wrong_is_named_as_verify_names_it() -> None:
    with pytest.raises(
        FormulaMismatch, match=r"topic\.nudge: the formula and the code"
    ):
        nudge(code=total_loss)


def test_a_symbol_without_values_is_named_with_its_line() -> None:
    with pytest.raises(ValueError, match="line 1: no values for b; given has a"):
        derivation("topic.sum", a, [line(a + b - b + b)], {a: ()})
    with pytest.raises(ValueError, match="at has values for b, not in given"):
        derivation("topic.sum", a, [line(a, at={b: 1})], {a: ()})


def test_a_mark_on_what_was_there_before_is_refused() -> None:
    def through(last: Any) -> Any:
        start = named("q", a * (b + 1))
        return derivation("topic.marks", start, [line(a * b + a), line(last)], given)

    given = {a: (), b: ()}
    through(times(a, marked(b + 1)))
    through(in_order(marked(a), a * b + marked(a), -a))
    with pytest.raises(ValueError, match="line 2: a is marked, and is in the line"):
        through(a * b + marked(a))


def test_a_form_that_is_shown_is_compared_with_the_line() -> None:
    given = {a: (), b: ()}
    good = line(a**2 + 2 * a * b + b**2, shown=kept(a + b) ** 2)
    shown = derivation("topic.form", named("q", (a + b) ** 2), [good], given)
    assert shown.rows[0].right == r"= \left(a + b\right)^{2}"
    with pytest.raises(DerivationMismatch, match="line 1"):
        bad = line(a**2 + 2 * a * b + b**2, shown=kept(a - b) ** 2)
        derivation("topic.form", named("q", (a + b) ** 2), [bad], given)


def tiny(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return rng.uniform(1e-4, 1e-3, size=shape)


def near_one(within: float, near: Any = None, short: Any = 1 + h) -> Any:
    about = line(short, "h is small", relation="≈", within=within, near=near or {})
    return derivation("topic.near", sp.exp(h), [about], {h: normal}, taylor)


def taylor(h: float) -> float:
    return 1 + h + h**2 / 2


def test_nearly_equal_is_compared_within_what_is_said_and_where() -> None:
    assert near_one(1e-6, {h: tiny}).rows[0].right == r"\approx h + 1"
    with pytest.raises(DerivationMismatch):
        near_one(1e-8, {h: tiny})
    with pytest.raises(DerivationMismatch):
        near_one(1e-6)
    with pytest.raises(ValueError, match="not only near, it is equal"):
        near_one(1e-6, {h: tiny}, sp.exp(h))


def test_nearly_equal_is_relative_to_the_line_however_its_terms_cancel() -> None:
    def off_by(error: float) -> Any:
        near = line(a - 1 + error, "close", relation="≈", within=1e-4, near={a: by_one})
        return derivation("topic.cancels", a - 1, [near], {a: ()})

    off_by(5e-8)
    with pytest.raises(DerivationMismatch):
        off_by(1e-6)


def by_one(rng: np.random.Generator, shape: tuple[int, ...]) -> Any:
    return 1 + rng.uniform(1e-3, 2e-3, size=shape)


@pytest.mark.parametrize(
    "options",
    [
        {"relation": "≈"},
        {"within": 0.1},
        {"relation": "<"},
        {"relation": "≈", "within": 0.1, "because": ""},
    ],
)
def test_a_relation_is_known_and_whole(options: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        line(a, **options)


def solve(*lines: Any, unknown: Any = w, start: Any = None, **options: Any) -> Any:
    given = {a: (), b: (), n: range(2, 7), x: (n,)}
    return derivation("topic.solve", start, lines, given, unknown=unknown, **options)


CENTER = sp.Sum(x[i], (i, 1, n)) / n
SLOPE = 2 * sp.Sum(w - x[i], (i, 1, n)) / n


@pytest.mark.parametrize(
    ("wrong", "number"),
    [
        (equation(w, -CENTER), 2),
        (equation(w, CENTER + sp.Float("1e-9")), 2),
        (equation(w, CENTER * n), 2),
        (equation(w**2, CENTER**2), 2),
    ],
)
def test_an_equation_has_to_keep_its_solution(wrong: Any, number: int) -> None:
    name = named("D", (sp.Sum((w - x[i]) ** 2, (i, 1, n)) / n).diff(w))
    shown = solve(line(SLOPE), line(equation(w, CENTER), "set to zero"), start=name)
    assert (shown.rows[1].left, shown.rows[1].right[:2]) == ("w", "= ")
    with pytest.raises(DerivationMismatch) as caught:
        solve(line(SLOPE), line(wrong), start=name)
    assert caught.value.number == number


def test_a_solution_is_given_up_only_where_the_line_says_so() -> None:
    square = line(equation(a * w**2, b * w))
    divided = equation(w, b / a)
    solve(square, line(divided, "divided by w, which is not zero", without=0))
    with pytest.raises(DerivationMismatch, match="line 2"):
        solve(square, line(divided))


def test_solutions_that_are_not_real_do_not_count() -> None:
    cubic = line(equation(w * (w**2 + 1), a * (w**2 + 1)))
    solve(cubic, line(equation(w, a), "divided by what is never zero"))


def test_the_right_side_of_an_equation_may_be_rewritten() -> None:
    last = line(in_order(-b, a))
    solve(line(equation(w + b, a)), line(equation(w, a - b)), last)
    with pytest.raises(DerivationMismatch, match="line 3"):
        solve(line(equation(w + b, a)), line(equation(w, a - b)), line(a + b))


def test_a_system_of_equations_is_solved_by_its_column() -> None:
    table = {n: range(5, 9), d: range(1, 4), X: normal, Y: (n,)}
    gradient = named("G", X.T * kept(X * W - Y))
    best = (X.T * X).I * X.T * Y

    def through(system: Any, last: Any) -> Any:
        lines = [line(X.T * X * W - X.T * Y), line(system), line(last)]
        return derivation(
            "topic.normal", gradient, lines, table, least_squares, unknown=W, lhs="W"
        )

    balance = equation(X.T * X * W, X.T * Y)
    assert through(balance, equation(W, best)).verified.lhs == "W"
    with pytest.raises(DerivationMismatch, match="line 3"):
        through(balance, equation(W, 2 * best))
    with pytest.raises(DerivationMismatch, match="line 2"):
        through(equation(X.T * X * W, -X.T * Y), equation(W, best))


def least_squares(X: Any, y: Any) -> Any:
    return np.linalg.lstsq(X, y, rcond=None)[0]


@pytest.mark.parametrize(
    ("before", "message"),
    [
        (equation(sp.exp(w), a), "no polynomial in w"),
        (equation(a, b), "does not depend on w"),
    ],
)
def test_an_equation_that_cannot_be_solved_is_named(before: Any, message: str) -> None:
    with pytest.raises(ValueError, match=f"line 2, before: .*{message}"):
        solve(line(before), line(equation(w, a)))


def test_an_equation_needs_its_unknown_and_an_end_that_solves_it() -> None:
    both = line(equation(w, a)), line(equation(2 * w, 2 * a))
    with pytest.raises(ValueError, match="needs unknown="):
        solve(*both, unknown=None)
    with pytest.raises(ValueError, match="w is not solved for"):
        solve(*both, implementation=loss)


def test_lines_of_other_shapes_are_named() -> None:
    given = {n: range(3, 5), d: range(1, 3), X: (n, d), Y: (n,)}
    with pytest.raises(ValueError, match=r"line 1 has the shape"):
        derivation("topic.shape", X.T * Y, [line(Y)], given)


def test_the_display_has_lines_reasons_and_the_box() -> None:
    bundle = nudge()._repr_mimebundle_()
    record = bundle[DERIVATION]
    assert [row["because"] for row in record["rows"]][0] == "the square of a sum"
    assert record["rows"][0]["steps"][0][0] == "="
    assert record["formula"]["id"] == "topic.nudge"
    assert record["note"].startswith("Each line was compared with the one before it")
    table = bundle["text/markdown"].split("\n\n")[0].splitlines()
    assert table[1] == "|--:|:--|:--|" and len(table) == 5
    assert all(row.count("|") == 4 for row in table)
    assert r"\boxed{L = 18.5" in bundle["text/markdown"]
    assert "(our numbers)" in bundle["text/plain"]


def test_a_bar_in_a_formula_does_not_end_a_cell_of_the_table() -> None:
    shown = derivation(
        "topic.bars", abs(a * h), [line(abs(a) * abs(h))], {a: (), h: ()}
    )
    assert shown.markdown().splitlines()[2].count("|") == 4


def test_a_derivation_has_lines() -> None:
    with pytest.raises(ValueError, match=r"topic\.none: there are no lines"):
        derivation("topic.none", a, [], {a: ()})
