"""Retrieval-augmented generation: find the passage, then let it answer.

- `corpus` has the World Factbook as passages, `question_sets` what to ask of it,
- `answers` tells whether an answer is right,
- `terms` cuts a text into what a search compares,
- `bm25` ranks by shared words, on an inverted index,
- `ranking` takes the best of many scores,
- `search` finds the nearest vectors, exactly or in the likely cells,
- `clusters` and `quantization` make those cells, and bytes of vectors,
- `wordpiece` and `encoder` turn texts into vectors,
- `fusion` makes one ranking of several, and one without repetition,
- `evaluation` says how good a ranking is.
"""

from .answers import bare_words, contains, words_more
from .bm25 import BM25, idf, length_factor, saturation, tf_idf
from .clusters import k_means
from .corpus import Line, Passage, as_fields, as_lines, as_windows, factbook_lines
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
from .question_sets import Question, QuestionSets, questions
from .ranking import Found, best
from .search import IVF, ExactSearch
from .terms import STOP_WORDS, stem, words
from .wordpiece import WordPiece, load_wordpiece

__all__ = [
    "BM25",
    "Encoder",
    "ExactSearch",
    "Found",
    "IVF",
    "Line",
    "Passage",
    "ProductQuantizer",
    "Question",
    "QuestionSets",
    "STOP_WORDS",
    "WordPiece",
    "as_fields",
    "as_lines",
    "as_windows",
    "bare_words",
    "best",
    "contains",
    "dcg",
    "factbook_lines",
    "hit_at_k",
    "idf",
    "k_means",
    "length_factor",
    "load_encoder",
    "load_wordpiece",
    "maximal_marginal_relevance",
    "mean_reciprocal_rank",
    "ndcg_at_k",
    "questions",
    "recall_at_k",
    "reciprocal_rank",
    "reciprocal_rank_fusion",
    "saturation",
    "stem",
    "tf_idf",
    "words",
    "words_more",
]
