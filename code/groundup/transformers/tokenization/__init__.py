"""Tokenization: texts as numbers, by byte-level byte-pair encoding.

- `pretokenize` cuts a text into words,
- `bpe` learns merges and applies them,
- `vocabularies` loads those of GPT-2 and SmolLM2,
- `bigram` predicts a token from the one before it,
- `vectors` turns tokens into vectors, and vectors by their positions.
"""

from .bigram import bigram_perplexity, bigram_probabilities, perplexity
from .bpe import Tokenizer, merge, pairs, train, trained
from .pretokenize import gpt2_words, smollm2_words
from .vectors import (
    embed,
    one_hot,
    rotary_angles,
    rotate,
    skip_gram,
    skip_gram_gradients,
)
from .vocabularies import load_gpt2, load_smollm2

__all__ = [
    "Tokenizer",
    "bigram_perplexity",
    "bigram_probabilities",
    "embed",
    "gpt2_words",
    "load_gpt2",
    "load_smollm2",
    "merge",
    "one_hot",
    "pairs",
    "perplexity",
    "rotary_angles",
    "rotate",
    "skip_gram",
    "skip_gram_gradients",
    "smollm2_words",
    "train",
    "trained",
]
