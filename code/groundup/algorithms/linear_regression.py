"""Linear regression: the line, then the plane, with the smallest squared error.

The loss is L(w) = ‖Xw − y‖²/n. `X` is (n, d), a row a sample; where a model has an
intercept, the first column of `X` is 1 (`add_intercept`).
"""

from __future__ import annotations

import warnings
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike
from sklearn.exceptions import ConvergenceWarning

from ..validation import finite_numbers
from ._base import (
    Array,
    LinearModel,
    check_descent,
    design_and_target,
    weights,
)
from ._triangle import EPS, solve_triangle, triangle

UNFINISHED = (
    "the gradient had not become small after max_iter={} steps: standardize the"
    " features, so that one learning rate suits all of them, or raise max_iter"
)


def slope_and_intercept(x: ArrayLike, y: ArrayLike) -> tuple[float, float]:
    """Return the slope and the intercept of the least-squares line.

    Formula `linear_regression.slope_and_intercept`. Shapes `x: (n,)`, `y: (n,)`.
    Raises ValueError if all x are equal: no slope is better than another.
    """
    X, y = design_and_target(finite_numbers(x, "x", 1)[:, None], y)
    if np.ptp(X) == 0:  # before the mean is taken off, which rounds
        raise ValueError(f"all {len(X)} values of x are equal: no slope can be found")
    dx = X[:, 0] - X[:, 0].mean()
    slope = (dx @ (y - y.mean())) / (dx @ dx)
    return float(slope), float(y.mean() - slope * X[:, 0].mean())


def add_intercept(X: ArrayLike) -> Array:
    """Return `X`: (n, d) with a first column of ones: (n, d + 1)."""
    X = finite_numbers(X, "X", 2)
    return np.column_stack([np.ones(len(X)), X])


def predict(X: ArrayLike, w: ArrayLike) -> Array:
    """Return the predictions Xw. Shapes `X: (n, d)`, `w: (d,)`, result (n,)."""
    X = finite_numbers(X, "X", 2)
    return X @ weights(w, X)  # (n, d) @ (d,) -> (n,)


def mean_squared_error(X: ArrayLike, y: ArrayLike, w: ArrayLike) -> float:
    """Return the loss ‖Xw − y‖²/n.

    Formula `linear_regression.mean_squared_error`. Shapes `X: (n, d)`, `y: (n,)`,
    `w: (d,)`. Source: Legendre (1805); Gauss (1809).
    """
    X, y = design_and_target(X, y)
    residual = X @ weights(w, X) - y  # (n,)
    return float(residual @ residual / len(y))


def gradient(X: ArrayLike, y: ArrayLike, w: ArrayLike) -> Array:
    """Return the gradient of the loss, (2/n) Xᵀ(Xw − y).

    Formula `linear_regression.gradient`. Shapes `X: (n, d)`, `y: (n,)`, `w: (d,)`,
    result (d,). Costs 4nd operations and the memory of one residual.
    """
    X, y = design_and_target(X, y)
    residual = X @ weights(w, X) - y  # (n, d) @ (d,) -> (n,)
    return 2 / len(y) * (X.T @ residual)  # (d, n) @ (n,) -> (d,)


def hessian(X: ArrayLike) -> Array:
    """Return the Hessian of the loss, (2/n) XᵀX: (d, d), the same at every w."""
    X = finite_numbers(X, "X", 2)
    return 2 / len(X) * (X.T @ X)


def largest_stable_learning_rate(X: ArrayLike) -> float:
    """Return 2/λ_max of the Hessian: gradient descent diverges above it.

    Formula `linear_regression.largest_stable_learning_rate`. Shape `X: (n, d)`.
    Raises ValueError if X is all zero: the loss is flat, any step is stable.
    """
    largest = np.linalg.eigvalsh(hessian(X))[-1]
    if largest <= 0:
        raise ValueError("X is all zero: the loss does not depend on w")
    return float(2 / largest)


