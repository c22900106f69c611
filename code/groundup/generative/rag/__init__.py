"""Retrieval-augmented generation: find the passage, then let it answer.

- `words` cuts a text into what a search compares,
- `bm25` ranks by shared words, on an inverted index,
- `ranking` takes the best of many scores.
"""

from .bm25 import BM25, idf, length_factor, saturation, tf_idf
from .ranking import best
from .words import STOP_WORDS, stem, words

__all__ = [
    "BM25",
    "STOP_WORDS",
    "best",
    "idf",
    "length_factor",
    "saturation",
    "stem",
    "tf_idf",
    "words",
]
