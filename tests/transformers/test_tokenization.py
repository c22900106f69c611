"""Tokenization: what is learned, what comes back, and the ids of real vocabularies."""

from __future__ import annotations

import email
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from groundup.pretrained import gpt2
from groundup.pretrained.smollm2 import gguf_file
from groundup.transformers import tokenization
from groundup.transformers.tokenization import (
    Tokenizer,
    gpt2_words,
    load_gpt2,
    load_smollm2,
    merge,
    smollm2_words,
    train,
    trained,
    vocabularies,
)
from groundup.transformers.tokenization.long_words import join_long
from hypothesis import given
from hypothesis import strategies as st

tokenizers = pytest.importorskip("tokenizers")
LIBRARY = Path(email.__file__).parents[1]
ODD = (
    "  two spaces,\ttabs\t\t and\r\nlines\n\n\nI'll we've don't 'S he'd x's'll"
    " 0 12 345 6789 ½ ² Ⅳ ٣ 1,000.50 a1b2 naïve e\u0301 \xa0\u2003\u3000x \x1c\x1d y"
    " 👩‍👩‍👧 🏳️‍🌈 日本語のテキスト العربية עברית हिन्दी 한국어 Ελληνικά русский"
    " __init__(self, *a) -> {x: [1]};"
)


def gpt2_peer() -> tokenizers.Tokenizer:
    """Return the tokenizers library's GPT-2, from the same files."""
    files = [str(carried.path()) for carried in (gpt2.TOKENS, gpt2.MERGES)]
    model = tokenizers.models.BPE.from_file(*files)
    peer = tokenizers.Tokenizer(model)
    peer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    peer.add_special_tokens(["<|endoftext|>"])
    return peer


def smollm2_peer() -> tokenizers.Tokenizer:
    """Return the tokenizers library's SmolLM2, read with the package gguf."""
    from gguf import GGUFReader

    fields = GGUFReader(gguf_file()).fields
    tokens, kinds, merges = (
        list(fields[f"tokenizer.ggml.{name}"].contents())
        for name in ("tokens", "token_type", "merges")
    )
    model = tokenizers.models.BPE(
        {token: id_ for id_, token in enumerate(tokens)},
        [tuple(line.split(" ")) for line in merges],
    )
    peer = tokenizers.Tokenizer(model)
    pre = tokenizers.pre_tokenizers
    peer.pre_tokenizer = pre.Sequence(
        [pre.Digits(individual_digits=True), pre.ByteLevel(add_prefix_space=False)]
    )
    marks = [t for t, kind in zip(tokens, kinds, strict=True) if kind == 3]
    peer.add_special_tokens(marks)
    return peer


@pytest.fixture(scope="module", params=["gpt2", "smollm2"])
def both(request: pytest.FixtureRequest) -> tuple[Tokenizer, tokenizers.Tokenizer]:
    """Our tokenizer and the library's, with the same vocabulary."""
    if request.param == "gpt2":
        return load_gpt2(), gpt2_peer()
    return load_smollm2(), smollm2_peer()


def texts() -> Iterator[str]:
    """Yield more than a megabyte: code, prose, odd spaces, every script, emoji."""
    for path in sorted(LIBRARY.glob("[a-k]*.py")):
        yield path.read_text(encoding="utf-8", errors="ignore")
    rng = np.random.default_rng(0)
    assigned = [
        chr(c)
        for c in range(0x20000)
        if unicodedata.category(chr(c)) not in ("Cn", "Cs", "Co")
    ]
    for _ in range(200):
        letters = [str(c) for c in rng.choice(assigned, size=300)]
        yield "".join(letters)
        starts = rng.integers(0, len(assigned) - 40, size=8)
        yield " ".join("".join(assigned[s : s + 40]) for s in starts)
    yield ODD
    yield " ".join(str(n) for n in rng.integers(0, 10**9, size=5000))


def test_the_ids_of_a_megabyte_are_the_library_s(
    both: tuple[Tokenizer, tokenizers.Tokenizer],
) -> None:
    ours, peer = both
    size = 0
    for text in texts():
        size += len(text.encode())
        ids = ours.encode(text)
        assert ids == peer.encode(text).ids
        known = all(bytes([b]) in ours.ids for b in set(text.encode()))
        assert ours.decode(ids) == text or not known
    assert size > 1_000_000


def test_special_tokens_are_cut_out_only_where_they_are_asked_for(
    both: tuple[Tokenizer, tokenizers.Tokenizer],
) -> None:
    ours, peer = both
    mark = next(iter(ours.special))
    text = f"a{mark}{mark} b{mark[:-1]}"
    assert ours.encode(text) == peer.encode(text).ids
    assert ours.encode(text).count(ours.special[mark]) == 2
    assert ours.special[mark] not in ours.encode(text, special=False)
    assert ours.decode(ours.encode(text)) == text
    assert ours.decode(ours.encode(text, special=False)) == text


def test_every_assigned_character_is_cut_as_the_library_cuts_it() -> None:
    # What a newer Unicode has assigned, Python's tables may not know yet.
    pre = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    for code in range(0x110000):
        c = chr(code)
        if unicodedata.category(c) in ("Cs", "Cn"):
            continue
        text = f"a{c}1{c}{c}.{c}"
        cuts = [span for _, span in pre.pre_tokenize_str(text)]
        if list(gpt2_words(text)) != [text[a:b] for a, b in cuts]:
            pytest.fail(f"U+{code:04X} is cut another way")


@given(st.text())
def test_words_are_a_cut_of_the_text_and_nothing_else(text: str) -> None:
    assert "".join(gpt2_words(text)) == text
    assert "".join(smollm2_words(text)) == text


