"""What estimators of this part share: checks of arrays and parameters, predictions."""

from __future__ import annotations

from numbers import Integral, Real
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from sklearn.base import BaseEstimator, MultiOutputMixin, RegressorMixin
from sklearn.utils.validation import check_is_fitted, validate_data

from ..validation import finite_numbers

Array = NDArray[np.floating]


def design_and_target(X: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    """Return `X`: (n, d) and `y`: (n,) as floats, with as many rows as values."""
    X, y = finite_numbers(X, "X", 2), finite_numbers(y, "y", 1)
    if len(X) != len(y):
        raise ValueError(f"X has {len(X)} rows but y has {len(y)} values")
    return X, y


def weights(w: ArrayLike, X: Array, name: str = "w") -> Array:
    """Return `w`: (d,) as floats, one for each column of `X`."""
    w = finite_numbers(w, name, 1)
    if len(w) != X.shape[1]:
        raise ValueError(f"{name} has {len(w)} values, X has {X.shape[1]} columns")
    return w


def check_descent(learning_rate: float | None, max_iter: int, tol: float) -> None:
    """Raise ValueError naming the parameter of a descent that is out of range.

    A `learning_rate` of None is left to the estimator.
    """
    rate = learning_rate
    if rate is not None and not (isinstance(rate, Real) and 0 < rate < np.inf):
        raise ValueError(f"learning_rate must be None or positive, found {rate!r}")
    if not (isinstance(max_iter, Integral) and max_iter >= 1):
        raise ValueError(f"max_iter must be 1 or more, found {max_iter!r}")
    if not (isinstance(tol, Real) and tol >= 0):
        raise ValueError(f"tol must be 0 or more, found {tol!r}")


class LinearModel(MultiOutputMixin, RegressorMixin, BaseEstimator):
    """What linear models share: checked input, predictions, intercepts."""

    fit_intercept: bool

    def checked(self, X: Any, y: Any) -> tuple[Array, Array]:
        """Return `X`: (n, d) and `y`: (n,) or (n, k), checked by scikit-learn."""
        X, y = validate_data(self, X, y, dtype=np.float64, multi_output=True)
        return X, np.asarray(y, dtype=np.float64)

    def store(self, W: Array, y: Array) -> Self:
        """Split `W`: (d + 1, k) or (d, k) into `coef_` and `intercept_`."""
        one = int(self.fit_intercept)
        coefficients, intercept = W[one:].T, W[0] if one else np.zeros(W.shape[1])
        self.coef_ = coefficients[0] if y.ndim == 1 else coefficients
        self.intercept_ = float(intercept[0]) if y.ndim == 1 else intercept
        return self

    def predict(self, X: Any) -> Array:
        """Return predictions for `X`: (n, d), as (n,) or (n, k) like the `y` of fit.

        Raises ValueError for NaN and infinity, and for another number of features.
        """
        check_is_fitted(self)
        kind: dict[str, Any] = {"dtype": np.float64, "reset": False}
        X = validate_data(self, X, **kind, ensure_all_finite=False)
        with np.errstate(invalid="ignore"):
            predicted = np.asarray(X @ self.coef_.T + self.intercept_)
            total = np.sum(predicted)
        # NaN and infinity in X travel into the predictions and on into their sum,
        # unless a weight is 0: this spares a second reading of n·d entries.
        if not (np.isfinite(total) and np.all(self.coef_)):
            validate_data(self, X, **kind)
        return predicted
