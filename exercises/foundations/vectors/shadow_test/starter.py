"""A test that knows a projection when it sees one."""

import numpy as np


def is_shadow(a: np.ndarray, b: np.ndarray, p: np.ndarray) -> bool:
    """Tell whether p is the projection of a onto b, up to rounding.

    a, b, p: (n,)
    """
    raise NotImplementedError
