"""Tests of the exercise `gradient_test`: each wrong gradient has its own."""

import numpy as np
import pytest
from groundup.grader.verdict import Verdict


def expect_refused(name, sol, candidates, rng):
    """Try the learner's test on a wrong gradient, and on the right one.

    At sizes of a thousand the sine hardly counts: a wrong sine is tried at the others.
    """
    sizes = [1e-3, 1.0] if name in ("inner", "sign") else [1e-3, 1.0, 1e3]
    value = 0.0

    def draw():
        nonlocal value
        n = rng.integers(2, 6)
        a = rng.uniform(1, 3, size=n) * rng.choice([-1, 1], size=n)
        x = rng.choice(sizes) * rng.uniform(0.5, 1, size=n) * rng.choice([-1, 1], n)
        value = float(np.sin(a @ x) + x @ x)
        return a, x

    try:
        candidates.expect_refused(name, "gradient", sol.is_gradient, draw, rng)
    except Verdict as refused:
        if "refuses this right" not in str(refused):
            raise
        raise Verdict(
            f"{refused} Here f is {value:.1e}, and its last digit is worth"
            f" {np.spacing(abs(value)):.0e}. Divided by your step, is that far below"
            " what you allow?"
        ) from None


@pytest.mark.points(1)
def test_downhill(sol, candidates, rng):
    """The negative of the gradient is refused."""
    expect_refused("downhill", sol, candidates, rng)


@pytest.mark.points(1)
def test_doubled(sol, candidates, rng):
    """Twice the gradient is refused."""
    expect_refused("doubled", sol, candidates, rng)


@pytest.mark.points(1)
def test_inner(sol, candidates, rng):
    """The gradient that forgets the inner derivative is refused."""
    expect_refused("inner", sol, candidates, rng)


@pytest.mark.points(1)
def test_sign(sol, candidates, rng):
    """The gradient with a wrong sign in one of its parts is refused."""
    expect_refused("sign", sol, candidates, rng)


@pytest.mark.points(1)
def test_last_entry(sol, candidates, rng):
    """The gradient whose last entry alone is wrong is refused."""
    expect_refused("last_entry", sol, candidates, rng)


@pytest.mark.points(1)
def test_nearly(sol, candidates, rng):
    """The gradient whose entries are a little too low is refused."""
    expect_refused("nearly", sol, candidates, rng)


@pytest.mark.points(1)
def test_not_a_number(sol, candidates, rng):
    """The gradient with a NaN in it is refused."""
    expect_refused("not_a_number", sol, candidates, rng)
