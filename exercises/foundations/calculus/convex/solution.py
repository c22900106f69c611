"""What second derivatives say about a point, and about a function."""

import numpy as np


def kind_of_point(H: np.ndarray) -> str:
    """Return "minimum", "maximum", "saddle" or "undecided". H: (n, n), symmetric."""
    # BEGIN SOLUTION
    bends = np.linalg.eigvalsh(H)
    zero = 1e-9 * np.abs(bends).max()
    up, down = bends > zero, bends < -zero
    if up.any() and down.any():
        return "saddle"
    if up.all():
        return "minimum"
    return "maximum" if down.all() else "undecided"
    # END SOLUTION


def is_convex(A: np.ndarray) -> bool:
    """Tell whether xᵀAx is a convex function of x. A: (n, n)."""
    # BEGIN SOLUTION
    bends = np.linalg.eigvalsh(A + A.T)
    return bool(bends.min() >= -1e-9 * np.abs(bends).max())
    # END SOLUTION
