"""Tests of the exercise `cross_entropy`: one number at a time, with exact sums."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close, expect_parts

WHOLE = np.array([[0.0, 1.0, 2.0], [3.0, 1.0, 1.0]]), np.array([2, 1])
NAMES = ("loss", "gradient")


def expected(logits, targets):
    """Return the loss and the gradient, entry by entry."""
    losses, gradient = [], np.zeros(logits.shape)
    count = sum(int(t) != -1 for t in targets)
    for i, (row, target) in enumerate(
        zip(logits.tolist(), targets.tolist(), strict=True)
    ):
        if target == -1:
            continue
        top = max(row)
        powers = [math.exp(z - top) for z in row]
        total = math.fsum(powers)
        losses.append(math.log(total) - (row[target] - top))
        for j, power in enumerate(powers):
            gradient[i, j] = (power / total - (j == target)) / count
    return math.fsum(losses) / count, gradient


def check(sol, logits, targets, which):
    """Compare one of the two parts."""
    __tracebackhide__ = True
    parts = expect_parts(sol.cross_entropy(logits, targets), *NAMES)
    got, want = parts[which], expected(logits, targets)[which]
    scale = 1 if which else max(1, abs(want))
    expect_close(got, want, scale=scale, tolerance=1e-11, name=NAMES[which])


@pytest.mark.points(1)
def test_three_tokens_by_hand(sol):
    """The logits 0, ln 2 and ln 5 and the last target give ln 8/5 and (1, 2, -3)/8."""
    logits = np.log(np.array([[1.0, 2.0, 5.0]]))
    for which in (0, 1):
        check(sol, logits, np.array([2]), which)


@pytest.mark.points(1)
def test_the_mean_of_several_rows(sol, rng):
    """The loss is the mean over the rows."""
    for n, width in [(4, 3), (3, 3), (7, 2)]:
        check(sol, rng.normal(size=(n, width)), rng.integers(width, size=n), 0)
    check(sol, *WHOLE, 0)


@pytest.mark.points(1)
def test_the_gradient_of_the_mean(sol, rng):
    """Each row's gradient is its share of the mean's."""
    for n, width in [(4, 3), (3, 3), (7, 2)]:
        check(sol, rng.normal(size=(n, width)), rng.integers(width, size=n), 1)
    check(sol, *WHOLE, 1)


@pytest.mark.points(1)
def test_rows_that_do_not_count(sol, rng):
    """A target of -1 takes its row out of the mean, and its gradient is 0."""
    logits, targets = rng.normal(size=(6, 4)), rng.integers(4, size=6)
    targets[[1, 4]] = -1
    targets[0] = 3
    for which in (0, 1):
        check(sol, logits, targets, which)


@pytest.mark.points(1)
def test_large_logits(sol, rng):
    """Logits of thousands overflow nothing; the nearly impossible stays finite."""
    logits = rng.normal(size=(3, 5)) * np.array([[1e3], [1e-3], [1.0]])
    logits[2] += 5000
    targets = np.array([int(np.argmin(logits[0])), 1, 0])
    for which in (0, 1):
        check(sol, logits, targets, which)


@pytest.mark.points(1)
def test_logits_are_not_changed(sol, rng):
    """What was handed in is as it was, and asking twice gives the same."""
    logits, targets = rng.normal(size=(2, 3)), np.array([0, 2])
    sol.cross_entropy(logits, targets)
    for which in (0, 1):
        check(sol, logits, targets, which)
