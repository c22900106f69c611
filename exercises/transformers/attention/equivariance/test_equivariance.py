"""Tests of the exercise `equivariance`, on permutations that are not their inverse."""

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_close


def an_order(rng, n):
    """Return a permutation that differs from its own inverse."""
    while True:
        order = rng.permutation(n)
        if (order != np.argsort(order)).any():
            return order


@pytest.mark.points(1)
def test_a_shuffle_is_undone(sol, rng):
    """After a shuffle and its restoration, every word stands where it stood."""
    for n, d in [(3, 2), (4, 4), (8, 1)]:
        x, order = rng.normal(size=(n, d)), an_order(rng, n)
        expect_close(sol.restored(x[order], order), x)
    expect_close(sol.restored(x[:1], np.array([0])), x[:1])


@pytest.mark.points(1)
def test_who_saw_whom_still_does(sol, rng):
    """Words that could see each other still can, and no others."""
    for n in (3, 6):
        order, mask = an_order(rng, n), rng.random((n, n)) < 0.5
        mask[0], mask[:, 0] = True, False  # rows and columns are told apart
        want = np.array([[mask[a, b] for b in order] for a in order])
        expect_close(sol.shuffled_mask(mask, order), want)


@pytest.mark.points(1)
def test_shuffled_output_is_recognized(sol, rng):
    """Output that is shuffled like the input passes, also when rounded otherwise."""
    for size in (1e-3, 1.0, 1e6):
        out, order = rng.normal(size=(5, 3)) * size, an_order(rng, 5)
        rounded = out[order] + 1e-12 * np.max(np.abs(out)) * rng.uniform(-1, 1, (5, 3))
        for shuffled in (out[order], rounded):
            got = bool(sol.is_equivariant(out, shuffled, order))
            expect(got, f"Entries of size {size:g}: the rows are those of out[order].")
    out, order = rng.normal(size=(5, 3)), an_order(rng, 5)
    out[0, 0] = 0
    got = bool(sol.is_equivariant(out, out[order] + 1e-12, order))
    expect(got, "An entry of 0 became 1e-12 by rounding, far below the largest.")
    below, order = -np.abs(rng.normal(size=(5, 3))) - 1, an_order(rng, 5)
    below[0, 0] = -1e6
    got = bool(sol.is_equivariant(below, below[order] + 1e-5, order))
    expect(got, "Entries below zero, the largest of them in size is the yardstick.")
    got = bool(sol.is_equivariant(below, below[order] + 4e-4, order))
    expect(got, "Every entry was off by less than it may be.")
    zero = np.zeros((2, 2))
    got = bool(sol.is_equivariant(zero, zero, np.array([1, 0])))
    expect(got, "Outputs that are all 0 are equal, also when they are shuffled.")


@pytest.mark.points(1)
def test_other_output_is_refused(sol, rng):
    """Rows in any other order, or one entry that moved, do not pass."""
    for size in (1e-6, 1.0):
        out, order = rng.normal(size=(5, 3)) * size, an_order(rng, 5)
        moved = out[order].copy()
        moved[2, 1] += 1e-6 * np.max(np.abs(out))
        lower = out[order].copy()
        lower[3, 0] -= 1e-6 * np.max(np.abs(out))
        others = {"as out itself": out, "in the inverse order": out[np.argsort(order)]}
        others |= {"with an entry raised": moved, "with an entry lowered": lower}
        for what, shuffled in others.items():
            got = bool(sol.is_equivariant(out, shuffled, order))
            expect(not got, f"Rows {what}, of size {size:g}, passed.")


@pytest.mark.points(1)
def test_not_a_number_is_refused(sol, rng):
    """An output with a NaN is never equivariant."""
    out, order = rng.normal(size=(4, 2)), an_order(rng, 4)
    broken = out[order].copy()
    broken[1, 1] = np.nan
    expect(not bool(sol.is_equivariant(out, broken, order)), "A NaN passed.")
    out[order[1], 1] = np.nan
    expect(not bool(sol.is_equivariant(out, broken, order)), "A NaN in both passed.")
