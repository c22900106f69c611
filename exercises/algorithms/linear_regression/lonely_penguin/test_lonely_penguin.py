"""Tests of the exercise `lonely_penguin`.

The predictions of least squares do not change with the units of the features, so the
expected ones come from the features as they were measured, by exact fractions.
"""

from fractions import Fraction

import numpy as np
import pytest
from groundup.grader.expect import expect_close, expect_parts


def solved(A, b):
    """Return the solution of a system of equations in fractions."""
    rows = [[*row, right] for row, right in zip(A, b, strict=True)]
    for i in range(len(rows)):
        at = next(j for j in range(i, len(rows)) if rows[j][i])
        rows[i], rows[at] = rows[at], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for j, row in enumerate(rows):
            if j != i:
                rows[j] = [a - row[i] * c for a, c in zip(row, rows[i], strict=True)]
    return [row[-1] for row in rows]


def predicted(X, y, X_new):
    """Return the predictions of the model that was fitted to X and y."""
    design = [[Fraction(1), *map(Fraction, row)] for row in X.tolist()]
    columns = list(zip(*design, strict=True))
    targets = [Fraction(value) for value in y.tolist()]

    def dot(one, other):
        return sum(a * b for a, b in zip(one, other, strict=True))

    products = [[dot(a, b) for b in columns] for a in columns]
    w = solved(products, [dot(a, targets) for a in columns])
    rows = [[Fraction(1), *map(Fraction, row)] for row in X_new.tolist()]
    masses = np.array([float(dot(w, row)) for row in rows])
    per_deviation = np.array([float(slope) for slope in w[1:]]) * X.std(axis=0)
    return masses, np.array([np.mean(y), *per_deviation])


def expect_both(got, want):
    """Compare masses and weights."""
    for mine, wanted, name in zip(
        expect_parts(got, "masses", "w"), want, ("masses", "w"), strict=True
    ):
        expect_close(mine, wanted, name=name, tolerance=1e-11)


def penguins(rng, n, d=2):
    """Return features of different size, and masses."""
    X = (
        rng.normal(size=(n, d)) * np.array([14.0, 2.0, 0.3])[:d]
        + [200.0, 17.0, 1.0][:d]
    )
    return X, -5500 + X @ np.array([50.0, -30.0, 200.0])[:d] + 200 * rng.normal(size=n)


@pytest.mark.points(1)
def test_a_penguin_alone(sol):
    """Flippers of 1, 2 and 3 have masses of 2, 4 and 6: one of 5 has 10."""
    X, y = np.array([[1.0], [2.0], [3.0]]), np.array([2.0, 4.0, 6.0])
    expect_both(
        sol.predictions(X, y, np.array([[5.0]])),
        (np.array([10.0]), np.array([4.0, 2 * np.sqrt(2 / 3)])),
    )


@pytest.mark.points(2)
def test_a_group_of_large_ones(sol, rng):
    """A group of large penguins is predicted heavier than a group of small ones."""
    X, y = penguins(rng, 9)
    large = X[:4] + np.array([30.0, 1.0])
    expect_both(sol.predictions(X, y, large), predicted(X, y, large))
    expect_both(sol.predictions(X, y, X[:2]), predicted(X, y, X[:2]))


@pytest.mark.points(1)
def test_three_features_and_many_new_penguins(sol, rng):
    """More features, more penguins, features of another scale."""
    X, y = penguins(rng, 8, 3)
    new, _ = penguins(rng, 12, 3)
    expect_both(sol.predictions(X, y, new), predicted(X, y, new))
    X, new = X * [1e3, 1.0, 1e-3], new * [1e3, 1.0, 1e-3]
    expect_both(sol.predictions(X, y, new), predicted(X, y, new))


@pytest.mark.points(2)
def test_a_feature_that_is_the_same_for_all_new_ones(sol, rng):
    """Among the new ones a feature may not vary; among the others, too, it may not."""
    X, y = penguins(rng, 7)
    new = X[:3].copy()
    new[:, 1] = 18.5
    expect_both(sol.predictions(X, y, new), predicted(X, y, new))
    same = X.copy()
    same[:, 1] = 18.5
    masses, w = predicted(X[:, :1], y, new[:, :1])
    expect_both(sol.predictions(same, y, new), (masses, np.array([*w, 0.0])))
