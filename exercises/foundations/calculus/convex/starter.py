"""What second derivatives say about a point, and about a function."""

import numpy as np


def kind_of_point(H: np.ndarray) -> str:
    """Return "minimum", "maximum", "saddle" or "undecided". H: (n, n), symmetric."""
    raise NotImplementedError


def is_convex(A: np.ndarray) -> bool:
    """Tell whether xᵀAx is a convex function of x. A: (n, n)."""
    raise NotImplementedError
