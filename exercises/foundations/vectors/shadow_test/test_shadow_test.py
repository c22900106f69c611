"""Tests of the exercise `shadow_test`: each wrong projection has its own."""

import pytest

# How many times b fits into the shadow: beyond its tip, on it, or against it.
BEYOND, ON, AGAINST = (1.5, 3), (0.2, 0.8), (-3, -0.5)


def drawn(rng, place, size=None):
    """Return a and b; the shadow of a lies at a place of the line of b."""
    n = int(rng.integers(2, 6))
    power = rng.integers(-3, 4) if size is None else size
    b, other = rng.normal(size=(2, n)) * 10.0**power
    return rng.uniform(*place) * b + other - (other @ b) / (b @ b) * b, b


def expect_refused(name, sol, candidates, rng, place=None, size=None):
    """Try the learner's test on a wrong projection, and on the right one."""

    def draw():
        places = [place] if place else [BEYOND, ON, AGAINST]
        return drawn(rng, places[rng.integers(len(places))], size)

    candidates.expect_refused(name, "project", sol.is_shadow, draw, rng)


@pytest.mark.points(2)
def test_itself(sol, candidates, rng):
    """What returns a itself is refused."""
    expect_refused("itself", sol, candidates, rng)


@pytest.mark.points(1)
def test_origin(sol, candidates, rng):
    """What returns the origin is refused."""
    # A fixed tolerance takes all that is small for right.
    expect_refused("origin", sol, candidates, rng, size=-3)


@pytest.mark.points(1)
def test_left_over(sol, candidates, rng):
    """What returns what is left is refused."""
    expect_refused("left_over", sol, candidates, rng)


@pytest.mark.points(1)
def test_not_divided(sol, candidates, rng):
    """What forgets to divide is refused."""
    expect_refused("not_divided", sol, candidates, rng)


@pytest.mark.points(1)
def test_other_way_round(sol, candidates, rng):
    """What projects b onto a is refused."""
    expect_refused("other_way_round", sol, candidates, rng)


@pytest.mark.points(1)
def test_never_against(sol, candidates, rng):
    """What never points against b is refused."""
    expect_refused("never_against", sol, candidates, rng, AGAINST)


@pytest.mark.points(1)
def test_not_beyond(sol, candidates, rng):
    """What never goes beyond the end of b is refused."""
    expect_refused("not_beyond", sol, candidates, rng, BEYOND)
