"""Tests of the exercise `unsure_dpo`: pair by pair, in numbers of fifty digits."""

from decimal import Decimal, localcontext

import numpy as np
import pytest
from groundup.grader.expect import expect_close, expect_parts

NAMES = ("loss", "d_c", "d_w")


def sigmoid(m):
    """Return 1 / (1 + exp(-m)), and no exponential that is too large."""
    power = (-abs(m)).exp()
    return 1 / (1 + power) if m > 0 else power / (1 + power)


def expected(c, w, c0, w0, beta, doubt):
    """Return the loss and its slopes along c."""
    losses, slopes = [], []
    with localcontext() as context:
        context.prec = 50
        b, e, n = Decimal(beta), Decimal(doubt), len(c)
        for pair in zip(c, w, c0, w0, strict=True):
            p, q, p0, q0 = (Decimal(float(value)) for value in pair)
            m = b * ((p - q) - (p0 - q0))
            right, wrong = sigmoid(m), sigmoid(-m)
            losses.append(-(1 - e) * right.ln() - e * wrong.ln())
            slopes.append(float(b * (e * right - (1 - e) * wrong) / n))
        return float(sum(losses) / n), np.array(slopes)


def check(sol, pairs, beta, *doubt):
    """Compare loss and gradients."""
    found = expect_parts(sol.dpo(*pairs, beta, *doubt), *NAMES)
    loss, slopes = expected(*pairs, beta, *(doubt or [0.0]))
    # What is subtracted may be thousands of times larger than what is left.
    size = beta * max(np.max(abs(array)) for array in pairs) + 1
    expect_close(found[0], loss, scale=size, name="loss")
    expect_close(found[1], slopes, scale=beta * size / len(slopes), name="d_c")
    expect_close(found[2], -slopes, scale=beta * size / len(slopes), name="d_w")


def drawn(rng, n, spread=1.0, mean=-20.0):
    """Return the four logarithms of n pairs."""
    return [mean + spread * rng.normal(size=n) for _ in range(4)]


@pytest.mark.points(1)
def test_two_pairs_by_hand(sol):
    """With probabilities 3 : 1 against 1 : 1 before and beta 1, the loss is ln 4/3."""
    c, w = np.log([0.75, 0.75]), np.log([0.25, 0.25])
    half = np.log([0.5, 0.5])
    found = expect_parts(sol.dpo(c, w, half, half, 1.0), *NAMES)
    wanted = np.log(4 / 3), [-1 / 8, -1 / 8], [1 / 8, 1 / 8]
    for mine, want, name in zip(found, wanted, NAMES, strict=True):
        expect_close(mine, want, name=name)


@pytest.mark.points(2)
def test_without_doubt(sol, rng):
    """Any pairs and any beta; one pair alone; the model that is its own reference."""
    for n, beta in [(5, 0.1), (3, 2.0), (1, 0.5)]:
        check(sol, drawn(rng, n), beta)
    c, w, _, _ = drawn(rng, 4)
    check(sol, [c, w, c, w], 0.3)


@pytest.mark.points(2)
def test_with_doubt(sol, rng):
    """Some preferences are the wrong way round."""
    for n, beta, doubt in [(5, 0.1, 0.2), (3, 2.0, 0.05), (1, 0.5, 0.5)]:
        check(sol, drawn(rng, n), beta, doubt)
    c, w, c0, w0 = np.array([-1.0, -9, -4, -4]), *np.full((3, 4), -4.0)
    check(sol, [c, w, c0, w0], 1.0, 0.25)


@pytest.mark.points(1)
def test_long_texts(sol, rng):
    """Margins of thousands, of either sign, and logarithms of minus ten thousand."""
    for doubt in (0.0, 0.1):
        check(sol, drawn(rng, 4, 500.0, -1e4), 2.0, doubt)
    c, zero = np.array([-3000.0, 0, -800]), np.zeros(3)
    check(sol, [c, zero, zero, zero], 1.0)
    check(sol, [zero, c, zero, zero], 1.0, 0.1)


@pytest.mark.points(1)
def test_where_doubt_is_content(sol, rng):
    """At the margin where both terms pull alike, the gradient is zero."""
    for doubt in (0.1, 0.25):
        beta, c0 = 0.5, rng.normal(size=3)
        c = c0 + np.log((1 - doubt) / doubt) / beta
        check(sol, [c, np.zeros(3), c0, np.zeros(3)], beta, doubt)
