"""Which lines answer a question best: by shared words, by meaning, or by both."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from groundup.generative.rag import BM25, ExactSearch
from groundup.generative.rag.entries import Entry

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
CANDIDATES = 20  # lines of shared words whose meaning is compared with the question's
# The thresholds of largest balanced accuracy on the questions for development: for the
# factbook, whose wordings they share, between right lines and all that nothing answers;
# for other texts between right lines and foreign topics.
LEAST, LEAST_ELSEWHERE = 0.71, 0.49


class Hit(NamedTuple):
    """An entry that was found, and its cosine with the question, if there is one."""

    entry: Entry
    cosine: float | None = None


class Finder:
    """Finds entries for a question.

    Without `encode` by the words that they share with it. With it, the best of these
    are put in the order of their cosines with the question. With `vectors: (n, width)`
    of all entries, which `encode` made, those of the largest cosines are found, even
    where no word is shared. Raises ValueError where no entry has a word.
    """

    def __init__(
        self,
        entries: Sequence[Entry],
        encode: Encode | None = None,
        vectors: Vectors | None = None,
    ) -> None:
        self.entries, self.encode = entries, encode
        self.exact = None if vectors is None else ExactSearch(vectors)
        self.index = BM25([entry.searched for entry in entries])

    def search(self, question: str, k: int = 3) -> list[Hit]:
        """Return the k best entries, the best first; fewer where fewer are found."""
        if self.encode is None:
            found = self.index.search(question, k).indices
            return [Hit(self.entries[i]) for i in found]
        (query,) = self.encode([question])
        if self.exact:
            numbers, cosines = (row[0] for row in self.exact.search(query[None], k))
        else:
            numbers = self.index.search(question, max(CANDIDATES, k)).indices
            if not len(numbers):
                return []
            cosines = self.encode([self.entries[i].searched for i in numbers]) @ query
        order = np.argsort(-cosines, kind="stable")[:k]
        return [Hit(self.entries[numbers[i]], float(cosines[i])) for i in order]


def doubtful(hits: Sequence[Hit], least: float = LEAST) -> bool:
    """Tell whether the best hit is farther from the question than answers are."""
    cosine = hits[0].cosine if hits else -1.0
    return cosine is not None and cosine < least
