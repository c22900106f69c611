"""Tests of the exercise `stable_gram_schmidt`.

Ordinary columns are made of known Q and R. For nearly dependent ones no digit of Q is
sure but for its right angles, and these are what is asked for.
"""

import numpy as np
import pytest
from groundup.grader.expect import expect_close, expect_parts

ROUNDS = (
    " Of columns that are nearly the same, a large part of what one round leaves is"
    " rounding, which is at right angles to nothing: its shadows have to be subtracted,"
    " too, before it is made one unit long."
)


def both(sol, V):
    """Return the parts of an answer."""
    return expect_parts(sol.gram_schmidt(V), "Q", "R")


def expect_both(got, want, tolerance=1e-12):
    """Compare directions and coefficients."""
    for mine, wanted, name in zip(got, want, ("Q", "R"), strict=True):
        expect_close(mine, wanted, name=name, tolerance=tolerance)


def planted(rng, n, k):
    """Return directions and coefficients with a diagonal that is not small."""
    Q, R = np.linalg.qr(rng.normal(size=(n, k)))
    R = np.triu(rng.normal(size=(k, k)), 1) + np.diag(rng.uniform(1, 2, size=k))
    return Q, R


def expect_right_angles(sol, V, alike=""):
    """Expect unit columns at right angles up to rounding, and that they give V back."""
    Q, R = both(sol, V)
    k = V.shape[1]
    expect_close(np.shape(Q), V.shape, says="This is the shape of `Q`.")
    angles = np.asarray(Q).T @ np.asarray(Q)
    # Twice is enough: some units of rounding for each column, at any condition number.
    says = "These are the dot products of the columns of your `Q` with each other."
    says += alike
    expect_close(angles, np.eye(k), tolerance=1e-14 * k, says=says)
    says = "This is your `Q` times your `R`, which has to be `V`."
    expect_close(np.asarray(Q) @ np.asarray(R), V, tolerance=1e-14 * k, says=says)
    expect_close(
        np.tril(R, -1), np.zeros((k, k)), scale=1.0, says="Below its diagonal."
    )


@pytest.mark.points(1)
def test_two_columns_by_hand(sol):
    """Of (3, 4) and (5, 10) come (0.6, 0.8) and (-0.8, 0.6)."""
    Q, R = [[0.6, -0.8], [0.8, 0.6]], [[5.0, 11.0], [0.0, 2.0]]
    expect_both(both(sol, np.array([[3.0, 5], [4, 10]])), (Q, R))


@pytest.mark.points(1)
def test_one_column(sol, rng):
    """A single column is made one unit long."""
    v = rng.normal(size=(6, 1)) * 1e3
    length = np.sqrt(np.sum(v**2))
    expect_both(both(sol, v), (v / length, [[length]]))
    expect_both(both(sol, np.array([[-3.0]])), ([[-1.0]], [[3.0]]))


@pytest.mark.points(2)
def test_columns_of_known_directions(sol, rng):
    """Where directions and coefficients are known, they are found, in any unit."""
    for n, k, unit in [(5, 3, 1.0), (9, 4, 1e3), (4, 4, 1e-3), (12, 2, 1.0)]:
        Q, R = planted(rng, n, k)
        # R is well conditioned: its diagonal is 1 to 2, and k is small.
        expect_both(both(sol, unit * Q @ R), (Q, unit * R), tolerance=1e-11)


@pytest.mark.points(1)
def test_the_columns_given_stay_as_they_are(sol, rng):
    """Ordinary columns, some at right angles already, are given back by Q times R."""
    expect_right_angles(sol, rng.normal(size=(10, 4)))
    expect_right_angles(sol, np.array([[2.0, 0, 0], [0, 0, 3], [0, 5, 0], [0, 0, 0]]))


@pytest.mark.points(2)
def test_columns_that_are_nearly_the_same(sol):
    """Columns that differ by a hundred-millionth still give right angles."""
    # All styles of one round lose the same digits here, and so are told the same.
    for e in (1e-8, 1e-9):
        V = np.vstack([np.ones(3), e * np.eye(3)])
        expect_right_angles(sol, V)
        expect_right_angles(sol, 1024 * V)


@pytest.mark.points(1)
def test_many_columns_around_one(sol, rng):
    """Fifty-one columns that differ from one another by a ten-millionth or less."""
    # What rounding leaves differs from style to style, so no known answer is compared:
    # that is not done where so many numbers are handed in.
    around = rng.normal(size=(1990, 1))
    for e in (1e-7, 1e-9):
        V = around + e * rng.normal(size=(1990, 51))
        expect_right_angles(sol, V, ROUNDS)
        expect_right_angles(sol, 1e3 * V, ROUNDS)
