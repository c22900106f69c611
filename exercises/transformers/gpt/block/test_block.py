"""Tests of the exercise `block`: one token and one head at a time."""

import math

import numpy as np
import pytest
from groundup.grader.expect import expect_close

SIZES = {
    "attn.c_attn": (1, 3),
    "attn.c_proj": (1, 1),
    "mlp.c_fc": (1, 4),
    "mlp.c_proj": (4, 1),
}


def weights(rng, d, size=0.5):
    """Return weights of a block, of every part."""
    w = {}
    for name in ("ln_1", "ln_2"):
        w[f"{name}.weight"], w[f"{name}.bias"] = (
            1 + rng.normal(size=d) / 3,
            rng.normal(size=d),
        )
    for name, (rows, columns) in SIZES.items():
        w[f"{name}.weight"] = size * rng.normal(size=(rows * d, columns * d))
        w[f"{name}.bias"] = size * rng.normal(size=columns * d)
    return w


def normed(x, w, name):
    """Return one vector after a norm."""
    spread = math.sqrt(np.var(x) + 1e-5)
    return (x - np.mean(x)) / spread * w[f"{name}.weight"] + w[f"{name}.bias"]


def linear(x, w, name):
    """Return one vector after a linear layer."""
    return x @ w[f"{name}.weight"] + w[f"{name}.bias"]


def expected(x, w, heads):
    """Return the block's result, token by token and head by head."""
    d = x.shape[1]
    e = d // heads
    qkv = [linear(normed(row, w, "ln_1"), w, "attn.c_attn") for row in x]
    result = np.zeros(x.shape)
    for t, row in enumerate(x):
        found = np.zeros(d)
        for h in range(heads):
            mine = slice(h * e, (h + 1) * e)
            q = qkv[t][:d][mine]
            scores = [q @ qkv[s][d : 2 * d][mine] / math.sqrt(e) for s in range(t + 1)]
            powers = [math.exp(score - max(scores)) for score in scores]
            for s, power in enumerate(powers):
                found[mine] += power / math.fsum(powers) * qkv[s][2 * d :][mine]
        told = row + linear(found, w, "attn.c_proj")
        wide = linear(normed(told, w, "ln_2"), w, "mlp.c_fc")
        active = [
            z / 2 * (1 + math.tanh(math.sqrt(2 / math.pi) * (z + 0.044715 * z**3)))
            for z in wide
        ]
        result[t] = told + linear(np.array(active), w, "mlp.c_proj")
    return result


def check(sol, x, w, heads):
    """Compare the block with the one computed token by token."""
    __tracebackhide__ = True
    want = expected(x, w, heads)
    scale = max(1.0, np.max(np.abs(want)))
    expect_close(sol.block(x, w, heads), want, scale=scale, tolerance=1e-11)


@pytest.mark.points(1)
def test_silent_branches_leave_the_stream(sol, rng):
    """Where both branches end in zeros, the stream comes out as it went in."""
    w, x = weights(rng, 4), rng.normal(size=(3, 4))
    for name in ("attn.c_proj", "mlp.c_proj"):
        w[f"{name}.weight"], w[f"{name}.bias"] = (
            0 * w[f"{name}.weight"],
            0 * w[f"{name}.bias"],
        )
    check(sol, x, w, 2)


@pytest.mark.points(1)
def test_one_token(sol, rng):
    """A single token sees itself alone."""
    check(sol, rng.normal(size=(1, 6)), weights(rng, 6), 1)


@pytest.mark.points(1)
def test_no_token_sees_ahead(sol, rng):
    """With one head, each token reads from those before it and from itself."""
    check(sol, rng.normal(size=(5, 4)), weights(rng, 4), 1)


@pytest.mark.points(1)
def test_several_heads(sol, rng):
    """Each head has neighboring features of its own, and scores scaled by its width."""
    for heads, d in [(2, 4), (3, 6), (4, 4)]:
        check(sol, rng.normal(size=(4, d)), weights(rng, d), heads)


@pytest.mark.points(1)
def test_large_scores(sol, rng):
    """Scores of thousands overflow nothing."""
    w, x = weights(rng, 4), rng.normal(size=(3, 4))
    w["attn.c_attn.weight"][:, :8] *= 60
    check(sol, x, w, 2)


@pytest.mark.points(1)
def test_streams_of_any_size(sol, rng):
    """A quiet stream and a loud one are normed before they are read."""
    for size in (1e-3, 1e3):
        check(sol, size * rng.normal(size=(3, 4)), weights(rng, 4), 2)
