"""Tests of the exercise `thin_gradients`: a loss is watched while entries move.

The loss is computed with complex numbers: moved by an imaginary step, its imaginary
part is the derivative, without the rounding of a difference.
"""

import numpy as np
import pytest
from groundup.grader.expect import expect_close, expect_parts

STEP = 1e-30
NAMES = ("d_A", "d_s", "d_B")


def derivatives(d_y, x, thin, which):
    """Return the derivatives of the sum of d_y times y for one of A, s and B."""
    found = np.zeros(thin[which].shape)
    for place in np.ndindex(*found.shape):
        moved = [array.astype(complex) for array in thin]
        moved[which][place] += 1j * STEP
        A, s, B = moved
        y = np.einsum("...i,ik,k,kj->...j", x, A, s, B)
        found[place] = np.sum(d_y * y).imag / STEP
    return found


def drawn(rng, leading, d_in, rank, d_out):
    """Return the output's gradient, x, and A, s and B."""
    d_y, x = rng.normal(size=(*leading, d_out)), rng.normal(size=(*leading, d_in))
    A, B = rng.normal(size=(d_in, rank)), rng.normal(size=(rank, d_out))
    return d_y, x, [A, rng.normal(size=rank), B]


def check(sol, d_y, x, thin, names=NAMES):
    """Compare the gradients of these names."""
    found = expect_parts(sol.thin_gradients(d_y, x, *thin), *NAMES)
    # What is added up is of the size of the inputs, however small the sum is.
    size = np.max(abs(d_y), initial=0) * np.max(abs(x), initial=0)
    size *= np.prod([max(1, np.max(abs(array))) for array in thin]) * x.size
    for name in names:
        which = NAMES.index(name)
        want = derivatives(d_y, x, thin, which)
        expect_close(found[which], want, scale=size, name=name)


SHAPES = [((4,), 3, 2, 5), ((2,), 5, 3, 1), ((3,), 3, 3, 3), ((1,), 2, 1, 4)]


@pytest.mark.points(1)
def test_one_token_by_hand(sol):
    """With x = (1, 2), A of ones and B = (1, 7), the slopes for s are (3, 21)."""
    thin = [np.ones((2, 2)), np.array([3.0, 5]), np.array([[1.0], [7]])]
    found = expect_parts(
        sol.thin_gradients(np.array([[1.0]]), np.array([[1.0, 2]]), *thin), *NAMES
    )
    wanted = [[3, 35], [6, 70]], [3, 21], [[9], [15]]
    for mine, want, name in zip(found, wanted, NAMES, strict=True):
        expect_close(mine, want, name=name)


@pytest.mark.points(2)
def test_gradient_by_a(sol, rng):
    """A gets what comes back through B and s."""
    for shape in SHAPES:
        check(sol, *drawn(rng, *shape), ["d_A"])


@pytest.mark.points(2)
def test_gradient_by_s(sol, rng):
    """Each weight gets a sum over all tokens, with equal weights and with zeros too."""
    for shape in SHAPES:
        d_y, x, (A, s, B) = drawn(rng, *shape)
        for weights in (s, np.full(len(s), 0.5), np.zeros(len(s))):
            check(sol, d_y, x, [A, weights, B], ["d_s"])


@pytest.mark.points(2)
def test_gradient_by_b(sol, rng):
    """B gets what went into it."""
    for shape in SHAPES:
        check(sol, *drawn(rng, *shape), ["d_B"])


@pytest.mark.points(1)
def test_several_texts_and_one_vector(sol, rng):
    """However many axes there are in front, all tokens add up."""
    for leading in [(2, 3), (2, 2, 2), ()]:
        check(sol, *drawn(rng, leading, 3, 2, 4))


@pytest.mark.points(1)
def test_no_tokens(sol, rng):
    """Without a token, nothing is to be learned: all gradients are zero."""
    check(sol, *drawn(rng, (0,), 3, 2, 4))


@pytest.mark.points(1)
def test_wide_layers(sol, rng):
    """From 20,000 numbers to 20,000, without an array of the size of the matrix."""
    d, n = 20_000, 3
    x, d_y = rng.normal(size=(n, d)), rng.normal(size=(n, d))
    A, s, B = rng.normal(size=(d, 2)), rng.normal(size=2), rng.normal(size=(2, d))
    found = expect_parts(sol.thin_gradients(d_y, x, A, s, B), *NAMES)
    down = np.einsum("ni,ik->nk", x, A)
    back = np.einsum("nj,kj->nk", d_y, B)
    wanted = (
        np.einsum("ni,nk,k->ik", x, back, s),
        np.einsum("nk,nk->k", down, back),
        np.einsum("nk,k,nj->kj", down, s, d_y),
    )
    for mine, want, name in zip(found, wanted, NAMES, strict=True):
        expect_close(mine, want, scale=d * np.max(abs(want)), name=name)
