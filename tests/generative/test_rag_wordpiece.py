"""WordPiece: the ids of the tokenizers library on characters and texts of all kinds."""

from __future__ import annotations

import email
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from groundup.generative import rag
from groundup.generative.rag.wordpiece import SPECIAL, UNKNOWN, split
from groundup.pretrained.minilm import VOCABULARY, load_vocabulary
from hypothesis import given
from hypothesis import strategies as st

tokenizers = pytest.importorskip("tokenizers")
LIBRARY = Path(email.__file__).parents[1]
OLD = unicodedata.ucd_3_2_0
# The library's tables are older than Python's: what both have seen for long.
KNOWN = [
    chr(code)
    for code in range(0x30000)
    if OLD.category(chr(code)) == unicodedata.category(chr(code)) not in ("Cn", "Cs")
]
SOME = [*KNOWN[:1000], *KNOWN[1000::40], "\u0301", "İ", "Σ", "ß", "ﬁ", "½", "\ufffd"]
MARKED = st.sampled_from([*SPECIAL, "[sep]", "[SEP", "##ing", " "])


@pytest.fixture(scope="module")
def ours() -> rag.WordPiece:
    try:
        VOCABULARY.path()
    except ModuleNotFoundError as error:
        pytest.skip(str(error))
    return rag.load_wordpiece()


@pytest.fixture(scope="module")
def peer(ours: rag.WordPiece) -> tokenizers.Tokenizer:
    """Return the tokenizers library's WordPiece, with the same vocabulary."""
    model = tokenizers.models.WordPiece(ours.ids, unk_token=UNKNOWN)
    found = tokenizers.Tokenizer(model)
    found.normalizer = tokenizers.normalizers.BertNormalizer()
    found.pre_tokenizer = tokenizers.pre_tokenizers.BertPreTokenizer()
    found.add_special_tokens(list(SPECIAL))
    ends = [(mark, ours.ids[mark]) for mark in ("[CLS]", "[SEP]")]
    found.post_processor = tokenizers.processors.TemplateProcessing(
        single="[CLS] $A [SEP]", special_tokens=ends
    )
    found.enable_truncation(256)
    return found


def test_every_character_is_cut_as_the_library_cuts_it() -> None:
    normalizer = tokenizers.normalizers.BertNormalizer()
    cut = tokenizers.pre_tokenizers.BertPreTokenizer()
    assert len(KNOWN) > 90_000
    for c in KNOWN:
        text = f"a{c}b {c}1"
        words = [w for w, _ in cut.pre_tokenize_str(normalizer.normalize_str(text))]
        if words != split(text):
            pytest.fail(f"U+{ord(c):04X} is cut another way")


def test_the_ids_of_code_and_prose_are_the_library_s(
    ours: rag.WordPiece, peer: tokenizers.Tokenizer
) -> None:
    size = 0
    for path in sorted(LIBRARY.glob("[a-f]*.py")):
        for line in path.read_text(encoding="utf-8").split("\n\n"):
            assert ours.encode(line) == peer.encode(line).ids
            size += len(line)
    assert size > 400_000


@given(st.lists(st.text(st.sampled_from(SOME)) | MARKED, max_size=8).map("".join))
def test_the_ids_of_any_text_are_the_library_s(
    ours: rag.WordPiece, peer: tokenizers.Tokenizer, text: str
) -> None:
    assert ours.encode(text) == peer.encode(text).ids


@pytest.mark.parametrize("length", [99, 100, 101, 300])
@pytest.mark.parametrize("letter", ["x", "a"])
def test_a_word_of_more_than_a_hundred_letters_is_unknown(
    ours: rag.WordPiece, peer: tokenizers.Tokenizer, length: int, letter: str
) -> None:
    ids = ours.encode(letter * length)
    assert ids == peer.encode(letter * length).ids
    assert (ids == [101, 100, 102]) == (length > 100)


@pytest.mark.parametrize("n", [253, 254, 255, 256, 5000])
def test_what_goes_beyond_the_limit_is_left_out(
    ours: rag.WordPiece, peer: tokenizers.Tokenizer, n: int
) -> None:
    text = "word " * n
    ids = ours.encode(text)
    assert ids == peer.encode(text).ids
    assert len(ids) == min(n + 2, 256) and ids[-1] == 102
    assert ours.encode(text, limit=7) == [*ids[:6], 102]
    assert ours.encode(text, limit=2) == [101, 102]


def test_the_longest_beginning_is_taken_first() -> None:
    small = rag.WordPiece([*SPECIAL, "un", "unhappy", "##happ", "##y", "##ly", "h"])
    assert small.encode("unhappyly") == [2, 6, 9, 3]
    assert small.encode("Un-h") == [2, 5, 1, 10, 3]  # no sign is known
    assert small.encode("unhappier") == [2, 1, 3]


def test_special_tokens_are_plain_text_where_they_are_not_asked_for(
    ours: rag.WordPiece,
) -> None:
    assert ours.encode("a[SEP]") == [101, 1037, 102, 102]
    plain = ours.encode("a[SEP]", special=False)
    assert plain == ours.encode("a [ sep ]")
    assert not {0, 100, 103} & {*plain} and plain.count(102) == 1


def test_an_empty_text_is_two_marks(ours: rag.WordPiece) -> None:
    for text in ("", "  \t\n", "\x00\u200b\ufffd"):
        assert ours.encode(text) == [101, 102]


def test_the_vocabulary_is_that_of_bert() -> None:
    tokens = load_vocabulary()
    assert len(tokens) == len(set(tokens)) == 30_522
    assert (tokens[0], tokens[100], tokens[2003]) == ("[PAD]", "[UNK]", "is")


@pytest.mark.parametrize(
    ("call", "kind", "message"),
    [
        (lambda ours: ours.encode(b"a"), TypeError, "expected a text, got bytes"),
        (lambda ours: ours.encode("\ud800"), ValueError, "half of a surrogate pair"),
        (lambda ours: ours.encode("a", 1), ValueError, "limit must be 2 or more"),
        (lambda ours: rag.WordPiece(["[UNK]"]), ValueError, r"lacks \[PAD\], \[CLS"),
    ],
)
def test_bad_input_is_refused_in_words(
    ours: rag.WordPiece,
    call: Callable[[Any], Any],
    kind: type[Exception],
    message: str,
) -> None:
    with pytest.raises(kind, match=message):
        call(ours)


def test_long_texts_are_not_read_to_their_end(ours: rag.WordPiece) -> None:
    """Ten thousand different words: only those before the limit are cut."""
    rng = np.random.default_rng(0)
    words = ["".join(rng.choice(list("bcdfgqxz"), 12)) for _ in range(10_000)]
    before = len(ours.cache)
    ours.encode(" ".join(words))
    assert len(ours.cache) - before <= 254
