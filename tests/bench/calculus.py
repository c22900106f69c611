"""Calculus beside SciPy: gradient and Hessian of Rosenbrock's function.

SciPy's `approx_fprime` takes forward differences, with half as many values of f as
ours; the three-point rule of its minimizers takes as many, for as many digits.
"""

from __future__ import annotations

import numpy as np
import scipy.differentiate
from groundup.foundations.calculus import numerical_gradient, numerical_hessian
from scipy.optimize import approx_fprime, rosen
from scipy.optimize._numdiff import approx_derivative

from .measure import Benchmark

ten, hundred = np.linspace(-1, 2, 10), np.linspace(-1, 2, 100)


def repeated(function, x, times=20):
    """Return a call that lasts long enough to be timed."""
    return lambda: [function(x) for _ in range(times)]


BENCHMARKS = [
    Benchmark(
        "gradient, 10 inputs, two-point",
        "SciPy",
        repeated(lambda x: numerical_gradient(rosen, x), ten),
        repeated(lambda x: approx_fprime(x, rosen), ten),
        aim=1.2,
    ),
    Benchmark(
        "gradient, 100 inputs, three-point",
        "SciPy",
        repeated(lambda x: numerical_gradient(rosen, x), hundred),
        repeated(lambda x: approx_derivative(rosen, x, method="3-point"), hundred),
        aim=1.2,
    ),
    Benchmark(
        "Hessian, 10 inputs",
        "SciPy",
        repeated(lambda x: numerical_hessian(rosen, x), ten, 2),
        repeated(lambda x: scipy.differentiate.hessian(rosen, x), ten, 2),
        aim=1.2,
    ),
]
