"""BM25: documents scored by the words that they share with a query.

A rare word counts more than a frequent one, the tenth occurrence less than the first,
and a word in a long document less than in a short one. All that does not depend on the
query is computed when the index is built.
Sources: Robertson and Zaragoza (2009); the form is that of Lucene (Kamphuis et al.,
2020).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
from numpy.typing import ArrayLike, NDArray

from groundup.validation import real_numbers

from .ranking import Found, best
from .terms import words

Array = NDArray[np.floating]
Cut = Callable[[str], list[str]]


def idf(document_frequency: ArrayLike, n_documents: int) -> Array:
    """Return how much it tells that a document has a word: ln(1 + (n−f+½)/(f+½)).

    Formula `rag.idf`. f is the number of documents with the word. Shape (v,) -> (v,).
    Raises ValueError for an f outside of 0..n.
    """
    f = real_numbers(document_frequency, "document_frequency", 0)
    if f.size and not 0 <= f.min() <= f.max() <= n_documents:
        raise ValueError(
            f"document_frequency must lie in 0..{n_documents},"
            f" found {f.min()}..{f.max()}"
        )
    return np.log1p((n_documents - f + 0.5) / (f + 0.5))


def tf_idf(counts: ArrayLike, document_frequency: ArrayLike, n_documents: int) -> Array:
    """Return a word's count in a document times the word's idf, without saturation.

    Formula `rag.tf_idf`. Shapes (v,), (v,) -> (v,). Source: Spärck Jones (1972).
    """
    return real_numbers(counts, "counts", 0) * idf(document_frequency, n_documents)


def length_factor(lengths: ArrayLike, mean: float, b: float = 0.75) -> Array:
    """Return by what a document's length stretches the saturation: 1 − b + b·l/mean.

    Formula `rag.length_factor`. 1 for a document of average length, and for all where
    b = 0. Shape (n,) -> (n,). Raises ValueError for a b outside of 0..1 and a mean that
    is not positive.
    """
    if not 0 <= b <= 1:
        raise ValueError(f"b must lie between 0 and 1, found {b}")
    if not mean > 0:
        raise ValueError(f"mean must be positive, found {mean}")
    return 1 - b + b * (real_numbers(lengths, "lengths", 0) / mean)


def saturation(counts: ArrayLike, k: ArrayLike) -> Array:
    """Return count / (count + k): 0 without the word, ½ where it stands k times, < 1.

    Formula `rag.saturation`. Shapes (n,), (n,) -> (n,). Raises ValueError for negative
    numbers.
    """
    tf, half = real_numbers(counts, "counts", 0), real_numbers(k, "k", 0)
    if np.any(tf < 0) or np.any(half < 0):
        raise ValueError("counts and k must be 0 or more, found a negative number")
    total = tf + half
    return np.divide(tf, total, out=np.zeros_like(total), where=tf > 0)


class BM25:
    """An inverted index of documents, with BM25's weights.

    `starts: (v + 1,)` says where the entries of each word begin in `documents` and
    `weights`, which hold a number each for every word that a document has. `cut` turns
    a text into words, and `vocabulary` has the number of each word. `k1` is the count
    at which a word of a document of average length tells half of what it can, `b` how
    much lengths matter. Raises ValueError for no documents, for documents without any
    word, and for parameters out of range; TypeError for a document that is no text.
    """

    def __init__(
        self,
        documents: Sequence[str],
        k1: float = 1.5,
        b: float = 0.75,
        cut: Cut = words,
    ) -> None:
        if isinstance(documents, str):
            raise TypeError("documents must be a sequence of texts, found one text")
        if not 0 <= k1 < np.inf:
            raise ValueError(f"k1 must be 0 or more and finite, found {k1}")
        self.cut, self.n_documents = cut, len(documents)
        tokens = [cut(document) for document in documents]
        lengths = np.fromiter(map(len, tokens), np.int64, len(tokens))
        if not lengths.any():
            raise ValueError(
                f"expected at least one document with a word, found {len(documents)}"
                " documents without any"
            )
        self.vocabulary, counts = self.enter(tokens, lengths)
        f = np.diff(self.starts)
        stretched = k1 * length_factor(lengths, float(lengths.mean()), b)
        weights = saturation(counts, stretched[self.documents])
        weights *= np.repeat(idf(f, self.n_documents), f)
        self.weights = weights.astype(np.float32)

    def enter(
        self, tokens: list[list[str]], lengths: NDArray[np.int64]
    ) -> tuple[dict[str, int], NDArray[np.int64]]:
        """Fill `starts` and `documents`; return the words' numbers, and the counts."""
        every = list(chain.from_iterable(tokens))
        vocabulary = dict(zip(dict.fromkeys(every), range(len(every)), strict=False))
        ids = np.fromiter(map(vocabulary.__getitem__, every), np.int64, len(every))
        documents = np.repeat(np.arange(self.n_documents), lengths)
        # One number a word and document: equal ones are occurrences of one entry.
        entries, counts = np.unique(
            ids * self.n_documents + documents, return_counts=True
        )
        f = np.bincount(entries // self.n_documents, minlength=len(vocabulary))
        self.starts = np.concatenate([[0], np.cumsum(f)])
        self.documents = entries % self.n_documents
        return vocabulary, counts

    def entries(self, word: str) -> slice:
        """Return where a word's entries are; of an unknown one an empty slice."""
        number = self.vocabulary.get(word)
        if number is None:
            return slice(0, 0)
        return slice(self.starts[number], self.starts[number + 1])

    def scores(self, query: str) -> NDArray[np.float32]:
        """Return the score of every document: (n,), 0 without a word of the query.

        Formula `rag.bm25`. A word that the query says twice counts twice; an empty
        query gives zeros.
        """
        scores = np.zeros(self.n_documents, np.float32)
        for word in self.cut(query):
            here = self.entries(word)
            scores[self.documents[here]] += self.weights[here]
        return scores

    def search(self, query: str, k: int = 10) -> Found:
        """Return the indices of the k best documents, the best first, and their scores.

        Only documents that share a word with the query are found: there are fewer than
        k where fewer do, and none for an empty query. Of equals the first come first.
        Raises ValueError for k below 1.
        """
        scores = self.scores(query)
        sharing = np.flatnonzero(scores)
        found = sharing[best(scores[sharing], k)]
        return Found(found, scores[found])

    def explain(self, query: str, document: int) -> dict[str, float]:
        """Return what each word of the query adds to the score of a document.

        Raises IndexError for a document that is not there.
        """
        if not 0 <= document < self.n_documents:
            raise IndexError(
                f"document must lie in 0..{self.n_documents - 1}, found {document}"
            )
        parts: dict[str, float] = dict.fromkeys(self.cut(query), 0.0)
        for word in self.cut(query):
            here = self.entries(word)
            place = here.start + np.searchsorted(self.documents[here], document)
            if place < here.stop and self.documents[place] == document:
                parts[word] += float(self.weights[place])
        return parts
