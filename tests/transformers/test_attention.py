"""Attention: numbers by hand, PyTorch and its gradients, masks, heads, bad input."""

from __future__ import annotations

from collections.abc import Callable
from itertools import product
from typing import Any

import numpy as np
import pytest
from groundup.foundations.calculus import check_gradient
from groundup.transformers import attention as at
from hypothesis import given, settings
from hypothesis import strategies as st

torch = pytest.importorskip("torch")
peer = torch.nn.functional.scaled_dot_product_attention

SHAPES = [  # leading axes, heads of queries, heads of keys, T, S, d, c
    ((), 1, 1, 1, 1, 1, 1),
    ((), 2, 2, 5, 5, 4, 4),
    ((3,), 2, 2, 4, 7, 8, 3),
    ((2,), 6, 2, 5, 5, 4, 4),
    ((2,), 4, 1, 3, 6, 16, 5),
    ((1, 2), 3, 3, 8, 8, 2, 2),
]
MASKS = ["none", "causal", "boolean", "nothing", "numbers"]


def case(shape: tuple[Any, ...], mask: str, seed: int = 0) -> tuple[Any, ...]:
    """Return q, k, v and a mask."""
    leading, heads, groups, T, S, d, c = shape
    rng = np.random.default_rng(seed)
    q = rng.normal(size=(*leading, heads, T, d))
    k = rng.normal(size=(*leading, groups, S, d))
    v = rng.normal(size=(*leading, groups, S, c))
    hidden = rng.random((*leading, heads, T, S)) < 0.6
    masks = {
        "none": None,
        "causal": at.causal_mask(T, S),
        "boolean": hidden | (np.arange(S) == 0),
        "nothing": hidden & (np.arange(T) > 0)[:, None],  # the first query sees nothing
        "numbers": rng.normal(size=(T, S)),
    }
    return q, k, v, masks[mask]


@pytest.mark.parametrize(("shape", "mask"), list(product(SHAPES, MASKS)))
def test_output_and_gradients_are_those_of_pytorch(
    shape: tuple[Any, ...], mask: str
) -> None:
    q, k, v, seen = case(shape, mask)
    ours, cache = at.attention_forward(q, k, v, seen)
    arrays = [torch.tensor(a, requires_grad=True) for a in (q, k, v)]
    tensor = None if seen is None else torch.tensor(seen)
    theirs = peer(*arrays, attn_mask=tensor, enable_gqa=True)
    np.testing.assert_allclose(ours, theirs.detach().numpy(), atol=1e-14)
    d_out = np.random.default_rng(1).normal(size=ours.shape)
    theirs.backward(torch.tensor(d_out))
    for mine, array in zip(at.attention_backward(d_out, cache), arrays, strict=True):
        np.testing.assert_allclose(mine, array.grad.numpy(), atol=1e-13)


def test_a_scale_stands_in_for_the_root_of_the_features() -> None:
    q, k, v, _ = case(SHAPES[3], "none")
    theirs = peer(*map(torch.tensor, (q, k, v)), scale=0.3, enable_gqa=True).numpy()
    ours = at.scaled_dot_product_attention(q, k, v, scale=0.3)
    np.testing.assert_allclose(ours, theirs, atol=1e-14)


def test_queries_are_grouped_without_a_batch_as_in_one() -> None:
    q, k, v, _ = case(SHAPES[3], "none")
    whole = at.scaled_dot_product_attention(q, k, v)
    for text in range(2):
        one = at.scaled_dot_product_attention(q[text], k[text], v[text])
        np.testing.assert_array_equal(one, whole[text])


@pytest.mark.parametrize("leading", [(0,), (0, 1), (1, 0), (3, 0), (0, 1, 2)])
def test_where_there_is_nobody_to_ask_nothing_comes_out(
    leading: tuple[int, ...],
) -> None:
    *before, _ = leading
    k = np.ones((*before, 4, 3))
    out, cache = at.attention_forward(np.ones((*leading, 3)), k, k)
    assert out.shape == (*leading, 3)
    d_q, d_k, _ = at.attention_backward(out, cache)
    assert d_q.shape == out.shape and d_k.shape == k.shape and not d_k.any()


