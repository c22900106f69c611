"""Tests of the exercise `how_often`: in fractions, by what the intervals are.

A true share is held where its distance from the observed one, squared, is small enough.
"""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import comb

import numpy as np
import pytest
from groundup.grader.expect import expect_close, numeric

Z = Fraction(196, 100)


def holds(k, n, p, wilson):
    """Tell whether an interval holds p, which is a fraction."""
    share = Fraction(k, n)
    of = p if wilson else share
    return (share - p) ** 2 <= Z**2 * of * (1 - of) / n


def covered(n, p, wilson=False):
    """Return in how many percent of all examinations an interval holds p."""
    true = Fraction(p)
    found = Fraction(0)
    for k in range(n + 1):
        if holds(k, n, true, wilson):
            found += comb(n, k) * true**k * (1 - true) ** (n - k)
    return float(100 * found)


def ends(k, n, wilson):
    """Return both ends, from fifty digits."""
    with localcontext() as context:
        context.prec = 50
        z, share, n = Decimal("1.96"), Decimal(k) / n, Decimal(n)
        if not wilson:
            half = z * (share * (1 - share) / n).sqrt()
            return float(share - half), float(share + half)
        a, b, c = n + z * z, 2 * k + z * z, k * share
        root = (b * b - 4 * a * c).sqrt()
        return float((b - root) / (2 * a)), float((b + root) / (2 * a))


def check(sol, k, n, wilson):
    """Compare both ends."""
    which = [wilson] if wilson else []
    expect_close(sol.interval(k, n, *which), ends(k, n, wilson), scale=1)


def check_coverage(sol, n, p, *wilson, tolerance=1e-11):
    """Compare how often an interval holds p, and know a simulation by its result."""
    got, want = sol.coverage(n, p, *wilson), covered(n, p, *wilson)
    near = numeric(got) and np.ndim(got) == 0 and 1e-6 < abs(got - want) < 1
    says = (
        "You are near, and not exact. Is this a simulation? Only n + 1 results k are"
        " possible: add up the probabilities of those whose interval holds p."
    )
    expect_close(got, want, scale=100, tolerance=tolerance, says=says if near else "")


@pytest.mark.points(2)
def test_plain_interval(sol, rng):
    """Of 60 requests and of other numbers; beyond 0 and 1 where it leads there."""
    for k, n in [(39, 60), (1, 60), (59, 60), (60, 60), (0, 5), (1, 1)]:
        check(sol, k, n, False)
    for n in rng.integers(2, 400, size=4).tolist():
        check(sol, int(rng.integers(n + 1)), n, False)


@pytest.mark.points(2)
def test_wilson_interval(sol, rng):
    """Of 60 requests and of other numbers; few of them right, and all."""
    # With none right the lower end is 0, and whatever rounding makes of it.
    for k, n in [(39, 60), (1, 60), (59, 60), (60, 60), (1, 5), (1, 1)]:
        check(sol, k, n, True)
    for n in rng.integers(2, 400, size=4).tolist():
        check(sol, int(rng.integers(1, n + 1)), n, True)


@pytest.mark.points(1)
def test_sixty_requests(sol):
    """A true share of 0.97 and 60 requests: the case of the prediction."""
    check_coverage(sol, 60, 0.97)


@pytest.mark.points(1)
def test_coverage_of_the_plain_interval(sol, rng):
    """Any true share, few requests and many."""
    for n in (1, 2, 7, 100):
        check_coverage(sol, n, float(rng.uniform(0.01, 0.99)))


@pytest.mark.points(1)
def test_coverage_of_the_wilson_interval(sol, rng):
    """The case of the prediction with the other interval, and any true share."""
    check_coverage(sol, 60, 0.97, True)
    check_coverage(sol, 5, 0.1, True)
    for n in (1, 7, 90):
        check_coverage(sol, n, float(rng.uniform(0.01, 0.99)), True)


@pytest.mark.points(1)
def test_two_hundred_requests(sol, rng):
    """With 200 requests, every probability is small, and they still add up."""
    for wilson in (False, True):
        p = float(rng.uniform(0.05, 0.95))
        check_coverage(sol, 200, p, wilson, tolerance=1e-10)
