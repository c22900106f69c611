"""One step of gradient descent on four points."""

# BEGIN SOLUTION
import numpy as np

# END SOLUTION


def one_step() -> tuple[float | str, float | str]:
    """Return the intercept and the slope after the step.

    Texts such as "1/8" are read as numbers.
    """
    # BEGIN SOLUTION
    x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 3, 5, 6])
    w_0, w_1, learning_rate = 1.0, 1.0, 0.1
    r = w_0 + w_1 * x - y  # 0, 0, -1, -1
    slope_0, slope_1 = 2 * np.mean(r), 2 * np.mean(r * x)  # -1 and -3.5
    return w_0 - learning_rate * slope_0, w_1 - learning_rate * slope_1
    # END SOLUTION
