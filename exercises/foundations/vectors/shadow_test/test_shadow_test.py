"""Tests of the exercise `shadow_test`: each wrong projection has its own."""

import pytest


def drawn(rng, beyond):
    """Return a and b; the shadow of a ends beyond the tip of b, or points against b."""
    n = int(rng.integers(2, 6))
    b, other = rng.normal(size=(2, n)) * 10.0 ** rng.integers(-3, 4)
    left = other - (other @ b) / (b @ b) * b
    return (rng.uniform(1.5, 3) if beyond else -rng.uniform(0.5, 3)) * b + left, b


def expect_refused(name, sol, candidates, rng, beyond=None):
    """Try the learner's test on a wrong projection, and on the right one."""

    def draw():
        return drawn(rng, rng.random() < 0.5 if beyond is None else beyond)

    candidates.expect_refused(name, "project", sol.is_shadow, draw, rng)


@pytest.mark.points(2)
def test_itself(sol, candidates, rng):
    """What returns a itself is refused."""
    expect_refused("itself", sol, candidates, rng)


@pytest.mark.points(1)
def test_origin(sol, candidates, rng):
    """What returns the origin is refused."""
    expect_refused("origin", sol, candidates, rng)


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
    expect_refused("never_against", sol, candidates, rng, beyond=False)


@pytest.mark.points(1)
def test_not_beyond(sol, candidates, rng):
    """What never goes beyond the end of b is refused."""
    expect_refused("not_beyond", sol, candidates, rng, beyond=True)
