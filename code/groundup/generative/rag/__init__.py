"""Retrieval-augmented generation: find the passage, then let it answer.

- `words` cuts a text into what a search compares,
- `bm25` ranks by shared words, on an inverted index,
- `ranking` takes the best of many scores,
- `search` finds the nearest vectors, exactly or in the likely cells,
- `clusters` and `quantization` make those cells, and bytes of vectors,
- `wordpiece` and `encoder` turn texts into vectors,
- `fusion` makes one ranking of several, and one without repetition,
- `evaluation` says how good a ranking is.
"""

from .bm25 import BM25, idf, length_factor, saturation, tf_idf
from .clusters import k_means
from .encoder import Encoder, load_encoder
from .evaluation import (
    dcg,
    hit_at_k,
    mean_reciprocal_rank,
    ndcg_at_k,
    recall_at_k,
    reciprocal_rank,
)
from .fusion import maximal_marginal_relevance, reciprocal_rank_fusion
from .quantization import ProductQuantizer
from .ranking import Found, best
from .search import IVF, ExactSearch
from .wordpiece import WordPiece, load_wordpiece
from .words import STOP_WORDS, stem, words

__all__ = [
    "BM25",
    "Encoder",
    "ExactSearch",
    "Found",
    "IVF",
    "ProductQuantizer",
    "STOP_WORDS",
    "WordPiece",
    "best",
    "dcg",
    "hit_at_k",
    "idf",
    "k_means",
    "length_factor",
    "load_encoder",
    "load_wordpiece",
    "maximal_marginal_relevance",
    "mean_reciprocal_rank",
    "ndcg_at_k",
    "recall_at_k",
    "reciprocal_rank",
    "reciprocal_rank_fusion",
    "saturation",
    "stem",
    "tf_idf",
    "words",
]
