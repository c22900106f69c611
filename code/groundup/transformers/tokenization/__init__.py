"""Tokenization: texts as numbers, by byte-level byte-pair encoding.

- `pretokenize` cuts a text into words,
- `bpe` learns merges and applies them,
- `vocabularies` loads those of GPT-2 and SmolLM2.
"""

from .bpe import Tokenizer, merge, pairs, train, trained
from .pretokenize import gpt2_words, smollm2_words
from .vocabularies import load_gpt2, load_smollm2

__all__ = [
    "Tokenizer",
    "gpt2_words",
    "load_gpt2",
    "load_smollm2",
    "merge",
    "pairs",
    "smollm2_words",
    "train",
    "trained",
]