def test_keys_and_values_are_not_copied() -> None:
    q, k, v, _ = case(SHAPES[2], "none")
    _, cache = at.attention_forward(q, k, v)
    assert np.shares_memory(cache.k, k) and np.shares_memory(cache.v, v)


def test_is_causal_means_the_same_to_pytorch_where_lengths_are_equal() -> None:
    q, k, v, mask = case(SHAPES[1], "causal")
    theirs = peer(*map(torch.tensor, (q, k, v)), is_causal=True).numpy()
    ours = at.scaled_dot_product_attention(q, k, v, mask)
    np.testing.assert_allclose(ours, theirs, atol=1e-14)


@pytest.mark.parametrize("mask", MASKS)
@pytest.mark.parametrize("shape", [SHAPES[2], SHAPES[4]], ids=str)
def test_gradients_agree_with_finite_differences(
    shape: tuple[Any, ...], mask: str
) -> None:
    *inputs, seen = case(shape, mask)
    out, cache = at.attention_forward(*inputs, seen)
    d_out = np.random.default_rng(2).normal(size=out.shape)
    for which, gradient in enumerate(at.attention_backward(d_out, cache)):

        def loss(moved: Any, which: int = which) -> float:
            at_h = [*inputs[:which], moved, *inputs[which + 1 :]]
            return float(np.sum(d_out * at.scaled_dot_product_attention(*at_h, seen)))

        found = check_gradient(loss, lambda _, g=gradient: g, inputs[which])
        assert found < 1e-8


def test_three_words_by_hand() -> None:
    scores = np.log([1.0, 2.0, 5.0])
    np.testing.assert_allclose(at.softmax(scores), [1 / 8, 2 / 8, 5 / 8], rtol=1e-15)
    jacobian = 64 * at.softmax_jacobian([1 / 8, 2 / 8, 5 / 8])
    np.testing.assert_array_equal(jacobian[0], [7, -2, -5])


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(-1e4, 1e4), min_size=1, max_size=9), st.floats(-1e4, 1e4))
def test_weights_add_up_to_one_and_a_shift_changes_nothing(
    scores: list[float], shift: float
) -> None:
    weights = at.softmax(scores)
    assert weights.sum() == pytest.approx(1) and (weights >= 0).all()
    moved = at.softmax(np.add(scores, shift))
    np.testing.assert_allclose(moved, weights, atol=1e-10)


def test_a_query_that_may_see_nothing_gets_nothing_and_warns_of_nothing() -> None:
    q, k, v, _ = case(SHAPES[2], "none")
    mask = np.ones((4, 7), dtype=bool)
    mask[2] = False
    for seen in (mask, np.where(mask, 0.0, -np.inf)):
        out, cache = at.attention_forward(q, k, v, seen)
        assert not out[..., 2, :].any() and not cache.weights[..., 2, :].any()
        d_q, *_ = at.attention_backward(np.ones_like(out), cache)
        assert not d_q[..., 2, :].any() and np.isfinite(d_q).all()
    np.testing.assert_array_equal(at.softmax([-np.inf, -np.inf]), [0, 0])
    assert at.scaled_dot_product_attention(q, k[..., :0, :], v[..., :0, :]).any() == 0


def test_inputs_are_left_as_they_were() -> None:
    q, k, v, mask = case(SHAPES[3], "numbers")
    before = [a.copy() for a in (q, k, v, mask)]
    out, cache = at.attention_forward(q, k, v, mask)
    at.attention_backward(out, cache)
    at.softmax(q)
    for array, old in zip((q, k, v, mask), before, strict=True):
        np.testing.assert_array_equal(array, old)


def test_float32_stays_float32() -> None:
    q, k, v, mask = case(SHAPES[3], "causal")
    single = [a.astype(np.float32) for a in (q, k, v)]
    out, cache = at.attention_forward(*single, mask)
    assert out.dtype == np.float32 == at.softmax(single[0]).dtype
    d_out = np.ones_like(out)
    assert all(g.dtype == np.float32 for g in at.attention_backward(d_out, cache))
    np.testing.assert_allclose(
        out, at.scaled_dot_product_attention(q, k, v, mask), atol=1e-5
    )
    assert at.softmax([1, 2]).dtype == np.float64