def gradient_descent(
    X: ArrayLike, y: ArrayLike, w0: ArrayLike, learning_rate: float, n_steps: int
) -> Array:
    """Return the path of gradient descent from `w0`: (n_steps + 1, d).

    Formula `linear_regression.gradient_descent_step`. Shapes `X: (n, d)`,
    `y: (n,)`, `w0: (d,)`. Above `largest_stable_learning_rate` the path grows
    without bound, and is returned as it is.
    """
    X, y = design_and_target(X, y)
    if not (learning_rate > 0 and np.isfinite(learning_rate)):
        raise ValueError(f"learning_rate must be positive, found {learning_rate}")
    if n_steps < 0:
        raise ValueError(f"n_steps must be 0 or more, found {n_steps}")
    path = np.empty((n_steps + 1, X.shape[1]))
    path[0] = weights(w0, X, "w0")
    for step in range(n_steps):
        residual = X @ path[step] - y
        path[step + 1] = path[step] - learning_rate * (2 / len(y) * (X.T @ residual))
    return path


def solve_normal_equation(X: ArrayLike, y: ArrayLike) -> Array:
    """Return the w that solves XᵀX w = Xᵀy, as the formula is written.

    Formula `linear_regression.normal_equation`. Shapes `X: (n, d)`, `y: (n,)`,
    result (d,). The condition number of XᵀX is that of X squared: half of the
    digits can be lost, and with collinear columns all of them (`least_squares` is
    the way to compute). Raises LinAlgError where XᵀX is exactly singular.
    """
    X, y = design_and_target(X, y)
    return np.linalg.solve(X.T @ X, X.T @ y)


def least_squares(X: ArrayLike, y: ArrayLike) -> Array:
    """Return the w with the smallest ‖Xw − y‖, by QR, without forming XᵀX.

    Where columns are collinear many w are equally close; the smallest of them is
    returned. Shapes `X: (n, d)`, `y: (n,)`, result (d,).
    Source: Golub (1965).
    """
    X, y = design_and_target(X, y)
    R = triangle(X, y[:, None])
    d = X.shape[1]
    return solve_triangle(R[:d, :d], R[:d, d:])[0][:, 0]


def r_squared(y: ArrayLike, y_pred: ArrayLike) -> float:
    """Return R², the share of the variation of `y` that the predictions explain.

    Formula `linear_regression.r_squared`. Shapes `y: (n,)`, `y_pred: (n,)`.
    Negative where the predictions are worse than the mean of `y`. Raises
    ValueError if `y` is constant: there is no variation to explain.
    """
    y, y_pred = finite_numbers(y, "y", 1), finite_numbers(y_pred, "y_pred", 1)
    if len(y) != len(y_pred):
        raise ValueError(f"y has {len(y)} values but y_pred has {len(y_pred)}")
    if np.ptp(y) == 0:  # before the mean is taken off, which rounds
        raise ValueError(f"all {len(y)} values of y are equal: R² is not defined")
    return float(1 - np.sum((y - y_pred) ** 2) / np.sum((y - y.mean()) ** 2))


def hat_matrix(X: ArrayLike) -> Array:
    """Return H, which puts the hat on y: ŷ = Hy. Shapes `X: (n, d)`, result (n, n).

    Formula `linear_regression.hat_matrix`. Source: Hoaglin and Welsch (1978).
    """
    Q = orthonormal_basis(finite_numbers(X, "X", 2))
    return Q @ Q.T  # (n, r) @ (r, n) -> (n, n)


def leverage(X: ArrayLike) -> Array:
    """Return the diagonal of the hat matrix without forming it: (n,).

    Source: Hoaglin and Welsch (1978).
    """
    Q = orthonormal_basis(finite_numbers(X, "X", 2))
    return np.asarray(np.sum(Q**2, axis=1))


def orthonormal_basis(X: Array) -> Array:
    """Return orthonormal columns that span the columns of `X`: (n, rank)."""
    U, s, _ = np.linalg.svd(X, full_matrices=False)
    return U[:, s > EPS * max(X.shape) * s.max(initial=0)]


