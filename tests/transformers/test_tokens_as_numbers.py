"""What is done with ids: a bigram model, its perplexity, embeddings, positions."""

from __future__ import annotations

import math

import numpy as np
import pytest
from groundup.foundations.calculus import check_gradient
from groundup.transformers.tokenization import (
    bigram_perplexity,
    bigram_probabilities,
    embed,
    one_hot,
    perplexity,
    rotary_angles,
    rotate,
    skip_gram,
    skip_gram_gradients,
)


def test_a_bigram_model_by_hand() -> None:
    table = bigram_probabilities([0, 1, 0, 1, 0], 2)
    np.testing.assert_allclose(table, [[1 / 4, 3 / 4], [3 / 4, 1 / 4]], rtol=1e-15)
    assert bigram_perplexity(table, [0, 1, 0]) == pytest.approx(4 / 3, rel=1e-14)
    half = bigram_probabilities([0, 0, 1], 2, added=0.5)
    np.testing.assert_allclose(half, [[0.5, 0.5], [0.5, 0.5]], rtol=1e-15)


def test_the_rows_of_a_bigram_model_add_up_to_one_also_those_never_seen() -> None:
    ids = np.random.default_rng(0).integers(0, 5, size=100)
    table = bigram_probabilities(ids, 9)
    np.testing.assert_allclose(table.sum(axis=1), 1, rtol=1e-14)
    np.testing.assert_allclose(table[7], 1 / 9, rtol=1e-15)


def test_perplexity_is_the_number_of_tokens_that_a_model_hesitates_between() -> None:
    for k in (1, 2, 1000):
        assert perplexity(np.full(7, 1 / k)) == pytest.approx(k, rel=1e-12)
    assert perplexity([0.5, 0.125]) == pytest.approx(4, rel=1e-14)
    assert perplexity([1.0, 0.0]) == math.inf
    assert perplexity(np.full(10_000, 0.1)) == pytest.approx(10, rel=1e-12)


def test_an_embedding_is_one_hot_rows_times_a_matrix() -> None:
    rng = np.random.default_rng(1)
    table, ids = rng.normal(size=(7, 3)), rng.integers(0, 7, size=20)
    np.testing.assert_array_equal(embed(ids, table), one_hot(ids, 7) @ table)


def test_gradients_of_a_skip_gram_are_those_of_finite_differences_and_pytorch() -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(5)
    v, context, j = rng.normal(size=3), rng.normal(size=(5, 3)), 2
    by_v, by_context = skip_gram_gradients(v, context, j)
    for loss, found, at in [
        (lambda moved: skip_gram(moved, context, j), by_v, v),
        (lambda moved: skip_gram(v, moved, j), by_context, context),
    ]:
        assert check_gradient(loss, lambda _, found=found: found, at) < 1e-9
    peers = [torch.tensor(a, requires_grad=True) for a in (v, context)]
    loss = torch.nn.functional.cross_entropy(peers[1] @ peers[0], torch.tensor(j))
    loss.backward()
    assert skip_gram(v, context, j) == pytest.approx(loss.item(), rel=1e-14)
    for found, peer in zip((by_v, by_context), peers, strict=True):
        np.testing.assert_allclose(found, peer.grad.numpy(), rtol=1e-12, atol=1e-14)


def test_the_dot_product_of_turned_vectors_knows_the_distance_alone() -> None:
    rng = np.random.default_rng(2)
    both = rng.normal(size=(2, 16))
    for distance in (0, 1, 7, 100):
        products = []
        for start in (0, 1, 50, 1000):
            q, k = rotate(both, [start, start + distance])
            products.append(q @ k)
        np.testing.assert_allclose(products, products[0], rtol=0, atol=1e-10)


def test_a_turn_keeps_lengths_and_position_zero_changes_nothing() -> None:
    x = np.random.default_rng(3).normal(size=(4, 6))
    np.testing.assert_array_equal(rotate(x, np.zeros(4)), x)
    turned = rotate(x, [1, 2, 3, 400])
    np.testing.assert_allclose(
        np.linalg.norm(turned, axis=1), np.linalg.norm(x, axis=1), rtol=1e-14
    )
    quarter = rotate([[3.0, 1.0]], [np.pi / 2])
    np.testing.assert_allclose(quarter, [[-1.0, 3.0]], rtol=1e-15)


def test_positions_turn_as_the_library_turns_them() -> None:
    torch = pytest.importorskip("torch")
    llama = pytest.importorskip("transformers.models.llama.modeling_llama")
    x = np.random.default_rng(4).normal(size=(9, 8))
    angles = rotary_angles(np.arange(9), 8, base=1e5)
    wide = torch.tensor(np.concatenate([angles, angles], axis=1))[None]
    query = torch.tensor(x)[None, None]
    peer, _ = llama.apply_rotary_pos_emb(query, query, wide.cos(), wide.sin())
    np.testing.assert_allclose(
        rotate(x, np.arange(9), base=1e5), peer[0, 0].numpy(), rtol=1e-13, atol=1e-13
    )


def test_what_makes_no_sense_is_refused() -> None:
    with pytest.raises(ValueError, match=r"ids must lie in 0\.\.2, found"):
        embed([3], np.eye(3))
    with pytest.raises(ValueError, match=r"ids must lie in 0\.\.2, found"):
        bigram_probabilities([0, -1], 3)
    with pytest.raises(ValueError, match=r"integers of shape \(T,\), found float64"):
        one_hot([0.5], 3)
    with pytest.raises(ValueError, match="added is 0"):
        bigram_probabilities([0, 1], 2, added=0)
    with pytest.raises(ValueError, match="at least one probability"):
        perplexity([])
    with pytest.raises(ValueError, match="at least one probability"):
        perplexity([0.5, 2.0])
    with pytest.raises(ValueError, match="d is 3; expected an even number"):
        rotate(np.ones((1, 3)), [0])