def test_the_last_query_sees_all_keys_of_a_cache() -> None:
    assert at.causal_mask(2, 4).tolist() == [[True] * 3 + [False], [True] * 4]
    q, k, v, mask = case(SHAPES[1], "causal")
    whole = at.scaled_dot_product_attention(q, k, v, mask)
    last = at.scaled_dot_product_attention(q[:, -2:], k, v, at.causal_mask(2, 5))
    np.testing.assert_allclose(last, whole[:, -2:], rtol=1e-13)


def test_the_future_leaves_no_trace_under_a_causal_mask() -> None:
    q, k, v, mask = case(SHAPES[1], "causal")
    out = at.scaled_dot_product_attention(q, k, v, mask)
    k[..., -1, :], v[..., -1, :] = 1e6, -1e6
    changed = at.scaled_dot_product_attention(q, k, v, mask)
    np.testing.assert_array_equal(changed[..., :-1, :], out[..., :-1, :])


def test_heads_are_split_without_a_copy_and_merged_again() -> None:
    x = np.arange(24.0).reshape(2, 3, 4)
    split = at.split_heads(x, 2)
    assert split.shape == (2, 2, 3, 2) and np.shares_memory(split, x)
    np.testing.assert_array_equal(split[1, 1], x[1, :, 2:])
    np.testing.assert_array_equal(at.merge_heads(split), x)
    for one in (x[0], x[None, None]):  # of fewer axes, and of more
        split = at.split_heads(one, 2)
        assert split.shape == (*one.shape[:-2], 2, 3, 2)
        np.testing.assert_array_equal(split[..., 1, :, :], one[..., 2:])
        np.testing.assert_array_equal(at.merge_heads(split), one)


@pytest.mark.parametrize("shared", [6, 3, 1])
def test_every_gradient_of_the_layer_agrees_with_autograd(shared: int) -> None:
    layer = at.MultiHeadAttention(12, 6, shared, seed=4)
    rng = np.random.default_rng(5)
    x, mask = rng.normal(size=(2, 5, 12)), at.causal_mask(5)
    out = layer.forward(x, mask)
    d_out = rng.normal(size=out.shape)
    d_x = layer.backward(d_out)
    w = {n: torch.tensor(a, requires_grad=True) for n, a in layer.parameters.items()}
    tx = torch.tensor(x, requires_grad=True)
    heads = [
        (tx @ w[n]).unflatten(-1, (-1, 2)).transpose(1, 2)
        for n in ("w_q", "w_k", "w_v")
    ]
    mixed = peer(*heads, attn_mask=torch.tensor(mask), enable_gqa=True)
    theirs = mixed.transpose(1, 2).flatten(-2) @ w["w_o"]
    theirs.backward(torch.tensor(d_out))
    np.testing.assert_allclose(out, theirs.detach().numpy(), atol=1e-13)
    np.testing.assert_allclose(d_x, tx.grad.numpy(), atol=1e-13)
    for name, gradient in layer.gradients.items():
        np.testing.assert_allclose(gradient, w[name].grad.numpy(), atol=1e-12)


def test_the_layer_is_pytorch_s_with_the_same_weights() -> None:
    layer = at.MultiHeadAttention(8, 2)
    theirs = torch.nn.MultiheadAttention(8, 2, bias=False, batch_first=True).double()
    w = layer.parameters
    joined = np.concatenate([w[n].T for n in ("w_q", "w_k", "w_v")])
    with torch.no_grad():
        theirs.in_proj_weight.copy_(torch.tensor(joined))
        theirs.out_proj.weight.copy_(torch.tensor(w["w_o"].T))
    x = np.random.default_rng(0).normal(size=(3, 4, 8))
    found = theirs(*[torch.tensor(x)] * 3, need_weights=False)[0].detach().numpy()
    np.testing.assert_allclose(layer.forward(x), found, atol=1e-14)


