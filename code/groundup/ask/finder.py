"""Which lines answer a question best."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from groundup.generative.rag import BM25
from groundup.generative.rag.entries import Entry


class Hit(NamedTuple):
    """An entry that was found."""

    entry: Entry


class Finder:
    """Finds entries by the words that they share with a question.

    Raises ValueError where no entry has a word.
    """

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.index = BM25([entry.searched for entry in entries])

    def search(self, question: str, k: int = 3) -> list[Hit]:
        """Return the k best entries, the best first; fewer where fewer share a word."""
        found = self.index.search(question, k)
        return [Hit(self.entries[number]) for number in found.indices]
