"""Two intervals for a share, and how often they hold the true one."""

from math import comb, sqrt

Z = 1.96


def interval(k: int, n: int, wilson: bool = False) -> tuple[float, float]:
    """Return the ends of the plain interval of k of n, or of Wilson's."""
    raise NotImplementedError


def coverage(n: int, p: float, wilson: bool = False) -> float:
    """Return in how many percent of all examinations the interval holds p."""
    raise NotImplementedError