class LinearRegression(LinearModel):
    """Least squares by QR factorization, one block of rows at a time.

    Attributes: `coef_` (d,) or (k, d), `intercept_`, `rank_` of the design matrix,
    `n_features_in_`. Source: Golub (1965).
    """

    def __init__(self, fit_intercept: bool = True) -> None:
        self.fit_intercept = fit_intercept

    def fit(self, X: Any, y: Any) -> Self:
        """Fit to `X`: (n, d) and `y`: (n,) or (n, k); returns the estimator."""
        X, y = self.checked(X, y)
        Y = y.reshape(len(y), -1)
        R = triangle(X, Y, self.fit_intercept)
        one, d = int(self.fit_intercept), X.shape[1]
        top = R[: one + d]
        # The row of ones is solved last: the smallest solution then leaves the
        # intercept free, as it is when the columns are centered first. What is left
        # of a column without its mean was rounded when it was as long as it came.
        lengths = np.linalg.norm(top[:, one : one + d], axis=0)
        rounding = one * EPS * len(X) * lengths
        W, rank = solve_triangle(
            top[one:, one : one + d], top[one:, one + d :], rounding
        )
        if one:
            intercept = (top[:1, 1 + d :] - top[:1, 1 : 1 + d] @ W) / top[0, 0]
            W = np.vstack([intercept, W])
        self.rank_ = rank
        return self.store(W, y)


class LinearRegressionGD(LinearModel):
    """Least squares by gradient descent on the mean squared error.

    `learning_rate=None` takes 1/λ_max of the Hessian, which always converges. Stops
    when no entry of the gradient exceeds `tol` times that of the first one, or, with a
    ConvergenceWarning, after `max_iter` steps. Attributes: `coef_`, `intercept_`,
    `n_iter_`, `loss_path_`.
    """

    def __init__(
        self,
        fit_intercept: bool = True,
        learning_rate: float | None = None,
        max_iter: int = 10_000,
        tol: float = 1e-10,
    ) -> None:
        self.fit_intercept = fit_intercept
        self.learning_rate = learning_rate
        self.max_iter = max_iter
        self.tol = tol

    def fit(self, X: Any, y: Any) -> Self:
        """Fit to `X`: (n, d) and `y`: (n,) or (n, k); returns the estimator.

        Raises ValueError for parameters out of range, and when the loss grows
        without bound because the learning rate is too large.
        """
        check_descent(self.learning_rate, self.max_iter, self.tol)
        X, y = self.checked(X, y)
        design = add_intercept(X) if self.fit_intercept else X
        Y = y.reshape(len(y), -1)
        rate = self.learning_rate or self.safe_rate(design)
        W = np.zeros((design.shape[1], Y.shape[1]))
        losses: list[float] = []
        first = 0.0
        for _ in range(self.max_iter):
            residual = design @ W - Y
            with np.errstate(over="ignore"):  # said below, as an error
                losses.append(float(np.sum(residual**2) / len(Y)))
            if not np.isfinite(losses[-1]):
                raise ValueError(
                    f"the loss grew without bound: learning_rate={rate:g} is above"
                    f" {2 * self.safe_rate(design):g}, the largest stable one"
                )
            slope = 2 / len(Y) * (design.T @ residual)
            first = first or float(np.abs(slope).max())
            if np.abs(slope).max() <= self.tol * first:
                break
            W = W - rate * slope
        else:
            warnings.warn(UNFINISHED.format(self.max_iter), ConvergenceWarning, 2)
        self.n_iter_, self.loss_path_ = len(losses), np.array(losses)
        return self.store(W, y)

    @staticmethod
    def safe_rate(design: Array) -> float:
        """Return 1/λ_max of the Hessian, 1 where the design is all zero."""
        largest = float(np.linalg.eigvalsh(hessian(design))[-1])
        return 1 / largest if largest > 0 else 1.0
