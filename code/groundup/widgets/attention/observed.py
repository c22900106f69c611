"""A handful of sentences as a few telling heads of SmolLM2 see them, ready to send."""

from __future__ import annotations

from base64 import b64decode, b64encode
from functools import cache
from typing import Any

import numpy as np

from . import smollm

SENTENCES = [
    "A small penguin swam to the island. A small penguin swam to the island.",
    "The penguin dived because it was hungry, and the fish swam away.",
    "The cat sat on the mat. The cat sat on the mat.",
    "Anna lost her keys, so she called Ben.",
    "Mr. Dursley met Mrs. Potter. Mr. Dursley met Mrs. Potter.",
    "one fish, two fish, red fish, blue fish",
]
HEADS = [
    {
        "layer": 16,
        "head": 0,
        "name": "previous-token head",
        "about": "This head mostly looks one token back, whatever that token is: look"
        " beside the diagonal of the picture.",
    },
    {
        "layer": 5,
        "head": 6,
        "name": "same-token head",
        "about": "This head looks for earlier copies of the token that asks. Where"
        " there is none, much of its weight goes to the first token.",
    },
    {
        "layer": 17,
        "head": 4,
        "name": "induction head",
        "about": "It looks at the token that followed an earlier copy of the one that"
        " asks, which is a guess of what comes next. Where there is no copy, most of"
        " its weight goes to the first token.",
    },
    {
        "layer": 15,
        "head": 8,
        "name": "attention sink",
        "about": "Weights have to add up to 1, also when there is nothing to look for."
        " This head leaves most of its weight at the first token.",
    },
    {
        "layer": 13,
        "head": 8,
        "name": "the noun meant",
        "about": "Ask a pronoun: much of its weight goes to the noun it stands for."
        " Often this head is right, but not always.",
    },
]


@cache
def observe() -> dict[str, Any]:
    """Return tokens and weights, a byte each, or nothing where the model is absent.

    The weights of a head are those on and below the diagonal, row after row.
    """
    if not smollm.available():
        return {}
    layers = 1 + max(int(str(head["layer"])) for head in HEADS)
    found = smollm.patterns(SENTENCES, layers)
    return {
        "heads": HEADS,
        "sentences": [
            {"tokens": tokens, "weights": [packed(w[at(head)]) for head in HEADS]}
            for tokens, w in found
        ],
    }


def at(head: dict[str, Any]) -> tuple[int, int]:
    """Return where a head stands among the weights of all."""
    return head["layer"], head["head"]


def packed(weights: np.ndarray) -> str:
    """Return the lower triangle of weights (T, T) as bytes, in base 64."""
    lower = weights[np.tril_indices(len(weights))]
    return b64encode(np.round(255 * lower).astype(np.uint8).tobytes()).decode()


def unpacked(weights: str) -> np.ndarray:
    """Return the weights of a head, row after row: (T(T+1)/2,), in steps of 1/255."""
    return np.frombuffer(b64decode(weights), np.uint8) / 255
