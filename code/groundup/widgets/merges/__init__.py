"""Byte-pair encoding merge by merge, on a text that the reader types."""

from __future__ import annotations

from html import escape
from typing import Any, Self

from traitlets import Dict, Int, List, Unicode

from groundup.transformers.tokenization import Tokenizer, merge, trained
from groundup.transformers.tokenization.vocabularies import byte_characters

from ..explorable import Explorable

CAPTION = (
    "Every chip is a token with its id, and begins as one byte. Of all pairs that stand"
    " next to each other, each step joins the one that was learned first. Pairs never"
    " reach from one word into the next."
)
SIGNS = {" ": "·", "\n": "↵", "\t": "→"}
TEXT = "The penguins' penguin pool, 2009: naïve 🐧"
CHIP = (
    "display:inline-block;margin:0 2px 6px;padding:2px 6px;border-radius:6px;"
    "border:1px solid var(--gu-line, #d9d4c7);background:var(--gu-surface, #f5f2ea)"
)


def trace(tokenizer: Tokenizer, text: str) -> list[list[int]]:
    """Return the ids of a text before any merge and after each rank that applies.

    The last are those of `tokenizer.encode(text, special=False)`.
    """
    words = [[bytes([b]) for b in w.encode("utf-8")] for w in tokenizer.cut(text)]
    states = []
    while True:
        states.append([tokenizer.ids[token] for word in words for token in word])
        found = {p for w in words for p in zip(w, w[1:], strict=False)}
        known = found & tokenizer.ranks.keys()
        if not known:
            return states
        best = min(known, key=tokenizer.ranks.__getitem__)
        words = [merge(word, best) for word in words]


def shown(token: bytes) -> str:
    """Return how a token is written on its chip: as text, or as bytes."""
    try:
        text = token.decode("utf-8")
    except UnicodeDecodeError:
        return token.hex(" ")
    return "".join(SIGNS.get(c, c) for c in text)


class Merges(Explorable):
    """Chips of a text that join, rank after rank.

    The state is `text` and `step`, how many ranks were applied; the page writes `ids`,
    which are those of `trace(tokenizer, text)[step]`. Only the first `n_merges` merges
    of the tokenizer go into the page. Raises ValueError for a tokenizer whose merged
    tokens are not numbered by rank, from 256 on.
    """

    text = Unicode(TEXT).tag(sync=True)
    step = Int(0).tag(sync=True)
    ids = List(Int()).tag(sync=True)
    merges = List(Unicode()).tag(sync=True)
    letters = Dict().tag(sync=True)

    def __init__(
        self, tokenizer: Tokenizer, n_merges: int = 5000, **kwargs: Any
    ) -> None:
        ranked = list(tokenizer.ranks)[:n_merges]
        character = {byte: c for c, byte in byte_characters().items()}
        for rank, (one, other) in enumerate(ranked):
            if tokenizer.ids.get(one + other) != 256 + rank:
                raise ValueError(
                    f"the token of rank {rank} has not the id {256 + rank}"
                )
        lines = [" ".join("".join(character[b] for b in t) for t in p) for p in ranked]
        letters = {character[b]: tokenizer.ids[bytes([b])] for b in range(256)}
        tokens = {i: tokenizer.tokens[i] for i in range(256 + len(ranked))}
        self.tokenizer = Tokenizer(tokens, ranked, {}, 0, tokenizer.cut)
        known = len(tokenizer.ranks)
        part = f" Of {known:,} merges, this page carries the first {len(ranked):,}."
        kwargs.setdefault("caption", CAPTION + part * (len(ranked) < known))
        super().__init__(merges=lines, letters=letters, **kwargs)

    @classmethod
    def example(cls) -> Self:
        """Return the merges of a tokenizer that has seen one sentence."""
        return cls(trained(["the penguins' pool, the other penguin's pool " * 3], 60))

    def room(self) -> tuple[str, str]:
        """Return the heights of the controls and of three rows of chips."""
        return "330px", "520px"

    def poster(self) -> str:
        """Return the text as bytes, and after all merges."""
        states = trace(self.tokenizer, self.text)
        rows = ""
        for name, ids in [("Bytes", states[0]), ("Tokens", states[-1])]:
            chips = "".join(
                f'<span style="{CHIP}">{escape(shown(self.tokenizer.tokens[i]))}'
                f"<small> {i}</small></span>"
                for i in ids
            )
            rows += f"<p><strong>{name}: {len(ids)}</strong></p><p>{chips}</p>"
        return f"<div>{rows}</div>"
