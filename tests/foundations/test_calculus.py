"""Derivatives by computer: against SymPy and SciPy, at all scales, and bad input."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.optimize
import sympy as sp
from groundup.foundations import calculus
from groundup.foundations.calculus import Dual
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from scipy.optimize import rosen, rosen_der, rosen_hess

EPS = 2.0**-53
SCALES = st.sampled_from([1e-8, 1e-4, 1.0, 1e4, 1e8])
UNITS = hnp.arrays(float, st.integers(1, 6), elements=st.floats(-2, 2))


def bowl(p: Any) -> Any:
    return p[0] ** 2 + p[0] * p[1] + 2 * p[1] ** 2


def valley(p: Any) -> Any:
    """Return Rosenbrock's function, which SciPy's own has no dual numbers for."""
    return np.sum(100 * (p[1:] - p[:-1] ** 2) ** 2 + (1 - p[:-1]) ** 2)


def waves(p: Any) -> Any:
    """Return a function whose derivatives of all orders are of the size 1."""
    return np.sum(np.sin(p)) + np.prod(np.cos(p))


def waves_gradient(p: np.ndarray) -> np.ndarray:
    others = [np.prod(np.cos(np.delete(p, i))) for i in range(p.size)]
    return np.cos(p) - np.sin(p) * np.array(others)


# ---- one input


@pytest.mark.parametrize("x", [-1.0, 0.3, 1.0, 2.5])
@pytest.mark.parametrize("h", [1e-1, 1e-3, 1e-5, 1e-8])
def test_both_differences_err_within_their_bounds(x: float, h: float) -> None:
    # |f″|, |f‴| ≤ e^(x + h); a value is off by an ulp of its own and one of x + h
    bend, rounding = math.exp(x + h), 4 * EPS * (1 + abs(x)) * math.exp(x + h) / h
    forward = calculus.forward_difference(math.exp, x, h)
    central = calculus.central_difference(math.exp, x, h)
    assert abs(forward - math.exp(x)) <= h * bend / 2 + rounding
    assert abs(central - math.exp(x)) <= h**2 * bend / 6 + rounding


def test_the_slopes_of_the_chapter_s_slice() -> None:
    def g(x: float) -> float:
        return x**2 + x + 2

    assert calculus.forward_difference(g, 1, 1) == 4
    assert calculus.forward_difference(g, 1, 0.5) == 3.5
    assert calculus.central_difference(g, 1, 0.5) == 3
    assert calculus.forward_difference(np.sin, 1, 1e-16) == 0


@pytest.mark.parametrize("f", [np.exp, np.sin], ids=["exp", "sin"])
def test_the_best_steps_are_better_than_others(f: Callable[..., Any]) -> None:
    places = np.linspace(0.6, 1.4, 80)
    slope = {np.exp: np.exp, np.sin: np.cos}[f]
    for rule, best in (
        (calculus.forward_difference, calculus.best_forward_step(f(1), f(1))),
        (calculus.central_difference, calculus.best_central_step(f(1), slope(1))),
    ):
        typical = [
            np.median([abs(rule(f, x, h) - slope(x)) for x in places])
            for h in (best / 100, best, best * 100)
        ]
        assert typical[1] < typical[0] / 10 and typical[1] < typical[2] / 10


# ---- gradients


@settings(max_examples=150, deadline=None)
@given(UNITS, SCALES)
def test_the_gradient_is_right_at_every_scale(unit: np.ndarray, scale: float) -> None:
    def f(p: Any) -> Any:
        return waves(p / scale)

    found = calculus.numerical_gradient(f, unit * scale, h=6e-6 * scale) * scale
    exact = calculus.gradient(f, unit * scale) * scale
    np.testing.assert_allclose(exact, waves_gradient(unit), rtol=0, atol=2e-15)
    # h²/6 · |f‴| ≤ 2 · 6e-12, and rounding of up to 7 values near 7, over h
    np.testing.assert_allclose(found, exact, rtol=0, atol=2e-9)


@settings(max_examples=100, deadline=None)
@given(UNITS, st.sampled_from([1.0, 1e4, 1e8]))
def test_without_h_the_step_grows_with_the_input(
    unit: np.ndarray, scale: float
) -> None:
    x = (unit + np.copysign(1, unit)) * scale  # as large as the scale
    found = calculus.numerical_gradient(lambda p: np.sum(np.log(np.abs(p))), x)
    np.testing.assert_allclose(found, 1 / x, rtol=2e-8 * np.log(scale + 10) * len(x))


@settings(max_examples=60, deadline=None)
@given(
    hnp.arrays(
        float, hnp.array_shapes(max_dims=3, max_side=3), elements=st.floats(-2, 2)
    )
)
def test_an_array_of_any_shape_has_a_gradient_of_its_shape(x: np.ndarray) -> None:
    weights = np.arange(1.0, x.size + 1).reshape(x.shape)

    def f(p: Any) -> Any:
        assert p.shape == weights.shape
        return np.sum(weights * p**2)

    for found in (calculus.numerical_gradient(f, x), calculus.gradient(f, x)):
        assert found.shape == x.shape
        np.testing.assert_allclose(found, 2 * weights * x, rtol=0, atol=1e-7)


def test_the_gradient_by_differences_is_as_near_as_its_order_allows() -> None:
    rng = np.random.default_rng(0)
    for x in rng.uniform(-2, 2, size=(30, 10)):
        exact, size = rosen_der(x), abs(rosen_der(x)).max()
        ours = abs(calculus.numerical_gradient(rosen, x) - exact).max() / size
        theirs = abs(scipy.optimize.approx_fprime(x, rosen) - exact).max() / size
        assert ours < 1e-9 and ours < theirs
        assert scipy.optimize.check_grad(rosen, rosen_der, x) / size < 1e-6
        np.testing.assert_allclose(
            calculus.gradient(valley, x), exact, rtol=0, atol=1e-14 * size
        )


def test_a_parabola_s_gradient_is_exact_and_calls_f_twice_per_input() -> None:
    seen = []

    def counted(p: np.ndarray) -> float:
        seen.append(p)
        return float(bowl(p))

    x = np.array([1.0, 1.0])
    np.testing.assert_allclose(
        calculus.numerical_gradient(counted, x), [3, 5], rtol=1e-10
    )
    assert len(seen) == 4 and x.tolist() == [1, 1]
    np.testing.assert_array_equal(calculus.gradient(bowl, x), [3, 5])


def test_the_step_that_was_taken_is_divided_by() -> None:
    x = np.array([1.0, 3.0, 0.1])  # where x + h is rounded
    found = calculus.numerical_gradient(np.sum, x, h=1e-9)
    rounding = 2 * EPS * 4.1 / 1e-9
    np.testing.assert_allclose(found, 1, atol=rounding)
    alone = calculus.numerical_gradient(lambda p: p[0], [3.0], h=1e-9)
    np.testing.assert_array_equal(alone, 1)  # not (3 + h − (3 − h))/2h, which is off


def test_f_may_change_what_it_is_given() -> None:
    def spoils(p: np.ndarray) -> float:
        value = float(bowl(p))
        p[:] = 7
        return value

    x = np.array([1.0, 1.0])
    np.testing.assert_allclose(calculus.numerical_gradient(spoils, x), [3, 5], 1e-9)
    np.testing.assert_allclose(
        calculus.numerical_hessian(spoils, x), [[2, 1], [1, 4]], atol=1e-6
    )
    assert x.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("function", "step"),
    [
        (calculus.numerical_gradient, 2 ** (-52 / 3)),
        (calculus.numerical_hessian, 2**-13),
    ],
)
def test_the_default_step_is_a_share_of_the_input_or_of_one(
    function: Callable[..., Any], step: float
) -> None:
    for x, size in ((0.0, 1.0), (0.5, 1.0), (1.0, 1.0), (-3.0, 3.0), (1e8, 1e8)):
        seen = []

        def noted(p: np.ndarray, seen: list[float] = seen) -> float:
            seen.append(float(p[0]))
            return 0.0

        function(noted, [x])
        assert max(seen) - x == pytest.approx(step * size, rel=1e-9)
        assert x - min(seen) == pytest.approx(step * size, rel=1e-9)


# ---- Jacobian and Hessian


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 4), st.integers(1, 4), SCALES)
def test_the_jacobian_has_a_row_for_each_output(m: int, n: int, scale: float) -> None:
    rng = np.random.default_rng(10 * m + n)
    W, x = rng.normal(size=(m, n)), rng.normal(size=n)
    found = calculus.numerical_jacobian(
        lambda p: np.tanh(W @ p / scale), x * scale, h=6e-6 * scale
    )
    exact = (1 - np.tanh(W @ x) ** 2)[:, None] * W
    assert found.shape == (m, n)
    np.testing.assert_allclose(found * scale, exact, rtol=0, atol=1e-9)


def test_the_default_step_of_the_jacobian_is_that_of_the_gradient() -> None:
    x = np.array([0.3, -700.0, 2.0])
    row = calculus.numerical_jacobian(lambda p: np.array([waves(p)]), x)
    np.testing.assert_array_equal(row[0], calculus.numerical_gradient(waves, x))


@pytest.mark.parametrize("n", [1, 2, 3, 5])
def test_the_hessian_of_a_quadratic_form_and_of_waves(n: int) -> None:
    rng = np.random.default_rng(n)
    A, x = rng.normal(size=(n, n)), rng.normal(size=n)
    found = calculus.numerical_hessian(lambda p: p @ A @ p, x)
    np.testing.assert_allclose(found, A + A.T, rtol=0, atol=1e-6)
    symbols = sp.symbols(f"x:{n}")
    f = sum(map(sp.sin, symbols)) + sp.prod(map(sp.cos, symbols))
    exact = np.array(
        sp.hessian(f, symbols).subs(dict(zip(symbols, x, strict=True))), float
    )
    found = calculus.numerical_hessian(waves, x)
    np.testing.assert_allclose(found, exact, rtol=0, atol=1e-6)
    np.testing.assert_array_equal(found, found.T)


def test_the_hessian_of_rosenbrock_and_what_it_costs() -> None:
    calls = 0

    def counted(p: np.ndarray) -> float:
        nonlocal calls
        calls += 1
        return float(rosen(p))

    x = np.array([-1.2, 1.0, 0.7, 1.9])
    found, exact = calculus.numerical_hessian(counted, x), rosen_hess(x)
    np.testing.assert_allclose(found, exact, rtol=0, atol=1e-6 * abs(exact).max())
    assert calls == 4**2 + 4 + 1
    scaled = calculus.numerical_hessian(lambda p: rosen(p / 1e6), 1e6 * x, h=100.0)
    np.testing.assert_allclose(
        1e12 * scaled, exact, rtol=0, atol=1e-6 * abs(exact).max()
    )
    far = calculus.numerical_hessian(lambda p: np.sum(p**3), [1e5, 1e5])
    np.testing.assert_allclose(far, 6e5 * np.eye(2), rtol=0, atol=6e5 * 1e-6)


# ---- the gradient check


def test_the_check_tells_a_right_gradient_from_wrong_ones() -> None:
    rng = np.random.default_rng(1)
    for x in rng.normal(size=(20, 5)):
        right = rosen_der(x)
        assert calculus.check_gradient(rosen, rosen_der, x) < 1e-9
        for wrong in (-right, 2 * right, right[::-1], np.zeros(5), right + 0.1):
            error = calculus.check_gradient(rosen, lambda p, w=wrong: w, x)
            assert error > 1e-5
    one_off = rosen_der(x) * (1 + 1e-6 * (np.arange(5) == 3))
    assert calculus.check_gradient(rosen, lambda p: one_off, x) > 1e-8


def test_the_error_is_relative_to_the_larger_gradient() -> None:
    def f(p: Any) -> Any:
        return 1e6 * p[0] + p[1]

    def check(*claimed: float) -> float:
        return calculus.check_gradient(f, lambda p: np.array(claimed), [0.0, 0.0])

    assert check(0, 1) == pytest.approx(1)
    assert check(2e6, 1) == pytest.approx(0.5)
    assert check(1e6, 1e5) == pytest.approx(0.1, rel=1e-4)
    assert calculus.check_gradient(lambda p: 3.0, lambda p: 0 * p, [1.0]) == 0
    inputs = np.ones((2, 3))
    assert calculus.check_gradient(np.sum, np.ones_like, inputs) < 1e-10
    # at zero the wrong term is not seen: the chapter says so
    halved = calculus.check_gradient(
        bowl, lambda p: np.array([2 * p[0] + p[1], p[0] + 2 * p[1]]), [1.0, 0.0]
    )
    assert halved < 1e-9
    coarse = calculus.check_gradient(np.sum, np.ones_like, [1.0], h=0.5)
    assert coarse < 1e-15


# ---- dual numbers

x = sp.Symbol("x")
EXPRESSIONS = [
    x**3 - 2 * x + 5,
    1 / x,
    2 - x,
    (x + 1) / (2 * x),
    3 / (1 + x**2),
    x**-2 + x**0.5 + x**2.5,
    x**0 + x,
    sp.sin(x) * sp.cos(x),
    sp.exp(-(x**2)),
    sp.log(x) / x,
    sp.sqrt(1 + x**2),
    sp.exp(sp.sin(sp.log(x) + x)),
]


@pytest.mark.parametrize("expression", EXPRESSIONS, ids=str)
@settings(max_examples=40, deadline=None)
@given(at=st.floats(0.1, 3))
def test_a_derivative_by_dual_numbers_is_sympy_s(
    expression: sp.Expr, at: float
) -> None:
    found = calculus.derivative(sp.lambdify(x, expression, "numpy"), at)
    exact = float(expression.diff(x).evalf(30, subs={x: sp.Float(at, 30)}))
    scale = 1 + abs(exact) + at**-3
    assert abs(found - exact) <= 64 * EPS * scale


@settings(max_examples=50, deadline=None)
@given(st.floats(-3, 3), SCALES)
def test_scales_change_nothing_for_dual_numbers(at: float, scale: float) -> None:
    found = calculus.derivative(lambda t: scale * np.sin(t / scale), at * scale)
    assert abs(found - math.cos(at)) <= 8 * EPS


def test_values_go_along_and_floats_stay_on_both_sides() -> None:
    a = Dual(2.0, 1.0)
    assert a + 1 == Dual(3, 1) == 1 + a
    assert a - 1 == Dual(1, 1) and 1 - a == Dual(-1, -1)
    assert 3 * a == Dual(6, 3) == a * 3
    assert a / 4 == Dual(0.5, 0.25) and 4 / a == Dual(2, -1)
    assert -a == Dual(-2, -1) and a**2 == Dual(4, 4) and a**0 == Dual(1, 0)
    assert Dual(-2.0, 1.0) ** 3 == Dual(-8, 12)
    assert np.float64(3) * a == Dual(6, 3) and np.int64(1) + a == Dual(3, 1)
    assert Dual(1.5).slope == 0
    assert np.sqrt(Dual(4.0, 1.0)) == Dual(2, 0.25)
    assert np.log(Dual(1.0, 3.0)) == Dual(0, 3)
    assert np.exp(Dual(0.0, 2.0)) == Dual(1, 2)
    assert np.cos(Dual(0.0, 2.0)) == Dual(1, 0) and np.sin(Dual(0.0, 2.0)) == Dual(0, 2)
    assert calculus.derivative(lambda t: 5, 1.0) == 0
    assert calculus.derivative(lambda t: np.asarray(t * t), 3) == 6


@pytest.mark.parametrize(
    ("attempt", "error"),
    [
        (lambda: np.log(Dual(0.0, 1.0)), ValueError),
        (lambda: np.log(Dual(-1.0, 1.0)), ValueError),
        (lambda: np.sqrt(Dual(-1.0, 1.0)), ValueError),
        (lambda: np.sqrt(Dual(0.0, 1.0)), ZeroDivisionError),
        (lambda: 1 / Dual(0.0, 1.0), ZeroDivisionError),
        (lambda: Dual(0.0, 1.0) ** 0.5, ZeroDivisionError),
        (lambda: Dual(-1.0, 1.0) ** 0.5, ValueError),
        (lambda: Dual(2.0, 1.0) ** Dual(2.0, 1.0), TypeError),
        (lambda: Dual(2.0, 1.0) + "a", TypeError),
        (lambda: "a" * Dual(2.0, 1.0), TypeError),
        (lambda: Dual(2.0, 1.0) / "a", TypeError),
    ],
)
def test_where_there_is_no_derivative_dual_numbers_say_so(
    attempt: Callable[[], Any], error: type[Exception]
) -> None:
    with pytest.raises(error):
        attempt()


# ---- bad input

POINTS = [
    calculus.numerical_gradient,
    calculus.numerical_jacobian,
    calculus.numerical_hessian,
    calculus.gradient,
    lambda f, x: calculus.check_gradient(f, lambda p: p, x),
]


@pytest.mark.parametrize("function", POINTS)
@pytest.mark.parametrize(
    ("x", "says"),
    [
        ([], "x is empty"),
        ([1.0, np.nan], "x holds NaN or infinity"),
        ([np.inf], "x holds NaN or infinity"),
        (1.0, "x must have 1 axes or more, found shape ()"),
        (["a"], "x must hold real numbers"),
    ],
)
def test_a_bad_point_is_refused(
    function: Callable[..., Any], x: Any, says: str
) -> None:
    with pytest.raises(ValueError, match=re_escape(says)):
        function(lambda p: np.sum(p), x)


def re_escape(text: str) -> str:
    return text.replace("(", r"\(").replace(")", r"\)").replace("[", r"\[")


@pytest.mark.parametrize(
    ("attempt", "says"),
    [
        (
            lambda: calculus.numerical_gradient(lambda p: p, [1.0, 2.0]),
            "f must return one number, found shape (2,)",
        ),
        (
            lambda: calculus.numerical_gradient(lambda p: "a", [1.0]),
            "the value of f must hold real numbers",
        ),
        (lambda: calculus.numerical_gradient(lambda p: np.nan, [1.0]), "f is nan at"),
        (lambda: calculus.numerical_gradient(lambda p: np.inf, [1.0]), "f is inf at"),
        (
            lambda: calculus.numerical_gradient(lambda p: np.float32(np.nan), [1.0]),
            "f is nan at",
        ),
        (
            lambda: calculus.numerical_gradient(np.sum, [1.0], h=0),
            "h must be positive, found 0",
        ),
        (
            lambda: calculus.numerical_gradient(np.sum, [1.0], h=np.nan),
            "h must be one finite number",
        ),
        (
            lambda: calculus.numerical_hessian(np.sum, [[1.0]]),
            "x must have shape (n,), found (1, 1)",
        ),
        (
            lambda: calculus.numerical_hessian(lambda p: p, [1.0, 2.0]),
            "f must return one number",
        ),
        (
            lambda: calculus.numerical_jacobian(lambda p: p, [[1.0]]),
            "x must have shape (n,)",
        ),
        (
            lambda: calculus.numerical_jacobian(lambda p: 1.0, [1.0]),
            "f must return shape (m,), found ()",
        ),
        (
            lambda: calculus.numerical_jacobian(lambda p: np.array([np.nan, 1]), [1.0]),
            "f holds NaN or infinity at",
        ),
        (
            lambda: calculus.forward_difference(np.sin, 1, 0),
            "h must be positive, found 0",
        ),
        (
            lambda: calculus.forward_difference(np.sin, np.nan, 1),
            "x must be one finite number",
        ),
        (
            lambda: calculus.forward_difference(np.sin, [1, 2], 1),
            "x must be one finite number",
        ),
        (
            lambda: calculus.central_difference(np.sin, 1, -1),
            "h must be positive, found -1",
        ),
        (
            lambda: calculus.central_difference(lambda t: [t], 1, 1),
            "f must return one number, found shape (1,)",
        ),
        (lambda: calculus.best_forward_step(1, 0), "no step is best"),
        (lambda: calculus.best_central_step(0, 1), "no step is best"),
        (
            lambda: calculus.check_gradient(np.sum, lambda p: 1.0, [1.0]),
            "gradient must return the shape of x, (1,), found ()",
        ),
        (
            lambda: calculus.check_gradient(
                np.sum, lambda p: np.array([1.0, np.nan]), [1.0, 2.0]
            ),
            "gradient holds NaN or infinity",
        ),
        (lambda: calculus.derivative(np.sin, np.inf), "x must be one finite number"),
        (
            lambda: calculus.derivative(lambda t: [t], 1.0),
            "f must return one number, found [Dual",
        ),
        (
            lambda: calculus.gradient(lambda p: p, [1.0, 2.0]),
            "f must return one number, found shape (2,)",
        ),
    ],
)
def test_bad_input_is_refused_with_what_was_wrong(
    attempt: Callable[[], Any], says: str
) -> None:
    with pytest.raises(ValueError, match=re_escape(says)):
        attempt()
