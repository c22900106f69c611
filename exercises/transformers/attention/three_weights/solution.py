"""The weights of three keys, and the mix of their values."""

# BEGIN SOLUTION
import numpy as np

# END SOLUTION


def three_weights() -> tuple[float | str, ...]:
    """Return the three weights, and the mix.

    Texts such as "1/8" are read as numbers.
    """
    # BEGIN SOLUTION
    products, values = np.array([0.0, 4, 8]), np.array([10.0, 20, 30])
    powers = np.exp(products / np.sqrt(16))  # 1, e and e^2
    weights = powers / np.sum(powers)
    return *weights, weights @ values
    # END SOLUTION