@given(st.binary())
def test_any_bytes_come_back(data: bytes) -> None:
    text = data.decode("latin-1")
    for ours in (load_gpt2(), trained(["abab"], 1)):
        assert ours.decode(ours.encode(text)).encode("latin-1") == data
        assert ours.decode_bytes(ours.ids[bytes([b])] for b in data) == data


@given(st.text())
def test_any_text_comes_back_but_for_bytes_that_have_no_token(text: str) -> None:
    assert load_gpt2().decode(load_gpt2().encode(text)) == text
    ours = load_smollm2()
    kept = bytes(b for b in text.encode() if bytes([b]) in ours.ids)
    assert ours.decode_bytes(ours.encode(text, special=False)) == kept


def test_gpt2_has_a_token_for_every_byte_and_smollm2_for_nearly_all() -> None:
    every = {bytes([b]) for b in range(256)}
    assert every <= set(load_gpt2().ids)
    assert len(every - set(load_smollm2().ids)) == 21
    assert len(vocabularies.byte_characters()) == 256


def test_the_most_frequent_pair_is_joined_first_and_ties_go_by_bytes() -> None:
    assert train(["ab ab ab cd cd"], 10) == [
        (b"a", b"b"),
        (b" ", b"ab"),
        (b" ", b"c"),
        (b" c", b"d"),
    ]
    assert train(["xyxy"], 1) == [(b"x", b"y")]
    assert train(["abc"], 5) == []  # no pair occurs twice
    assert train(["aaa bbb"], 0) == []


def test_a_pair_that_overlaps_itself_is_joined_from_the_left() -> None:
    assert merge([b"a", b"a", b"a"], (b"a", b"a")) == [b"aa", b"a"]
    assert merge([b"a", b"b", b"a", b"b"], (b"a", b"b")) == [b"ab", b"ab"]
    assert merge([], (b"a", b"b")) == []


def test_counts_kept_along_the_way_are_the_counts_from_scratch() -> None:
    text = " ".join(path.stem for path in sorted(LIBRARY.glob("*.py"))) * 3
    merges = train([text], 60)
    words: dict[tuple[bytes, ...], int] = {}
    for word in gpt2_words(text):
        symbols = tuple(bytes([b]) for b in word.encode())
        words[symbols] = words.get(symbols, 0) + 1
    for best in merges:
        found = tokenization.pairs(words)
        assert found[best] == max(found.values())
        assert best == min(p for p in found if found[p] == found[best])
        joined: dict[tuple[bytes, ...], int] = {}
        for symbols, count in words.items():
            after = tuple(merge(symbols, best))
            joined[after] = joined.get(after, 0) + count
        words = joined


def test_merges_are_applied_by_rank_not_by_length_or_place() -> None:
    tokens = [b"a", b"b", b"c", b"bc", b"ab"]
    ranked = Tokenizer(
        dict(enumerate(tokens)), [(b"b", b"c"), (b"a", b"b")], {}, eos_id=0
    )
    assert ranked.encode("abc") == [0, 3]


def test_what_is_no_text_and_what_is_no_id_is_refused() -> None:
    with pytest.raises(TypeError, match="expected a text, got bytes"):
        load_gpt2().encode(b"bytes")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="99999999 is no id of this vocabulary"):
        load_gpt2().decode([99999999])
    with pytest.raises(ValueError, match="n_merges is -1; expected 0 or more"):
        train(["a"], -1)


def test_half_a_character_is_shown_as_such() -> None:
    ours = load_gpt2()
    assert ours.decode(ours.encode("é")[:1])[:1] in ("é", "\ufffd")
    assert ours.decode([ours.ids[b"\xc3"]]) == "\ufffd"


# ---- words without end, texts without bytes


@given(st.text(alphabet="abnd", max_size=80))
def test_long_words_are_joined_as_short_ones_are(word: str) -> None:
    learned = trained(["aaaa aaa aaaaa banana bandana abba nabda" * 5], 40)
    found = join_long(word.encode(), learned.ranks)
    assert found == learned.bpe(word.encode())


@pytest.mark.parametrize("load", [load_gpt2, load_smollm2])
def test_long_words_of_real_vocabularies(load: Callable[[], Tokenizer]) -> None:
    real, rng = load(), np.random.default_rng(0)
    pieces = ["an", "aab", "the", "ing", "Zürich", "日本", "xyz", "QUOTE", "oooo"]
    for _ in range(60):
        word = "".join(rng.choice(pieces, 40)).encode()
        assert join_long(word, real.ranks) == real.bpe(word)


def test_a_word_takes_time_in_proportion_to_its_length(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Counted in looks at the ranks, not in seconds."""

    class Counted(dict[tuple[bytes, bytes], int]):
        looks = 0

        def get(self, *pair: Any) -> Any:
            Counted.looks += 1
            return super().get(*pair)

    gpt2, rng = load_gpt2(), np.random.default_rng(0)
    letters = list("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
    word = "".join(rng.choice(letters, 16_000))
    monkeypatch.setattr(gpt2, "ranks", Counted(gpt2.ranks))
    assert gpt2.decode(gpt2.encode(word)) == word
    assert 16_000 <= Counted.looks <= 4 * 16_000


@pytest.mark.parametrize("text", ["a\ud800", "\udfff", "x" * 100 + "\udc00 y"])
def test_half_of_a_surrogate_pair_is_refused_in_words(text: str) -> None:
    place = next(i for i, c in enumerate(text) if "\ud800" <= c <= "\udfff")
    said = f"half of a surrogate pair, .* at place {place}"
    with pytest.raises(ValueError, match=said) as caught:
        load_gpt2().encode(text)
    assert not isinstance(caught.value, UnicodeError)
    with pytest.raises(ValueError, match=said):
        train([text], 3)
