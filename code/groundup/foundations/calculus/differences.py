"""Derivatives by small steps: move a point a little, and look at what changes.

A step that is too long sees the bend of the function, one that is too short sees the
rounding of its values. The steps that are taken here, where none is given, suit a
function whose values and derivatives are of one size (`best_central_step`).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from ._arguments import Array, Function, number, point, step, value, values

EPS = float(np.finfo(np.float64).eps)  # of one operation's relative error: up to half
FIRST = EPS ** (1 / 3)  # steps for the first and the second derivative,
SECOND = EPS ** (1 / 4)  # of numbers near 1


def forward_difference(f: Callable[[float], float], x: float, h: float) -> float:
    """Return the slope of the secant, (f(x + h) − f(x))/h.

    Formula `calculus.forward_difference`. Raises ValueError for an h that is not
    positive, and where f does not return a finite number.
    """
    x, h = number(x, "x"), step(h)
    return (value(f, x + h) - value(f, x)) / h


def central_difference(f: Callable[[float], float], x: float, h: float) -> float:
    """Return the slope of the secant around x, (f(x + h) − f(x − h))/2h.

    Formula `calculus.central_difference`. Raises ValueError as `forward_difference`.
    """
    x, h = number(x, "x"), step(h)
    return (value(f, x + h) - value(f, x - h)) / (2 * h)


def best_forward_step(f: float, second: float) -> float:
    """Return the h at which the error bound of the forward difference is smallest.

    Formula `calculus.best_forward_step`: 2√(δ|f|/|f″|) with δ = 2⁻⁵³, the relative
    rounding of a value. Raises ValueError where f or its second derivative is zero.
    """
    return float(2 * np.sqrt(EPS / 2 * ratio(f, second)))


def best_central_step(f: float, third: float) -> float:
    """Return the h at which the error bound of the central difference is smallest.

    Formula `calculus.best_central_step`: (3δ|f|/|f‴|)^⅓ with δ = 2⁻⁵³. Raises
    ValueError where f or its third derivative is zero.
    """
    return float(np.cbrt(3 * EPS / 2 * ratio(f, third)))


def ratio(f: float, bend: float) -> float:
    """Return |f|/|bend|; raises ValueError where one of them is zero."""
    if not (number(f, "f") and number(bend, "the derivative")):
        raise ValueError(f"no step is best if f or its bend is 0, found {f}, {bend}")
    return abs(f / bend)


def numerical_gradient(f: Function, x: ArrayLike, h: float | None = None) -> Array:
    """Return all partial derivatives of f at x by central differences.

    `x` has any shape of one axis or more, f takes such an array and returns one
    number, and the result has the shape of x. `h` is the step for every entry; without
    it, each has ∛(2⁻⁵²) times the larger of 1 and its own size. Calls f 2n times.
    Raises ValueError for a bad x or h, and where f does not return a finite number.
    """
    x = point(x)
    result = np.empty(x.size)
    for i, h_i in enumerate(steps(x, h, FIRST)):
        up, down = nudged(x, i, h_i), nudged(x, i, -h_i)
        # The way that was gone, which rounding makes a little other than 2h.
        width = up.item(i) - down.item(i)
        result[i] = (value(f, up) - value(f, down)) / width
    return result.reshape(x.shape)


def numerical_jacobian(f: Function, x: ArrayLike, h: float | None = None) -> Array:
    """Return the derivatives of all outputs by all inputs, (m, n): a row an output.

    Shapes `x: (n,)`, f(x): (m,). Steps and errors as in `numerical_gradient`.
    """
    x = vector(x)
    columns = []
    for i, h_i in enumerate(steps(x, h, FIRST)):
        up, down = nudged(x, i, h_i), nudged(x, i, -h_i)
        columns.append((values(f, up) - values(f, down)) / (up[i] - down[i]))
    return np.stack(columns, axis=1)  # n columns of shape (m,) -> (m, n)


def numerical_hessian(f: Function, x: ArrayLike, h: float | None = None) -> Array:
    """Return all second derivatives of f at x, (n, n), by differences.

    Shape `x: (n,)`; f returns one number. `h` is the step for every entry; without it,
    each has ∜(2⁻⁵²) times the larger of 1 and its own size. Calls f n² + n + 1 times.
    Errors as in `numerical_gradient`.
    """
    x = vector(x)
    h_all = steps(x, h, SECOND)
    middle, n = value(f, x.copy()), x.size
    up = [value(f, nudged(x, i, h_all[i])) - middle for i in range(n)]
    down = [value(f, nudged(x, i, -h_all[i])) - middle for i in range(n)]
    result = np.empty((n, n))
    for i, h_i in enumerate(h_all):
        result[i, i] = (up[i] + down[i]) / h_i**2
        above, below = nudged(x, i, h_i), nudged(x, i, -h_i)
        for j in range(i):
            h_j = h_all[j]
            both = value(f, nudged(above, j, h_j)) + value(f, nudged(below, j, -h_j))
            rest = both - 2 * middle - up[i] - up[j] - down[i] - down[j]
            result[i, j] = result[j, i] = rest / (2 * h_i * h_j)
    return result


def check_gradient(
    f: Function, gradient: Function, x: ArrayLike, h: float | None = None
) -> float:
    """Return how far a gradient is from that by differences, relative to the larger.

    It is the largest difference of two entries, divided by the largest entry of both:
    about 1e-10 where the gradient is right, 0 where both are zero. Near a place
    where the gradient vanishes, rounding is all that is left of it: check elsewhere.
    `x`, `h` and the errors are as in `numerical_gradient`; raises ValueError as well
    where `gradient(x)` has another shape than x, or is not finite.
    """
    x = point(x)
    claimed = np.asarray(gradient(x.copy()))
    if claimed.shape != x.shape:
        raise ValueError(
            f"gradient must return the shape of x, {x.shape}, found {claimed.shape}"
        )
    if not np.isfinite(claimed).all():
        raise ValueError("gradient holds NaN or infinity; finite numbers are expected")
    measured = numerical_gradient(f, x, h)
    largest = max(abs(claimed).max(), abs(measured).max())
    return float(abs(claimed - measured).max() / largest) if largest else 0.0


def vector(x: ArrayLike) -> Array:
    """Return a point of one axis; raises ValueError for more."""
    x = point(x)
    if x.ndim != 1:
        raise ValueError(f"x must have shape (n,), found {x.shape}")
    return x


def steps(x: Array, h: float | None, share: float) -> list[float]:
    """Return the step for each entry of x: h, or a share of its size."""
    if h is not None:
        return [step(h)] * x.size
    found: list[float] = (share * np.maximum(1, abs(x.ravel()))).tolist()
    return found


def nudged(x: Array, i: int, h: float) -> Array:
    """Return x with h added to its entry i, counted in the order of memory."""
    moved = x.copy()
    moved.flat[i] += h
    return moved
