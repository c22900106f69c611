"""Linear regression: formulas, estimators, agreement with scikit-learn, bad input."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any, Literal

import numpy as np
import pytest
from groundup.algorithms import _base, _triangle
from groundup.algorithms import linear_regression as lr
from groundup.algorithms.linear_regression import LinearRegression, LinearRegressionGD
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.base import BaseEstimator
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LinearRegression as Peer
from sklearn.metrics import r2_score
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.estimator_checks import parametrize_with_checks

Array = NDArray[np.float64]
SMALL_X = np.array([[1.0], [2.0], [3.0], [4.0]])
SMALL_Y = np.array([2.0, 3.0, 5.0, 6.0])
ESTIMATORS = [LinearRegression(), LinearRegressionGD()]


def problem(seed: int, n: int, d: int) -> tuple[Array, Array, Array]:
    """Return X: (n, d), y: (n,) and w: (d,) drawn from a seed."""
    rng = np.random.default_rng(seed)
    return rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=d)


problems = st.builds(
    problem, st.integers(0, 2**32 - 1), st.integers(6, 40), st.integers(1, 5)
)


def with_condition(number: float, n: int = 400, d: int = 8) -> Array:
    """Return an (n, d) matrix whose condition number is `number`."""
    rng = np.random.default_rng(3)
    U = np.linalg.qr(rng.normal(size=(n, d)))[0]
    V = np.linalg.qr(rng.normal(size=(d, d)))[0]
    return U * np.geomspace(1, 1 / number, d) @ V


# The four points that can be checked by hand


def test_the_four_points_have_slope_seven_fifths_and_intercept_one_half() -> None:
    assert lr.slope_and_intercept([1, 2, 3, 4], SMALL_Y) == pytest.approx((1.4, 0.5))


def test_every_way_to_the_line_gives_the_same_line() -> None:
    X = lr.add_intercept(SMALL_X)
    path = lr.gradient_descent(X, SMALL_Y, [0, 0], 0.1, 3000)
    for w in (lr.solve_normal_equation(X, SMALL_Y), lr.least_squares(X, SMALL_Y)):
        np.testing.assert_allclose(w, [0.5, 1.4], rtol=1e-13)
    np.testing.assert_allclose(path[-1], [0.5, 1.4], rtol=1e-10)
    assert lr.mean_squared_error(X, SMALL_Y, [0.5, 1.4]) == pytest.approx(0.05)
    assert lr.r_squared(SMALL_Y, lr.predict(X, [0.5, 1.4])) == pytest.approx(0.98)


# What rounding leaves of equal numbers and of large common parts


def test_a_column_of_ones_beside_an_intercept_gets_no_weight() -> None:
    for n in range(3, 301):
        rng = np.random.default_rng(n)
        X = lr.add_intercept(rng.normal(size=(n, 1)))
        y = rng.normal(size=n)
        ours, peer = LinearRegression().fit(X, y), Peer().fit(X, y)
        assert (ours.coef_[0], ours.rank_) == (0, 1)
        np.testing.assert_allclose(ours.predict(X), peer.predict(X), atol=1e-13)


@pytest.mark.parametrize("common", [1e3, 1e6, 1e9])
def test_a_large_common_part_hides_no_feature_and_makes_none(common: float) -> None:
    rng = np.random.default_rng(0)
    a, b = rng.normal(size=(2, 500))
    X = np.column_stack([common + a, common + b, 1e-3 * rng.normal(size=500)])
    y = X[:, 0] - X[:, 1] + 5e2 * X[:, 2]
    model = LinearRegression().fit(X, y)
    assert model.rank_ == 3
    np.testing.assert_allclose(model.coef_, [1, -1, 500], rtol=1e-6 * common / 1e3)
    assert LinearRegression().fit(X[:, [0, 0]] * [1, 3], y).rank_ == 1


@pytest.mark.parametrize("n", [3, 6, 7, 10, 49])
@pytest.mark.parametrize("value", [0.1, 1 / 3, 1e8 + 0.1, -7e-9])
def test_equal_numbers_are_seen_to_be_equal(value: float, n: int) -> None:
    equal = np.full(n, value)
    with pytest.raises(ValueError, match="are equal: R² is not defined"):
        lr.r_squared(equal, np.arange(n))
    with pytest.raises(ValueError, match="are equal: no slope"):
        lr.slope_and_intercept(equal, np.arange(n))


def test_a_descent_that_ends_by_its_limit_says_so_and_names_the_cure() -> None:
    rng = np.random.default_rng(0)
    age, income = rng.uniform(20, 70, 200), rng.uniform(2e4, 9e4, 200)
    X, y = np.column_stack([age, income]), age + income / 1e3 + rng.normal(size=200)
    with pytest.warns(ConvergenceWarning, match="standardize the features"):
        LinearRegressionGD().fit(X, y)
    scaled = make_pipeline(StandardScaler(), LinearRegressionGD())
    with warnings.catch_warnings(action="error"):
        assert scaled.fit(X, y).score(X, y) > 0.99


EPS = float(np.finfo(np.float64).eps)


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e3])
@pytest.mark.parametrize(("least", "rank"), [(2 * EPS, 2), (4 * EPS, 3)])
def test_a_direction_counts_from_as_many_roundings_as_there_are_columns(
    size: float, least: float, rank: int
) -> None:
    R = size * np.diag([1, 1, least])
    assert lr.solve_triangle(R, np.ones((3, 1)))[1] == rank
    assert lr.orthonormal_basis(R).shape == (3, rank)


def test_a_column_of_zeros_gets_no_weight() -> None:
    X, y, _ = problem(9, 20, 4)
    X[:, 2] = 0
    assert lr.least_squares(X, y)[2] == 0
    assert LinearRegression().fit(X, y).coef_[2] == 0


def test_a_short_column_is_kept_beside_a_long_one() -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(100, 2)) * [1e6, 1e-8]
    model = LinearRegression().fit(X, X @ [1e-6, 1e8])
    assert model.rank_ == 2
    np.testing.assert_allclose(model.coef_, [1e-6, 1e8], rtol=1e-6)


# Properties


@given(problems)
def test_the_gradient_is_the_slope_of_the_loss(
    case: tuple[Array, Array, Array],
) -> None:
    X, y, w = case
    steps = np.eye(len(w))  # the loss is a parabola: any step gives the exact slope
    slopes = [
        (lr.mean_squared_error(X, y, w + e) - lr.mean_squared_error(X, y, w - e)) / 2
        for e in steps
    ]
    np.testing.assert_allclose(lr.gradient(X, y, w), slopes, rtol=1e-9, atol=1e-9)


@given(problems)
def test_the_hessian_is_the_slope_of_the_gradient(
    case: tuple[Array, Array, Array],
) -> None:
    X, y, w = case
    columns = [lr.gradient(X, y, w + e) - lr.gradient(X, y, w) for e in np.eye(len(w))]
    np.testing.assert_allclose(lr.hessian(X), np.transpose(columns), atol=1e-10)


@given(problems)
def test_the_residual_is_perpendicular_to_every_column(
    case: tuple[Array, Array, Array],
) -> None:
    X, y, _ = case
    residual = y - X @ lr.least_squares(X, y)
    np.testing.assert_allclose(X.T @ residual, 0, atol=1e-11)


@given(problems)
def test_the_hat_matrix_projects_and_its_trace_counts_the_columns(
    case: tuple[Array, Array, Array],
) -> None:
    X, y, _ = case
    H = lr.hat_matrix(X)
    np.testing.assert_allclose(H @ H, H, atol=1e-12)
    np.testing.assert_allclose(H, H.T, atol=1e-13)
    assert np.trace(H) == pytest.approx(np.linalg.matrix_rank(X))
    np.testing.assert_allclose(H @ y, X @ lr.least_squares(X, y), atol=1e-11)
    np.testing.assert_allclose(lr.leverage(X), np.diag(H), atol=1e-13)


@given(problems, st.floats(-5, 5), st.floats(0.1, 10))
def test_r_squared_ignores_the_units_of_y(
    case: tuple[Array, Array, Array], shift: float, scale: float
) -> None:
    X, y, w = case
    guess = X @ w
    same = lr.r_squared(shift + scale * y, shift + scale * guess)
    assert same == pytest.approx(lr.r_squared(y, guess), rel=1e-9)
    assert same == pytest.approx(r2_score(y, guess), rel=1e-9)


@settings(max_examples=30)
@given(problems)
def test_descent_converges_below_the_largest_stable_rate_and_diverges_above(
    case: tuple[Array, Array, Array],
) -> None:
    X, y, w = case
    limit = lr.largest_stable_learning_rate(X)
    best = lr.least_squares(X, y)
    below = lr.gradient_descent(X, y, w, 0.98 * limit, 400)
    above = lr.gradient_descent(X, y, w, 1.02 * limit, 400)
    top = np.linalg.eigh(lr.hessian(X))[1][:, -1]  # the steepest direction
    first = abs(top @ (w - best))
    assert abs(top @ (below[-1] - best)) < 1e-3 * first + 1e-9
    assert abs(top @ (above[-1] - best)) > 1e3 * first


@given(problems)
def test_a_path_begins_where_it_is_told_to(case: tuple[Array, Array, Array]) -> None:
    X, y, w = case
    np.testing.assert_array_equal(lr.gradient_descent(X, y, w, 0.05, 0), [w])


@given(problems)
def test_a_path_takes_one_gradient_step_at_a_time(
    case: tuple[Array, Array, Array],
) -> None:
    X, y, w = case
    path = lr.gradient_descent(X, y, w, 0.05, 3)
    for now, after in zip(path, path[1:], strict=False):
        np.testing.assert_allclose(
            after, now - 0.05 * lr.gradient(X, y, now), rtol=1e-12
        )


# Beside scikit-learn


@parametrize_with_checks(ESTIMATORS)
def test_scikit_learns_own_checks_pass(
    estimator: BaseEstimator, check: Callable[..., Any]
) -> None:
    check(estimator)


@pytest.mark.parametrize("fit_intercept", [True, False])
@pytest.mark.parametrize("targets", [None, 3])
def test_the_coefficients_are_scikit_learns(
    fit_intercept: bool, targets: int | None
) -> None:
    rng = np.random.default_rng(0)
    X = rng.normal(size=(20_000, 6)) * [1, 2, 3, 1e3, 1e-3, 1] + [0, 5, 0, 1e4, 0, 1]
    y = rng.normal(size=(20_000, targets) if targets else 20_000)
    ours = LinearRegression(fit_intercept).fit(X, y)
    # Its default, tol=1e-6, would drop the column of thousandths as if collinear.
    peer = Peer(fit_intercept=fit_intercept, tol=0).fit(X, y)
    assert ours.coef_.shape == peer.coef_.shape
    np.testing.assert_allclose(ours.coef_, peer.coef_, rtol=1e-8)
    np.testing.assert_allclose(ours.intercept_, peer.intercept_, rtol=1e-8)
    np.testing.assert_allclose(ours.predict(X), peer.predict(X), atol=1e-8)


def test_at_condition_one_million_the_coefficients_are_right_to_eight_digits() -> None:
    X = with_condition(1e6)
    w = np.random.default_rng(1).normal(size=X.shape[1])
    y = X @ w
    ours, peer = LinearRegression().fit(X, y), Peer(tol=0).fit(X, y)
    size = np.linalg.norm(w)
    assert np.linalg.norm(ours.coef_ - w) <= 1e-8 * size
    assert np.linalg.norm(ours.coef_ - peer.coef_) <= 1e-8 * size
    lost = np.linalg.norm(lr.solve_normal_equation(X, y) - w)
    assert lost > 1e-8 * size  # what the formula as it is written would have given


@pytest.mark.parametrize("n", [3, 8, 50])
def test_collinear_columns_get_the_smallest_solution(n: int) -> None:
    X, y, _ = problem(4, n, 3)
    X = np.column_stack([X, X[:, 0] + X[:, 1], X[:, 2]])
    ours, peer = LinearRegression().fit(X, y), Peer().fit(X, y)
    assert ours.rank_ == peer.rank_ == min(3, n - 1)
    np.testing.assert_allclose(ours.coef_, peer.coef_, atol=1e-10)
    np.testing.assert_allclose(ours.intercept_, peer.intercept_, atol=1e-10)


def test_blocks_of_rows_do_not_show_in_the_result(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    X, y, _ = problem(5, 1000, 4)
    whole = LinearRegression().fit(X, y).coef_
    monkeypatch.setattr(_triangle, "BLOCK", 37)
    np.testing.assert_allclose(LinearRegression().fit(X, y).coef_, whole, rtol=1e-12)


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda e: type(e).__name__)
def test_an_estimator_works_in_pipelines_searches_and_cross_validation(
    estimator: Any,
) -> None:
    X, _, w = problem(6, 80, 3)
    y = X @ w + 2
    line = make_pipeline(StandardScaler(), estimator)
    assert cross_val_score(line, X, y, cv=4) == pytest.approx(np.ones(4))
    name = type(estimator).__name__.lower()
    search = GridSearchCV(line, {f"{name}__fit_intercept": [True, False]}, cv=4)
    assert search.fit(X, y).best_params_ == {f"{name}__fit_intercept": True}


def test_descent_reaches_the_solution_of_the_normal_equation() -> None:
    X, y, _ = problem(7, 60, 4)
    ours = LinearRegressionGD().fit(X, y)
    exact = LinearRegression().fit(X, y)
    np.testing.assert_allclose(ours.coef_, exact.coef_, rtol=1e-8)
    assert np.all(np.diff(ours.loss_path_) <= 1e-15)
    assert ours.n_iter_ == len(ours.loss_path_) < 1000


@pytest.mark.parametrize("fit_intercept", [True, False])
def test_the_estimator_takes_the_steps_of_the_function(fit_intercept: bool) -> None:
    X, y, _ = problem(10, 30, 2)
    design = lr.add_intercept(X) if fit_intercept else X
    path = lr.gradient_descent(design, y, np.zeros(design.shape[1]), 0.1, 20)
    with pytest.warns(ConvergenceWarning, match="after max_iter=20 steps") as caught:
        model = LinearRegressionGD(fit_intercept, 0.1, max_iter=20, tol=0).fit(X, y)
    assert caught[0].filename == __file__  # it points at who called
    np.testing.assert_allclose(model.coef_, path[-1][-2:], rtol=1e-12)
    losses = [lr.mean_squared_error(design, y, w) for w in path[:-1]]
    np.testing.assert_allclose(model.loss_path_, losses, rtol=1e-12)


def test_the_loss_of_several_targets_is_the_sum_of_theirs() -> None:
    X, _, _ = problem(11, 30, 2)
    Y = np.random.default_rng(0).normal(size=(30, 3))
    first = LinearRegressionGD().fit(X, Y).loss_path_[0]
    assert first == pytest.approx((Y**2).sum() / 30)


@pytest.mark.parametrize("tol", [1e-1, 1e-4])
def test_the_descent_stops_at_the_first_gradient_that_is_small(tol: float) -> None:
    X, y, _ = problem(12, 30, 3)
    model = LinearRegressionGD(fit_intercept=False, learning_rate=0.05, tol=tol)
    path = lr.gradient_descent(X, 7 * y, np.zeros(3), 0.05, 1000)
    sizes = np.array([np.abs(lr.gradient(X, 7 * y, w)).max() for w in path])
    first_small = int(np.argmax(sizes <= tol * sizes[0]))
    assert model.fit(X, 7 * y).n_iter_ == first_small + 1


def test_where_nothing_is_to_be_learned_the_descent_ends_at_once() -> None:
    with warnings.catch_warnings(action="error"):
        for X, y in ((SMALL_X, 0 * SMALL_Y), (0 * SMALL_X, SMALL_Y)):
            model = LinearRegressionGD(fit_intercept=False).fit(X, y)
            assert (model.n_iter_, model.coef_[0]) == (1, 0)


def test_the_rate_taken_is_one_over_the_largest_eigenvalue() -> None:
    assert LinearRegressionGD.safe_rate(np.full((4, 1), 0.5)) == pytest.approx(2)
    assert LinearRegressionGD.safe_rate(np.zeros((4, 1))) == 1


def test_a_loss_without_bound_is_an_error_and_no_warning() -> None:
    X = np.array([[1.0], [1.0]])  # 2/λ_max is 1
    model = LinearRegressionGD(fit_intercept=False, learning_rate=9.0)
    with warnings.catch_warnings(action="error"):
        with pytest.raises(ValueError, match="learning_rate=9 is above 1, the largest"):
            model.fit(X, [1, 1])


def test_one_step_and_no_tolerance_are_in_range() -> None:
    with pytest.warns(ConvergenceWarning):
        model = LinearRegressionGD(max_iter=1, tol=0).fit(SMALL_X, SMALL_Y)
    assert model.n_iter_ == 1


def test_inputs_of_every_kind_are_taken_and_left_as_they_are() -> None:
    X, y, _ = problem(8, 30, 3)
    want = LinearRegression().fit(X, y).coef_
    X.setflags(write=False)
    y.setflags(write=False)
    for given_X in (X, np.asfortranarray(X), X.tolist(), X[::1]):
        np.testing.assert_allclose(LinearRegression().fit(given_X, y).coef_, want)
    whole = LinearRegression().fit([[1], [2], [4]], [1, 2, 4])
    np.testing.assert_allclose(whole.coef_, [1.0])
    assert lr.finite_numbers(X, "X", 2) is X  # nothing is copied


@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda e: type(e).__name__)
def test_numbers_kept_as_objects_give_floats(estimator: Any) -> None:
    X, y = SMALL_X.astype(object), np.array([2, 3, 5, 6], dtype=object)
    for fitted in (type(estimator)().fit(X, SMALL_Y), type(estimator)().fit(X, y)):
        assert fitted.coef_.dtype == np.float64
        assert type(fitted.intercept_) is float
        np.testing.assert_allclose(fitted.predict([[2.5]]), [4.0])


def test_the_defaults_of_the_descent_are_those_of_its_page() -> None:
    assert LinearRegressionGD().get_params() == {
        "fit_intercept": True,
        "learning_rate": None,
        "max_iter": 10_000,
        "tol": 1e-10,
    }


# Bad input

GOOD = (np.ones((3, 2)), np.ones(3))
BAD = {
    "nan": (np.array([[1, np.nan]] * 3), np.ones(3), "NaN"),
    "infinite": (np.array([[1, np.inf]] * 3), np.ones(3), "infinity"),
    "strings": (np.array([["a", "b"]] * 3), np.ones(3), "dtype"),
    "complex": (np.ones((3, 2)) * 1j, np.ones(3), "omplex|real numbers"),
    "one axis": (np.ones(3), np.ones(3), r"\(n, d\), found \(3,\)|2D array"),
    "no rows": (np.ones((0, 2)), np.ones(0), "empty|0 sample"),
    "lengths": (np.ones((3, 2)), np.ones(4), "3 rows but y has 4|inconsistent"),
    "bad y": (np.ones((3, 2)), np.array([1, np.nan, 1]), "NaN"),
}


@pytest.mark.parametrize("case", BAD)
@pytest.mark.parametrize(
    "function",
    [
        lr.least_squares,
        lr.solve_normal_equation,
        lambda X, y: lr.gradient(X, y, [1, 1]),
    ],
    ids=["least_squares", "solve_normal_equation", "gradient"],
)
def test_a_function_says_what_is_wrong_with_its_data(
    function: Callable[..., Any], case: str
) -> None:
    X, y, message = BAD[case]
    with pytest.raises(ValueError, match=message):
        function(X, y)


@pytest.mark.parametrize("case", [*BAD])
@pytest.mark.parametrize("estimator", ESTIMATORS, ids=lambda e: type(e).__name__)
def test_an_estimator_that_refuses_its_data_is_not_half_fitted(
    estimator: Any, case: str
) -> None:
    X, y, message = BAD[case]
    fresh = type(estimator)()
    expected = "dtype|convert|numeric" if case == "strings" else message
    with pytest.raises(ValueError, match=expected):
        fresh.fit(X, y)
    left = [name for name in vars(fresh) if name.endswith("_")]
    assert [
        name for name in left if not name.startswith(("n_features", "feature"))
    ] == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: lr.slope_and_intercept([2, 2], [1, 3]), "all 2 values of x are equal"),
        (lambda: lr.r_squared([3, 3], [1, 2]), "all 2 values of y are equal"),
        (lambda: lr.r_squared([1, 2], [1]), "2 values but y_pred has 1"),
        (
            lambda: lr.predict(np.ones((2, 3)), [1, 2]),
            "w has 2 values, X has 3 columns",
        ),
        (lambda: lr.gradient_descent(*GOOD, [0], 0.1, 1), "w0 has 1 values"),
        (
            lambda: lr.r_squared([[1.0]], [1.0]),
            r"y must have shape \(n,\), found \(1, 1\)",
        ),
        (lambda: lr.gradient_descent(*GOOD, [0, 0], -1, 1), "positive, found -1"),
        (lambda: lr.gradient_descent(*GOOD, [0, 0], 0, 1), "positive, found 0"),
        (lambda: lr.gradient_descent(*GOOD, [0, 0], 0.1, -1), "0 or more, found -1"),
        (lambda: lr.largest_stable_learning_rate([[0.0]]), "X is all zero"),
        (lambda: LinearRegressionGD(learning_rate=0).fit(*GOOD), "positive, found 0"),
        (lambda: LinearRegressionGD(max_iter=0).fit(*GOOD), "1 or more, found 0"),
        (lambda: LinearRegressionGD(tol=-1).fit(*GOOD), "0 or more, found -1"),
        (
            lambda: LinearRegressionGD(learning_rate=9.0).fit(SMALL_X, SMALL_Y),
            "loss grew without bound: learning_rate=9 is above 0.1",
        ),
    ],
)
def test_a_value_out_of_range_is_named(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("coef", [[2.0, 0.0], [[2.0, 0.0], [1.0, 3.0]]], ids=str)
def test_prediction_refuses_what_is_not_finite_also_below_a_weight_of_zero(
    bad: float, order: Literal["C", "F"], coef: list[float]
) -> None:
    model = lr.LinearRegression().fit(np.eye(3, 2), np.arange(3.0))
    model.coef_ = np.array(coef)
    X = np.ones((9, 2), order=order)
    X[4, 1] = bad
    with warnings.catch_warnings(action="error"):  # an error, and no warning before it
        with pytest.raises(ValueError, match="Input X contains (NaN|infinity)"):
            model.predict(X)


def test_a_prediction_reads_X_once_where_its_sum_shows_that_it_is_finite(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model = LinearRegression().fit(SMALL_X, SMALL_Y)
    looked: list[bool] = []

    def validate(self: object, X: Array, **kind: Any) -> Array:
        looked.append(kind.get("ensure_all_finite", True))
        return X

    monkeypatch.setattr(_base, "validate_data", validate)
    model.predict(SMALL_X)
    assert looked == [False]
    model.predict(SMALL_X * np.nan)
    assert looked == [False, False, True]


def test_a_prediction_that_overflows_is_infinite_and_no_error() -> None:
    model = lr.LinearRegression().fit([[0.0], [1.0]], [0.0, 4.0])
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert model.predict([[1e308]])[0] == np.inf
