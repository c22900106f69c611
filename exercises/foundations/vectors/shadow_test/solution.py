"""A test that knows a projection when it sees one."""

import numpy as np


def is_shadow(a: np.ndarray, b: np.ndarray, p: np.ndarray) -> bool:
    """Tell whether p is the projection of a onto b, up to rounding.

    a, b, p: (n,)
    """
    # BEGIN SOLUTION
    unit = b / np.linalg.norm(b)
    rounding = 1e-9 * np.linalg.norm(a)
    upright = abs((a - p) @ unit) <= rounding
    on_the_line = np.linalg.norm(p - (p @ unit) * unit) <= rounding
    return bool(upright and on_the_line)
    # END SOLUTION
