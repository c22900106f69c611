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
- `evaluation` says how good a ranking is,
- `entries` and `folder` are what can be quoted: the factbook, or one's own texts,
- `quoting` finds the answering words of a line without a model,
- `prompts` and `reader` let a language model answer from a passage,
- `abstention` says when to be silent, `unanswerable` what to measure it with,
- `kept_vectors` keeps the vectors of many texts.
"""

from .abstention import area_under_curve, balanced_accuracy, threshold
from .answers import bare_words, contains, words_more
from .bm25 import BM25, idf, length_factor, saturation, tf_idf
from .clusters import k_means
from .corpus import Line, Passage, as_fields, as_lines, as_windows, factbook_lines
from .encoder import Encoder, load_encoder
from .entries import Entry, factbook_entries
from .evaluation import (
    dcg,
    hit_at_k,
    mean_reciprocal_rank,
    ndcg_at_k,
    recall_at_k,
    reciprocal_rank,
)
from .folder import Folder, read_folder
from .fusion import maximal_marginal_relevance, reciprocal_rank_fusion
from .kept_vectors import KeptVectors
from .prompts import prompt
from .quantization import ProductQuantizer
from .question_sets import Question, QuestionSets, questions
from .quoting import Quote, answering_words
from .ranking import Found, best
from .reader import Reading, Span
from .search import IVF, ExactSearch
from .terms import STOP_WORDS, stem, words
from .unanswerable import about_invented, taken_away, trapped
from .wordpiece import WordPiece, load_wordpiece

__all__ = [
    "BM25",
    "Encoder",
    "Entry",
    "ExactSearch",
    "Folder",
    "Found",
    "IVF",
    "KeptVectors",
    "Line",
    "Passage",
    "ProductQuantizer",
    "Question",
    "QuestionSets",
    "Quote",
    "Reading",
    "STOP_WORDS",
    "Span",
    "WordPiece",
    "about_invented",
    "answering_words",
    "area_under_curve",
    "as_fields",
    "as_lines",
    "as_windows",
    "balanced_accuracy",
    "bare_words",
    "best",
    "contains",
    "dcg",
    "factbook_entries",
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
    "prompt",
    "questions",
    "read_folder",
    "recall_at_k",
    "reciprocal_rank",
    "reciprocal_rank_fusion",
    "saturation",
    "stem",
    "taken_away",
    "tf_idf",
    "threshold",
    "trapped",
    "words",
    "words_more",
]
