"""The sentence encoder beside sentence-transformers: the same vectors, of all kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from groundup.foundations.vectors import cosine_similarity
from groundup.generative import rag
from groundup.generative.rag import encoder as encoders
from groundup.generative.rag.encoder import Encoder
from groundup.pretrained.minilm import WEIGHTS, load_minilm
from groundup.transformers.gpt.layers import gelu_forward
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

TEXTS = [
    "What is the capital of Norway?",
    "Oslo is the capital of Norway.",
    "Penguins cannot fly, but they swim well.",
    "",
    "a",
    "  spaces\tand\r\nlines\u2028 \x1c\x85 end ",
    "naïve Zürich Ærø İstanbul ΣΊΣΥΦΟΣ",
    "日本語のテキスト 한국어 العربية हिन्दी",
    "👩‍👩‍👧 🏳️‍🌈 ½ $5.00 (foo)_bar",
    "x" * 101,
    "Which page? " * 200,  # more than 256 tokens
    "[SEP] [MASK] a[CLS]b",
    *(f"{'one more word ' * n}." for n in range(1, 40, 3)),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    try:
        return rag.load_encoder()
    except ModuleNotFoundError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def peer() -> Iterator[Any]:
    torch = pytest.importorskip("torch")
    library = pytest.importorskip("sentence_transformers")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    folder = str(WEIGHTS.path().parent)
    yield library.SentenceTransformer(folder, device="cpu", local_files_only=True)
    torch.set_num_threads(before)


def test_vectors_are_those_of_sentence_transformers(
    encoder: Encoder, peer: Any
) -> None:
    ours, theirs = encoder.encode(TEXTS), peer.encode(TEXTS, batch_size=4)
    assert ours.dtype == np.float32 and ours.shape == (len(TEXTS), 384)
    assert np.abs(ours - theirs).max() < 1e-6


def test_token_ids_are_those_of_sentence_transformers(
    encoder: Encoder, peer: Any
) -> None:
    for text in TEXTS:
        theirs = peer.tokenizer(text, truncation=True, max_length=peer.max_seq_length)
        assert encoder.tokenizer.encode(text) == theirs["input_ids"]


def test_near_in_meaning_is_near_in_angle(encoder: Encoder) -> None:
    cosines = cosine_similarity(encoder.encode(TEXTS[:3]))
    assert cosines[0, 1] > 0.7 > 0.2 > cosines[0, 2]


def test_texts_do_not_depend_on_those_beside_them(
    encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = [*TEXTS[:9], *TEXTS[:2]]
    together = encoder.encode(some)
    np.testing.assert_allclose(np.linalg.norm(together, axis=1), 1, rtol=1e-6)
    monkeypatch.setattr(encoders, "BATCH", 1)
    alone = np.vstack([encoder.encode([text]) for text in some])
    np.testing.assert_allclose(together, alone, atol=1e-6)


def test_special_tokens_are_plain_text_where_they_are_not_asked_for(
    encoder: Encoder,
) -> None:
    known, plain = (encoder.encode(["a [SEP] b"], special=s)[0] for s in (True, False))
    assert np.abs(known - plain).max() > 0.01
    same = encoder.encode(["a [ sep ] b"])[0]
    np.testing.assert_allclose(plain, same, atol=1e-6)


@pytest.mark.parametrize(
    "name",
    [
        "embeddings.word_embeddings.weight",
        "embeddings.position_embeddings.weight",
        "embeddings.token_type_embeddings.weight",
        "embeddings.LayerNorm.bias",
        "encoder.layer.0.attention.self.key.weight",
        "encoder.layer.2.attention.self.value.bias",
        "encoder.layer.5.attention.output.LayerNorm.weight",
        "encoder.layer.3.intermediate.dense.bias",
        "encoder.layer.4.output.dense.weight",
    ],
)
def test_every_kind_of_weight_counts(encoder: Encoder, name: str) -> None:
    weights = load_minilm()
    changed = Encoder({**weights, name: weights[name][..., ::-1]}, encoder.tokenizer)
    difference = changed.encode(TEXTS[:1]) - encoder.encode(TEXTS[:1])
    assert np.abs(difference).max() > 1e-3


def test_weights_are_mapped_and_cannot_be_changed() -> None:
    weights = load_minilm()
    assert len(weights) == 103 and load_minilm() is weights
    numbers = sum(array.size for array in weights.values())
    assert numbers == 22_713_216
    with pytest.raises(ValueError, match="read-only"):
        weights["embeddings.LayerNorm.bias"][0] = 0


# ---- the parts


@given(st.floats(-30, 30))
def test_the_error_function_is_scipys(value: float) -> None:
    z = np.array([value])
    np.testing.assert_allclose(encoders.erf(z), special.erf(z), atol=1.5e-7)
    assert encoders.erf(-z) == -encoders.erf(z)


def test_gelu_is_x_times_the_normal_distribution() -> None:
    x = np.linspace(-9, 9, 4001)
    np.testing.assert_allclose(encoders.gelu(x), x * special.ndtr(x), atol=1e-6)
    single = encoders.gelu(x.astype(np.float32))
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, x * special.ndtr(x), atol=2e-6)
    gap = np.abs(gelu_forward(x)[0] - encoders.gelu(x)).max()
    assert 4e-4 < gap < 5e-4


# ---- inputs


def test_no_texts_are_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, 384)


def test_bad_input_is_refused_in_words(encoder: Encoder) -> None:
    with pytest.raises(TypeError, match="sequence of texts, found one text"):
        encoder.encode("a text")
    with pytest.raises(TypeError, match="expected a text, got NoneType"):
        encoder.encode(["a", None])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="half of a surrogate pair"):
        encoder.encode(["a\udc00"])
