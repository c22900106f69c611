"""Two intervals for a share, and how often they hold the true one."""

from math import comb, sqrt

Z = 1.96


def interval(k: int, n: int, wilson: bool = False) -> tuple[float, float]:
    """Return the ends of the plain interval of k of n, or of Wilson's."""
    # BEGIN SOLUTION
    share = k / n
    if not wilson:
        half = Z * sqrt(share * (1 - share) / n)
        return share - half, share + half
    middle = (k + Z**2 / 2) / (n + Z**2)
    half = Z * sqrt(k * (1 - share) + Z**2 / 4) / (n + Z**2)
    return middle - half, middle + half
    # END SOLUTION


def coverage(n: int, p: float, wilson: bool = False) -> float:
    """Return in how many percent of all examinations the interval holds p."""
    # BEGIN SOLUTION
    held = 0.0
    for k in range(n + 1):
        low, high = interval(k, n, wilson)
        if low <= p <= high:
            held += comb(n, k) * p**k * (1 - p) ** (n - k)
    return 100 * held
    # END SOLUTION
