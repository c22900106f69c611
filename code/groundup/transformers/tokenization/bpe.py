"""Byte-level byte-pair encoding: the most frequent pair becomes a token, and so on.

Sources: Gage (1994); Sennrich, Haddow and Birch (2016); Radford et al. (2019).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from .long_words import join_long
from .pretokenize import gpt2_words

Pair = tuple[bytes, bytes]
Cut = Callable[[str], Iterator[str]]
LARGEST_CACHE = 100_000  # words whose ids are remembered
LONG = 64  # bytes of a word from which the plain loop is too slow


def check_text(text: str) -> str:
    """Return a text that can be written as bytes.

    Raises TypeError for anything but a text, ValueError for half of a surrogate pair.
    """
    if not isinstance(text, str):
        raise TypeError(f"expected a text, got {type(text).__name__}")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise ValueError(
            f"the text has half of a surrogate pair, {text[error.start]!r}, at place"
            f" {error.start}: it cannot be written as UTF-8"
        ) from None
    return text


def merge(symbols: Sequence[bytes], pair: Pair) -> list[bytes]:
    """Return the symbols with every occurrence of a pair joined, from left to right."""
    merged: list[bytes] = []
    position = 0
    while position < len(symbols):
        if tuple(symbols[position : position + 2]) == pair:
            merged.append(pair[0] + pair[1])
            position += 2
        else:
            merged.append(symbols[position])
            position += 1
    return merged


def pairs(words: Mapping[tuple[bytes, ...], int]) -> Counter[Pair]:
    """Return how often each pair of neighbors occurs in words with their counts."""
    found: Counter[Pair] = Counter()
    for symbols, count in words.items():
        for pair in zip(symbols, symbols[1:], strict=False):
            found[pair] += count
    return found


def train(texts: Iterable[str], n_merges: int, cut: Cut = gpt2_words) -> list[Pair]:
    """Return the merges that byte-pair encoding learns from texts, best first.

    Each step joins the most frequent pair (tokenization.merge_objective); of equals,
    the smallest in the order of bytes. Ends early where no pair occurs twice.
    Raises ValueError for fewer than 0 merges and for texts without bytes.
    """
    if n_merges < 0:
        raise ValueError(f"n_merges is {n_merges}; expected 0 or more")
    counts = Counter(word for text in map(check_text, texts) for word in cut(text))
    words: dict[tuple[bytes, ...], int] = {}
    for word, count in counts.items():
        words[tuple(bytes([b]) for b in word.encode("utf-8"))] = count
    merges: list[Pair] = []
    found = pairs(words)
    while len(merges) < n_merges and found:
        best = min(found, key=lambda pair: (-found[pair], pair))
        if found[best] < 2:
            break
        merges.append(best)
        for symbols in [s for s in words if best[0] in s and best[1] in s]:
            count = words.pop(symbols)
            joined = tuple(merge(symbols, best))
            found.subtract(pairs({symbols: count}))
            found.update(pairs({joined: count}))
            words[joined] = count
        found = +found
    return merges


class Tokenizer:
    """Turns texts into ids and back: a vocabulary, merges by rank, special tokens.

    `tokens` are bytes by id, `merges` pairs, best first; `special` are texts by id that
    are never cut; `eos_id` ends a text. A byte that has no token is left out, as the
    library does: GPT-2 has all 256, SmolLM2 lacks 21 that hardly a text contains.
    """

    def __init__(
        self,
        tokens: Mapping[int, bytes],
        merges: Sequence[Pair],
        special: Mapping[str, int],
        eos_id: int,
        cut: Cut = gpt2_words,
    ) -> None:
        self.tokens, self.special, self.eos_id, self.cut = tokens, special, eos_id, cut
        self.ids = {token: id_ for id_, token in tokens.items()}
        self.ranks = {pair: rank for rank, pair in enumerate(merges)}
        self.texts = {id_: text.encode("utf-8") for text, id_ in special.items()}
        self.cache: dict[str, list[int]] = {}
        longest_first = sorted(special, key=len, reverse=True)
        self.marks = re.compile("(" + "|".join(map(re.escape, longest_first)) + ")")

    def bpe(self, word: bytes) -> list[bytes]:
        """Return a word's tokens: of its pairs, the lowest rank is joined first."""
        symbols = [bytes([b]) for b in word]
        while len(symbols) > 1:
            here = zip(symbols, symbols[1:], strict=False)
            best = min(here, key=lambda pair: self.ranks.get(pair, len(self.ranks)))
            if best not in self.ranks:
                break
            symbols = merge(symbols, best)
        return symbols

    def encode(self, text: str, special: bool = True) -> list[int]:
        """Return the ids of a text; `special` tells whether special tokens are known.

        Raises TypeError for anything but a text, ValueError for one with half of a
        surrogate pair, which has no bytes.
        """
        check_text(text)
        if not (special and self.special):
            return self.encode_ordinary(text)
        ids: list[int] = []
        for piece in self.marks.split(text):
            if piece in self.special:
                ids.append(self.special[piece])
            else:
                ids += self.encode_ordinary(piece)
        return ids

    def encode_ordinary(self, text: str) -> list[int]:
        """Return the ids of a text without special tokens; words are remembered."""
        ids: list[int] = []
        cache = self.cache
        for word in self.cut(text):
            known = cache.get(word)
            if known is None:
                letters = word.encode("utf-8")
                long = len(letters) > LONG
                found = join_long(letters, self.ranks) if long else self.bpe(letters)
                known = [self.ids[token] for token in found if token in self.ids]
                if len(cache) < LARGEST_CACHE:
                    cache[word] = known
            ids += known
        return ids

    def decode_bytes(self, ids: Iterable[int]) -> bytes:
        """Return the bytes that ids stand for; raises ValueError for unknown ids."""
        try:
            found = [self.texts.get(i) or self.tokens[i] for i in map(int, ids)]
        except KeyError as error:
            raise ValueError(f"{error.args[0]} is no id of this vocabulary") from None
        return b"".join(found)

    def decode(self, ids: Iterable[int]) -> str:
        """Return the text that ids stand for; broken characters become U+FFFD."""
        return self.decode_bytes(ids).decode("utf-8", errors="replace")


def trained(texts: Iterable[str], n_merges: int, cut: Cut = gpt2_words) -> Tokenizer:
    """Return a tokenizer with the 256 bytes and the merges that texts teach it.

    The last id is `<|endoftext|>`. Raises ValueError as `train` does.
    """
    merges = train(texts, n_merges, cut)
    tokens = [bytes([b]) for b in range(256)]
    tokens += dict.fromkeys(one + other for one, other in merges)
    end = len(tokens)
    return Tokenizer(
        dict(enumerate(tokens)), merges, {"<|endoftext|>": end}, end, cut=cut
    )
