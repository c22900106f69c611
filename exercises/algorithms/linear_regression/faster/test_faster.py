"""Tests of the exercise `faster`.

Along each axis of the valley the gradient shrinks by the same factor in each step: the
counts that are expected come from the axes, without a step.
"""

import numpy as np
import pytest
from groundup.grader.expect import expect_close

FLIPPERS = [181, 186, 195, 193, 190, 182, 211, 230, 210, 218, 222, 217]
BILLS = [18.7, 17.4, 18.0, 19.3, 20.6, 19.1, 13.2, 16.3, 14.1, 15.2, 15.9, 14.5]
MASSES = [3750, 3800, 3250, 3450, 3650, 3200, 4500, 5700, 4450, 5700, 5350, 5000]


def counted(X, y):
    """Return the number of steps, from the gradient along each axis of the valley."""
    curvatures, axes = np.linalg.eigh(2 / len(X) * X.T @ X)
    along = axes.T @ (2 / len(X) * X.T @ y)
    factors = 1 - curvatures / curvatures[-1]

    def length(steps):
        return np.linalg.norm(along * factors**steps)

    few, many = 0, 1
    while length(many) > 1e-6 * length(0):
        few, many = many, 2 * many
    while many - few > 1:
        middle = (few + many) // 2
        few, many = (
            (middle, many) if length(middle) > 1e-6 * length(0) else (few, middle)
        )
    return many if length(0) else 0


def data(rng, n, scales):
    """Return centered features of these sizes, and centered targets."""
    X = rng.normal(size=(n, len(scales))) * scales
    y = X @ rng.normal(size=len(scales)) + rng.normal(size=n)
    return X - X.mean(axis=0), y - y.mean()


@pytest.mark.points(2)
def test_the_penguins(sol):
    """The twelve penguins of the prediction."""
    X = np.column_stack([FLIPPERS, BILLS])
    y = np.array(MASSES, dtype=float)
    X, y = X - X.mean(axis=0), y - y.mean()
    ratio = counted(X, y) / counted(X / X.std(axis=0), y)
    expect_close(sol.speedup(X, y), ratio)  # first: it is what was predicted
    expect_close(sol.steps_needed(X, y), counted(X, y))


@pytest.mark.points(2)
def test_the_steps(sol, rng):
    """As many steps as it takes, on round valleys and on long ones."""
    for n, scales in [
        (20, [1.0, 1.0]),
        (9, [1.0, 3.0, 5.0]),
        (15, [1e3, 4e3]),
        (8, [1e-3]),
    ]:
        X, y = data(rng, n, np.array(scales))
        expect_close(sol.steps_needed(X, y), counted(X, y))


@pytest.mark.points(1)
def test_nothing_to_do(sol, rng):
    """Where the gradient is zero at the start, no step is needed."""
    X, _ = data(rng, 6, np.array([1.0, 2.0]))
    expect_close(sol.steps_needed(X, np.zeros(6)), 0)


@pytest.mark.points(1)
def test_other_data(sol, rng):
    """Whatever the sizes and the correlation of the features are."""
    for scales in [[1.0, 6.0], [2.0, 2.0], [1.0, 2.0, 4.0]]:
        X, y = data(rng, 25, np.array(scales))
        X[:, 1] += X[:, 0]
        ratio = counted(X, y) / counted(X / X.std(axis=0), y)
        expect_close(sol.speedup(X, y), ratio)