def test_weights_are_drawn_around_zero_with_the_root_of_the_width() -> None:
    one, same = at.MultiHeadAttention(256, 1), at.MultiHeadAttention(256, 1, seed=0)
    for name, drawn in one.parameters.items():
        assert np.array_equal(drawn, same.parameters[name])
        assert abs(drawn.mean()) < 0.001
        assert drawn.std() == pytest.approx(1 / 16, rel=0.02)


def test_a_mask_of_nobody_is_empty() -> None:
    assert at.causal_mask(0).shape == (0, 0) and at.causal_mask(0, 2).shape == (0, 2)
    assert not at.causal_mask(2, 0).any()


ONE = np.ones((2, 3))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: at.softmax(["a"]), "x must hold real numbers, found dtype <U1"),
        (lambda: at.softmax(3.0), "x must have 1 axes or more"),
        (
            lambda: at.scaled_dot_product_attention(ONE, np.ones((2, 4)), ONE),
            r"as many features, at least 1; found q \(2, 3\), k \(2, 4\)",
        ),
        (
            lambda: at.scaled_dot_product_attention(ONE, ONE, np.ones((3, 3))),
            "each key needs one value",
        ),
        (
            lambda: at.scaled_dot_product_attention(*[ONE[:, :0]] * 3),
            "as many features, at least 1",
        ),
        (lambda: at.scaled_dot_product_attention(ONE[0], ONE, ONE), "q must have 2 ax"),
        (lambda: at.scaled_dot_product_attention(ONE, ONE[0], ONE), "k must have 2 ax"),
        (lambda: at.scaled_dot_product_attention(ONE, ONE, ONE[0]), "v must have 2 ax"),
        (
            lambda: at.scaled_dot_product_attention(ONE, ONE[None], ONE[None]),
            r"must be the same, but for .*; found q \(2, 3\), k \(1, 2, 3\)",
        ),
        (
            lambda: at.scaled_dot_product_attention(
                np.ones((2, 1, 2, 3)), *[np.ones((3, 1, 2, 3))] * 2
            ),
            "axes before .* must be the same",
        ),
        (
            lambda: at.scaled_dot_product_attention(
                np.ones((2, 2, 3)), *[np.ones((0, 2, 3))] * 2
            ),
            "a multiple of that of k",
        ),
        (
            lambda: at.scaled_dot_product_attention(
                np.ones((3, 2, 4)), *[np.ones((2, 2, 4))] * 2
            ),
            "a multiple of that of k",
        ),
        (
            lambda: at.scaled_dot_product_attention(ONE, ONE, ONE, np.ones((3, 3))),
            r"mask \(3, 3\) does not fit scores \(2, 2\)",
        ),
        (
            lambda: at.scaled_dot_product_attention(
                ONE, ONE, ONE, np.eye(2, dtype=int)
            ),
            "mask must be boolean or float, found dtype int64",
        ),
        (
            lambda: at.attention_backward(
                ONE[:1], at.attention_forward(ONE, ONE, ONE)[1]
            ),
            r"d_out must have shape \(2, 3\), found \(1, 3\)",
        ),
        (
            lambda: at.softmax_backward([1, 2], [1]),
            r"shape \(1,\), their gradient \(2,",
        ),
        (
            lambda: at.attention_backward(
                ONE[0], at.attention_forward(ONE, ONE, ONE)[1]
            ),
            "d_out must have 2 axes or more",
        ),
        (lambda: at.causal_mask(-1), "0 or more, found -1"),
        (lambda: at.causal_mask(-1, 2), "0 or more, found -1 and 2"),
        (lambda: at.causal_mask(2, -1), "0 or more, found 2 and -1"),
        (lambda: at.split_heads(ONE, 2), "3 features cannot be split into 2 heads"),
        (lambda: at.split_heads(ONE, 0), "3 features cannot be split into 0 heads"),
        (lambda: at.MultiHeadAttention(8, 0), "8 features cannot be split into 0"),
        (lambda: at.MultiHeadAttention(8, 4, 0), "4 heads cannot share 0 keys"),
        (lambda: at.MultiHeadAttention(8, 3), "8 features cannot be split into 3"),
        (lambda: at.MultiHeadAttention(8, 4, 3), "4 heads cannot share 3 keys"),
    ],
)
def test_bad_input_is_named(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
