"""Dual numbers: each number carries its derivative along.

A number a + bε, with ε² = 0, is a value and a slope. Whoever computes with such
numbers computes the derivative beside the value; that is automatic differentiation in
forward mode. NumPy calls the methods of its own names (`np.sin(x)` calls `x.sin()`), so
a function written for floats takes dual numbers and arrays of them as it is.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike

from ._arguments import Array, number, point


@dataclass(frozen=True)
class Dual:
    """A value and its slope, the derivative with respect to what was chosen.

    Knows +, −, *, / and powers, with floats as well, and sin, cos, exp, log, sqrt.
    Raises ValueError or ZeroDivisionError where there is no derivative.
    """

    value: float
    slope: float = 0.0

    def __neg__(self) -> Self:
        return type(self)(-self.value, -self.slope)

    def __add__(self, other: Any) -> Self:
        if (other := dual(other)) is None:
            return NotImplemented
        return type(self)(self.value + other.value, self.slope + other.slope)

    def __mul__(self, other: Any) -> Self:
        if (other := dual(other)) is None:
            return NotImplemented
        slope = self.slope * other.value + self.value * other.slope  # product rule
        return type(self)(self.value * other.value, slope)

    def __truediv__(self, other: Any) -> Self:
        if (other := dual(other)) is None:
            return NotImplemented
        quotient = self.value / other.value
        slope = (self.slope - quotient * other.slope) / other.value  # quotient rule
        return type(self)(quotient, slope)

    def __pow__(self, power: float) -> Self:
        if isinstance(power, Dual):
            raise TypeError("write a**b as exp(b * log(a)) if b is a dual number, too")
        if power == 0:
            return type(self)(1.0)
        if self.value < 0 and power != int(power):
            raise ValueError(f"{self.value} has no real power {power}")
        inner = self.value ** (power - 1)  # power rule
        return type(self)(inner * self.value, power * inner * self.slope)

    def __sub__(self, other: Any) -> Self:
        return self.__add__(-other)

    def __rsub__(self, other: Any) -> Self:
        return (-self).__add__(other)

    def __rtruediv__(self, other: Any) -> Self:
        return type(self)(other) / self

    __radd__ = __add__
    __rmul__ = __mul__

    def sin(self) -> Self:
        """Return the sine; its derivative is the cosine."""
        return self.outer(math.sin(self.value), math.cos(self.value))

    def cos(self) -> Self:
        """Return the cosine; its derivative is minus the sine."""
        return self.outer(math.cos(self.value), -math.sin(self.value))

    def exp(self) -> Self:
        """Return the exponential, its own derivative."""
        return self.outer(math.exp(self.value), math.exp(self.value))

    def log(self) -> Self:
        """Return the natural logarithm; raises ValueError unless it is positive."""
        return self.outer(math.log(self.value), 1 / self.value)

    def sqrt(self) -> Self:
        """Return the square root; at 0 it has no slope (ZeroDivisionError)."""
        root = math.sqrt(self.value)
        return self.outer(root, 1 / (2 * root))

    def outer(self, value: float, slope: float) -> Self:
        """Return a function's value, its slope there times the slope within."""
        return type(self)(value, slope * self.slope)  # chain rule


def dual(x: Any) -> Dual | None:
    """Return a number as a dual number of slope 0, None for what is no number."""
    if isinstance(x, Dual):
        return x
    if isinstance(x, (int, float, np.integer, np.floating)):
        return Dual(float(x))
    return None


def derivative(f: Callable[[Any], Any], x: float) -> float:
    """Return f′(x) by dual numbers, exact up to rounding.

    Formula `calculus.chain_rule`. Raises ValueError where x is not a finite number, or
    f returns something other than a number.
    """
    return result(f(Dual(number(x, "x"), 1.0))).slope


def gradient(f: Callable[[Any], Any], x: ArrayLike) -> Array:
    """Return the gradient of f at x by dual numbers, exact up to rounding.

    Formula `calculus.gradient`. `x` has any shape of one axis or more, f takes an array
    of that shape and returns one number, and so has the result that shape. Calls f once
    for each entry. Raises ValueError for a bad x, and where f returns no number.
    """
    x = point(x)
    slopes = np.empty(x.size)
    for i in range(x.size):
        moved = [Dual(v, float(k == i)) for k, v in enumerate(x.ravel().tolist())]
        inputs = np.empty(x.size, dtype=object)
        inputs[:] = moved
        slopes[i] = result(f(inputs.reshape(x.shape))).slope
    return slopes.reshape(x.shape)


def result(found: Any) -> Dual:
    """Return what a function returned as a dual number; raises ValueError else."""
    if isinstance(found, np.ndarray) and found.ndim == 0:
        found = found.item()
    if (checked := dual(found)) is None:
        shape = f"shape {found.shape}" if isinstance(found, np.ndarray) else repr(found)
        raise ValueError(f"f must return one number, found {shape}")
    return checked
