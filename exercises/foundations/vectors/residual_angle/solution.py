"""The projection of one vector onto another, and what is left."""

# BEGIN SOLUTION
import numpy as np

# END SOLUTION


def residual_angle() -> tuple[float | str, float | str, float | str]:
    """Return the multiple of b, and the two entries of what is left.

    Texts such as "1/8" are read as numbers.
    """
    # BEGIN SOLUTION
    a, b = np.array([4.0, 7.0]), np.array([3.0, 1.0])
    t = a @ b / (b @ b)  # (4 * 3 + 7 * 1) / (3 * 3 + 1 * 1) = 19 / 10
    left = a - t * b  # (4 - 5.7, 7 - 1.9) = (-1.7, 5.1)
    return t, left[0], left[1]
    # END SOLUTION
