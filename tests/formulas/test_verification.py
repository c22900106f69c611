"""The tie between formulas and code: what agrees passes, what differs is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import sympy
from groundup.book.formulas import note
from groundup.formulas import (
    REGISTRY,
    FormulaMismatch,
    RowSoftmax,
    equation,
    normal,
    summary,
    verify,
)
from groundup.formulas.evaluation import DIGITS, Formula, as_floats
from groundup.formulas.notation import latex
from groundup.formulas.verification import FORMULA, SUMMARY

n, d, i = sympy.symbols("n d i", integer=True, positive=True)
a, b = sympy.symbols("a b")
x = sympy.IndexedBase("x")
X = sympy.MatrixSymbol("X", n, d)
y = sympy.MatrixSymbol("y", n, 1)
MEAN = sympy.Sum(x[i], (i, 1, n)) / n
NUMBERS = {n: range(2, 9), x: (n,)}
TABLE = {n: range(4, 9), d: range(1, 4), X: (n, d), y: (n,)}


@pytest.fixture(autouse=True)
def empty_registry() -> Iterator[None]:
    """Each test verifies for itself."""
    REGISTRY.clear()
    yield
    REGISTRY.clear()


def mean(values: Any) -> float:
    return float(np.mean(values))


def difference(one: float, other: float) -> float:
    return one - other


def moment(X: Any, y: Any) -> Any:
    return X.T @ y


def test_a_sum_over_samples_agrees_with_a_function_of_an_array() -> None:
    checked = verify("topic.mean", MEAN, mean, NUMBERS)
    assert checked.points == 200
    assert checked.largest_error < 1e-15
    assert checked.function == f"{__name__}.mean"


def test_a_matrix_expression_of_any_size_agrees_with_array_code() -> None:
    assert verify("topic.moment", X.T * y, moment, TABLE).largest_error < 1e-14


def test_points_come_in_several_scales_and_sizes_and_are_the_same_each_time() -> None:
    seen: list[list[Any]] = [[], []]

    for values in seen:

        def spy(f: Callable[..., Any], sample: Any, into: Any = values) -> Any:
            into.append(sample)
            return f(sample)

        verify("topic.mean", MEAN, mean, NUMBERS, call=spy)
    sizes = [float(np.abs(sample).max()) for sample in seen[0]]
    assert min(sizes) < 1e-2 < 10 < max(sizes)
    assert {len(sample) for sample in seen[0]} == set(range(2, 9))
    assert all(np.array_equal(*pair) for pair in zip(*seen, strict=True))


def wrong_sign(one: float, other: float) -> float:
    return one + other


def swapped(one: float, other: float) -> float:
    return other - one


def a_little_off(one: float, other: float) -> float:
    return (one - other) * (1 + 1e-10)


def wrong_for_large_values(one: float, other: float) -> float:
    return one - other if abs(one) < 500 else one - other + 1


def wrong_for_negative_values(one: float, other: float) -> float:
    return one - other if one > 0 else abs(one) - other


def not_a_number(one: float, other: float) -> float:
    return float("nan")


@pytest.mark.parametrize(
    "planted",
    [
        wrong_sign,
        swapped,
        a_little_off,
        wrong_for_large_values,
        wrong_for_negative_values,
        not_a_number,
    ],
)
def test_a_planted_error_is_caught(planted: Callable[..., float]) -> None:
    with pytest.raises(FormulaMismatch, match=r"topic\.difference"):
        verify("topic.difference", a - b, planted, {a: (), b: ()})
    assert "topic.difference" not in REGISTRY


def test_a_missing_mean_is_caught() -> None:
    def total(values: Any) -> float:
        return float(np.sum(values))

    with pytest.raises(FormulaMismatch):
        verify("topic.mean", MEAN, total, NUMBERS)


def test_the_error_names_the_worst_point_both_values_and_their_difference() -> None:
    with pytest.raises(FormulaMismatch) as caught:
        verify("topic.difference", a - b, wrong_sign, {a: (), b: ()})
    error = caught.value
    one, other = error.inputs["a"], error.inputs["b"]
    assert error.formula_id == "topic.difference"
    assert float(error.expected) == one - other
    assert float(error.found) == one + other
    assert error.difference == pytest.approx(abs(2 * other))
    assert "the formula gives" in str(error) and "the code gives" in str(error)


def test_cancellation_in_the_code_is_no_mismatch() -> None:
    def variance_by_moments(values: Any) -> float:
        return float(np.mean(values**2) - np.mean(values) ** 2)

    center, z = sympy.Symbol("m"), sympy.IndexedBase("z", shape=(n,))
    variance = sympy.Sum((z[i] - center) ** 2, (i, 1, n)) / n
    far = {n: range(3, 9), z: lambda rng, shape: 100 + rng.normal(size=shape)}
    where = {center: sympy.Sum(z[i], (i, 1, n)) / n}
    checked = verify("topic.variance", variance, variance_by_moments, far, where=where)
    assert checked.largest_error < 9e-13

    def variance_of_a_sample(values: Any) -> float:
        return float(np.var(values, ddof=1))

    with pytest.raises(FormulaMismatch):
        verify("topic.variance", variance, variance_of_a_sample, far, where=where)


def test_some_points_lie_so_far_from_zero_that_fragile_code_loses_its_digits() -> None:
    def variance_by_moments(values: Any) -> float:
        return float(np.mean(values**2) - np.mean(values) ** 2)

    def by_inverse(X: Any, y: Any) -> Any:
        return np.linalg.inv(X.T @ X) @ X.T @ y

    def by_qr(X: Any, y: Any) -> Any:
        Q, R = np.linalg.qr(X)
        return np.linalg.solve(R, Q.T @ y)

    def variance(values: Any) -> float:
        return float(np.var(values))

    center = sympy.Symbol("m")
    spread = sympy.Sum((x[i] - center) ** 2, (i, 1, n)) / n
    where = {center: MEAN}
    verify("topic.variance", spread, variance, NUMBERS, where=where)
    with pytest.raises(FormulaMismatch):
        verify("topic.variance", spread, variance_by_moments, NUMBERS, where=where)
    solution = (X.T * X).I * X.T * y
    verify("topic.solution", solution, by_qr, TABLE)
    with pytest.raises(FormulaMismatch):
        verify("topic.solution", solution, by_inverse, TABLE)
    verify("topic.solution", solution, by_inverse, TABLE | {X: normal})


def test_a_formula_is_computed_with_48_digits() -> None:
    third = sympy.Rational(1, 3)
    given = {a: (), b: ()}
    value = Formula("topic.squares", a**2 - b**2 + third, given, {}, {})
    found = value({a: np.float64(1e9 + 1), b: np.float64(1e9)})
    assert abs(found - (DIGITS.mpf(2e9 + 1) + DIGITS.mpf(1) / 3)) < 1e-30
    Z = sympy.MatrixSymbol("Z", n, n)
    product = Formula("topic.one", Z * Z.I, {n: range(1, 9), Z: (n, n)}, {}, {})
    counts = np.arange(6)
    one = product({n: 6, Z: 1 / (counts[:, None] + counts + 1.0)})  # condition 1.5e7
    assert np.abs(as_floats(one - np.eye(6, dtype=int))).max() < 1e-30


def test_what_is_no_float_is_not_finite() -> None:
    numbers = as_floats([DIGITS.mpf(10) ** 400, DIGITS.log(-1), DIGITS.mpf(0.5)])
    assert np.array_equal(numbers, [np.inf, np.nan, 0.5], equal_nan=True)


def test_a_formula_of_one_entry_is_compared_with_every_entry() -> None:
    def doubled(values: Any) -> Any:
        return 2 * values

    def doubled_at_first(values: Any) -> Any:
        return np.where(np.arange(len(values)) < 2, 2 * values, values)

    def table(values: Any) -> Any:
        return np.outer(values, values)

    j = sympy.Symbol("j", integer=True, positive=True)
    checked = verify("topic.double", 2 * x[j], doubled, NUMBERS, each={j: n})
    assert checked.latex == "2 {x}_{j}"
    verify("topic.table", x[i] * x[j], table, NUMBERS, each={i: n, j: n})
    verify("topic.double", 2 * x[j], lambda_free(0), NUMBERS, each={j: 1})
    with pytest.raises(FormulaMismatch):
        verify("topic.double", 2 * x[j], doubled_at_first, NUMBERS, each={j: n})


def lambda_free(which: int) -> Callable[..., Any]:
    def entry(values: Any) -> Any:
        return 2 * values[which]

    return entry


def test_a_form_to_show_is_proved_equal_to_what_was_checked() -> None:
    S = sympy.MatrixSymbol("S", n, d)
    powers = S.applyfunc(sympy.exp)
    written_out = sympy.DiagMatrix(powers * sympy.OneMatrix(d, 1)).I * powers
    given = {n: range(1, 4), d: range(1, 4), S: (n, d)}

    def softmax(scores: Any) -> Any:
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return powers / powers.sum(axis=1, keepdims=True)

    checked = verify(
        "topic.softmax", written_out, softmax, given, display=RowSoftmax(S), points=40
    )
    assert checked.latex == r"\operatorname{softmax}\left(\mathbf{S}\right)"
    with pytest.raises(FormulaMismatch, match="the formula and the form shown differ"):
        verify("topic.softmax", written_out, softmax, given, display=2 * RowSoftmax(S))
    with pytest.raises(ValueError, match="no values for b"):
        verify("topic.softmax", written_out, softmax, given, display=b * RowSoftmax(S))


def test_a_softmax_shows_its_scores_as_a_fraction() -> None:
    Q, K = sympy.MatrixSymbol("Q", n, d), sympy.MatrixSymbol("K", n, d)
    assert latex(RowSoftmax(Q * K.T / sympy.sqrt(d)) * X) == (
        r"\operatorname{softmax}\left("
        r"\frac{\mathbf{Q} \mathbf{K}^{\top}}{\sqrt{d}}\right) \mathbf{X}"
    )


def test_the_note_says_where_a_part_was_compared() -> None:
    draws = {a: (), b: ()}
    checked = verify("topic.difference", a - b, difference, draws, part="one entry")
    assert f"`{__name__}.difference` (one entry) at 200 points" in checked.note()
    shown = note(checked.record(), "1.2", "#")
    assert "compared (one entry) at 200 points" in shown
    whole = verify("topic.difference", a - b, difference, draws)
    assert "compared at 200 points" in note(whole.record(), "1.2", "#")


def test_a_sampler_of_an_indexed_symbol_needs_its_shape() -> None:
    with pytest.raises(ValueError, match=r"IndexedBase\('x', shape=\(n,\)\)"):
        verify("topic.mean", MEAN, mean, NUMBERS | {x: lambda rng, shape: 1.0})


def test_an_abbreviation_is_shown_short_and_evaluated_in_full() -> None:
    center = sympy.Symbol("xbar")
    checked = verify("topic.double", 2 * center, double, NUMBERS, where={center: MEAN})
    assert checked.latex == r"2 \bar{x}"


def double(values: Any) -> float:
    return 2 * float(np.mean(values))


def test_arguments_are_adapted_by_call_and_the_function_keeps_its_name() -> None:
    checked = verify(
        "topic.moment",
        X.T * y,
        moment,
        TABLE,
        call=lambda f, X, y: f(y=y, X=X),
    )
    assert checked.function == f"{__name__}.moment"


def test_code_that_changes_its_input_does_not_change_the_formulas() -> None:
    def destroys(values: Any) -> float:
        result = float(np.mean(values))
        values[:] = 0
        return result

    verify("topic.mean", MEAN, destroys, NUMBERS)


def test_counting_from_zero_in_a_formula_is_an_error() -> None:
    from_zero = sympy.Sum(x[i], (i, 0, n - 1)) / n
    with pytest.raises(ValueError, match="not finite"):
        verify("topic.mean", from_zero, mean, NUMBERS)


def test_an_identity_matrix_takes_the_size_that_was_drawn() -> None:
    def ridge(X: Any) -> Any:
        return X.T @ X + np.eye(X.shape[1])

    given = {key: TABLE[key] for key in (n, d, X)}
    verify("topic.ridge", X.T * X + sympy.Identity(d), ridge, given)


def test_a_symbol_without_values_is_named() -> None:
    with pytest.raises(ValueError, match="no values for b; given has a"):
        verify("topic.difference", a - b, difference, {a: ()})


def test_a_size_without_values_is_named() -> None:
    with pytest.raises(ValueError, match="no values for d"):
        verify("topic.moment", X.T * y, moment, {n: range(3, 6), X: (n, d), y: (n,)})


def test_shapes_that_differ_are_named() -> None:
    def transposed(X: Any, y: Any) -> Any:
        return X * y[:, None]

    with pytest.raises(ValueError, match="the formula has shape .* the code returned"):
        verify("topic.moment", X.T * y, transposed, TABLE)


def test_a_formula_that_is_not_finite_is_an_error_of_the_formula() -> None:
    with (
        np.errstate(divide="ignore"),
        pytest.raises(ValueError, match="the formula is not finite"),
    ):
        verify("topic.pole", 1 / a, np.abs, {a: lambda rng, shape: 0.0})


def test_an_exception_of_the_code_says_for_which_input() -> None:
    def refuses(one: float, other: float) -> float:
        raise KeyError(one)

    with pytest.raises(KeyError) as caught:
        verify("topic.difference", a - b, refuses, {a: (), b: ()})
    assert "topic.difference: raised by the implementation at {'a'" in str(
        caught.value.__notes__
    )


@pytest.mark.parametrize(
    ("arguments", "error", "message"),
    [
        ({"formula_id": "Bad Id"}, ValueError, "topic.formula"),
        ({"formula_id": "no_topic"}, ValueError, "topic.formula"),
        ({"implementation": 3}, TypeError, "expected a function"),
        ({"implementation": lambda a: a}, TypeError, "the library's own function"),
        ({"points": 0}, ValueError, "points must be 1 or more"),
        ({"given": {}}, ValueError, "given is empty"),
    ],
)
def test_bad_arguments_are_refused_with_what_is_expected(
    arguments: dict[str, Any], error: type[Exception], message: str
) -> None:
    good: dict[str, Any] = {
        "formula_id": "topic.difference",
        "expression": a - b,
        "implementation": difference,
        "given": {a: (), b: ()},
    }
    with pytest.raises(error, match=message):
        verify(**good | arguments)


def test_the_display_carries_what_the_page_shows() -> None:
    checked = verify("topic.difference", a - b, difference, {a: (), b: ()}, lhs="D")
    bundle = checked._repr_mimebundle_()
    record = bundle[FORMULA]
    assert record["id"] == "topic.difference"
    assert record["title"] == "Difference"
    assert record["latex"] == "D = a - b"
    assert record["lhs"] == "D"
    assert record["points"] == 200
    assert record["function"] == f"{__name__}.difference"
    assert 0 <= record["largest_error"] < 1e-12
    assert "a - b" in bundle["text/markdown"] and "200 points" in bundle["text/plain"]


def test_the_summary_lists_formulas_in_order_each_once() -> None:
    for id_ in ("topic.second", "topic.first", "topic.second"):
        verify(id_, a - b, difference, {a: (), b: ()}, points=5)
    bundle = summary()._repr_mimebundle_()
    ids = [formula["id"] for formula in bundle[SUMMARY]["formulas"]]
    assert ids == ["topic.second", "topic.first"]
    assert bundle[SUMMARY]["peak_megabytes"] > 10
    assert 0 < bundle[SUMMARY]["cpu_seconds"] < 1000
    assert "topic.first" in bundle["text/markdown"]


def test_vectors_and_matrices_are_bold_and_the_transpose_upright() -> None:
    assert latex(X.T * y) == r"\mathbf{X}^{\top} \mathbf{y}"


def test_ones_are_a_column_a_row_or_a_product_of_both() -> None:
    column = sympy.OneMatrix(n, 1)
    assert latex(column) == r"\mathbf{1}"
    assert latex(column.T) == r"\mathbf{1}^{\top}"
    assert latex(X * sympy.OneMatrix(X.shape[1], 1) * column.T / n) == (
        r"\frac{1}{n} \mathbf{X} \mathbf{1}\mathbf{1}^{\top}"
    )


def test_a_difference_is_written_with_its_positive_term_first() -> None:
    assert latex(-a + b) == "b - a"
    w = sympy.MatrixSymbol("w", n, 1)
    assert latex(-2 * y / n + w) == r"\mathbf{w} - \frac{2}{n} \mathbf{y}"


def test_an_equation_is_displayed_as_latex() -> None:
    shown = equation(r"\hat{w}", a / 2)
    assert shown._repr_latex_() == "$$\n\\hat{w} = \\frac{a}{2}\n$$"
