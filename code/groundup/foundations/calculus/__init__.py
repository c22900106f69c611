"""Derivatives by computer: small differences, and dual numbers.

`differences` moves a point a little and looks at what changes, which is near the
derivative; `dual` carries the derivative along with every number, which is exact up to
rounding.
"""

from .differences import (
    best_central_step,
    best_forward_step,
    central_difference,
    check_gradient,
    forward_difference,
    numerical_gradient,
    numerical_hessian,
    numerical_jacobian,
)
from .dual import Dual, derivative, gradient

__all__ = [
    "Dual",
    "best_central_step",
    "best_forward_step",
    "central_difference",
    "check_gradient",
    "derivative",
    "forward_difference",
    "gradient",
    "numerical_gradient",
    "numerical_hessian",
    "numerical_jacobian",
]
