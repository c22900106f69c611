"""The functions of the explorable with their derivatives, and both differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from groundup.foundations.calculus import central_difference, forward_difference

Real = Callable[[float], float]
RULES = ("forward", "central")
SMALLEST = -16  # the power of ten of the smallest h


class Choice(NamedTuple):
    """A function, its derivative, and the ranges of x and f(x) that are shown."""

    text: str
    f: Real
    slope: Real
    x: tuple[float, float]
    y: tuple[float, float]


FUNCTIONS = {
    "sin": Choice("sin x", np.sin, np.cos, (-3.5, 3.5), (-1.9, 1.9)),
    "exp": Choice("eˣ", np.exp, np.exp, (-2.2, 2.2), (-1.5, 7.5)),
    "square": Choice("x²", lambda x: x * x, lambda x: 2 * x, (-2.2, 2.2), (-1.3, 4.3)),
    "cube": Choice(
        "x³", lambda x: x * x * x, lambda x: 3 * x * x, (-1.8, 1.8), (-4.5, 4.5)
    ),
    "abs": Choice("|x|", abs, np.sign, (-2.2, 2.2), (-0.8, 2.4)),
}


def tangent(name: str, x: float) -> float | None:
    """Return the slope of the tangent at x, None at the kink of |x|."""
    return None if name == "abs" and x == 0 else float(FUNCTIONS[name].slope(x))


def quotients(name: str, x: float, h: float) -> tuple[float, float]:
    """Return the forward and the central difference at x with the step h."""
    f = FUNCTIONS[name].f
    return forward_difference(f, x, h), central_difference(f, x, h)


def errors(name: str, x: float, h: float) -> list[float]:
    """Return how far off both differences are, [] where there is no tangent."""
    exact = tangent(name, x)
    return [] if exact is None else [abs(q - exact) for q in quotients(name, x, h)]
