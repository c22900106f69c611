"""Decoding in batches: the same tokens as one by one, wherever the padding is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from groundup.transformers import fine_tuning as ft
from groundup.transformers import tokenization
from groundup.transformers.fine_tuning import decoding
from groundup.transformers.language_model import LanguageModel, generate

from .test_fine_tuning import real, tiny  # noqa: F401  (a fixture)

PROMPTS = [[3, 1, 4, 1, 5, 9], [2, 6], [5], [3, 5, 8, 9]]


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize("stop", range(17))
def test_a_batch_writes_what_each_writes_alone(side: str, stop: int) -> None:
    model = tiny(np.float32)
    alone = [list(generate(model, p, 12, stop=[stop])) for p in PROMPTS]
    assert ft.generate_batch(model, PROMPTS, 12, stop=stop, side=side) == alone


def test_some_end_early_and_some_not_at_all() -> None:
    model = tiny(np.float32)
    lengths = {
        len(text)
        for stop in range(17)
        for text in ft.generate_batch(model, PROMPTS, 12, stop=stop)
    }
    assert {0, 12} < lengths


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_vectors_of_a_batch_are_those_of_each_text_alone(side: str) -> None:
    model = tiny()
    ids, real_ = decoding.padded(PROMPTS, 2, side)
    x = decoding.Batch(model, real_).read(ids)
    for row, prompt in enumerate(PROMPTS):
        one = decoding.Batch(model, np.ones((1, len(prompt)), np.bool_))
        expected = one.read(np.array([prompt]))[0]
        np.testing.assert_allclose(x[row][real_[row]], expected, atol=1e-12)
        np.testing.assert_array_equal(ids[row][real_[row]], prompt)


def test_reading_in_pieces_is_reading_at_once() -> None:
    model, ids = tiny(), np.array([[3, 1, 4, 1, 5], [9, 2, 6, 5, 3]])
    real_ = np.array([[False, True, True, True, True], [True] * 5])
    whole = decoding.Batch(model, real_).read(ids)
    batch = decoding.Batch(model, real_)
    pieces = np.hstack([batch.read(ids[:, :2]), batch.read(ids[:, 2:])])
    seen = real_[:, :, None]
    np.testing.assert_allclose(pieces * seen, whole * seen, atol=1e-12)


@pytest.mark.parametrize("limit", [0, 1, 5])
def test_no_text_is_longer_than_the_limit(limit: int) -> None:
    found = ft.generate_batch(tiny(), PROMPTS, limit, stop=0)
    assert max(map(len, found)) == limit


def test_prompts_are_padded_on_the_side_that_is_asked_for() -> None:
    ids, real_ = decoding.padded([[3, 1, 4], [5]], 2, "left")
    assert ids.tolist() == [[3, 1, 4], [2, 2, 5]]
    assert real_.tolist() == [[True] * 3, [False, False, True]]
    ids, real_ = decoding.padded([[3, 1, 4], [5]], 2, "right")
    assert ids.tolist() == [[3, 1, 4], [5, 2, 2]]
    assert real_.tolist() == [[True] * 3, [True, False, False]]


def test_positions_count_the_tokens_of_each_text_from_0() -> None:
    real_ = np.array([[False, False, True, True], [True, True, False, True]])
    found = decoding.Batch(tiny(), real_).positions
    assert found.tolist() == [[0, 0, 0, 1], [0, 1, 1, 2]]


@pytest.mark.parametrize(
    ("limit", "stop", "reads"),
    [(1, 0, 1), (5, 0, 5), (12, 0, 12)],
)
def test_the_model_reads_no_token_after_which_nothing_is_asked(
    monkeypatch: pytest.MonkeyPatch, limit: int, stop: int, reads: int
) -> None:
    model, read, calls = tiny(), decoding.Batch.read, []
    monkeypatch.setattr(
        decoding.Batch,
        "read",
        lambda batch, ids: (calls.append(ids.shape), read(batch, ids))[1],
    )
    found = ft.generate_batch(model, PROMPTS, limit, stop=stop)
    assert max(map(len, found)) == limit
    assert calls == [(4, 6), *[(4, 1)] * (reads - 1)]


def test_when_all_have_ended_the_model_reads_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    model, read, calls = tiny(), decoding.Batch.read, []
    monkeypatch.setattr(
        decoding.Batch,
        "read",
        lambda batch, ids: (calls.append(ids.shape), read(batch, ids))[1],
    )
    found = ft.generate_batch(model, PROMPTS[:2], 9, stop=0)
    assert [len(text) for text in found] == [2, 4]
    assert calls == [(2, 6), *[(2, 1)] * 4]


def test_no_prompts_have_no_continuations() -> None:
    assert ft.generate_batch(tiny(), [], 5, stop=0) == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ft.generate_batch(tiny(), [[1], []], 5, stop=0), "at least 1"),
        (lambda: ft.generate_batch(tiny(), [[17]], 5, stop=0), r"lie in 0\.\.16"),
        (lambda: ft.generate_batch(tiny(), [[1]], 5, stop=17), r"lie in 0\.\.16"),
        (lambda: ft.generate_batch(tiny(), [[1]], -1, stop=0), "0 or more, found -1"),
        (
            lambda: ft.generate_batch(tiny(), [[1]], 1, stop=0, side="top"),
            "side must be 'left' or 'right', found 'top'",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_real_model_writes_in_a_batch_what_it_writes_alone(
    real: LanguageModel,  # noqa: F811
    side: str,
) -> None:
    tokenizer = tokenization.load_smollm2()
    texts = ["The capital of France is", "Penguins", "def fibonacci(n):\n    "]
    prompts = [tokenizer.encode(text) for text in texts]
    alone = [list(generate(real, p, 20, stop=[tokenizer.eos_id])) for p in prompts]
    found = ft.generate_batch(real, prompts, 20, stop=tokenizer.eos_id, side=side)
    assert found == alone
