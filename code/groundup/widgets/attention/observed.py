"""A handful of sentences as a few telling heads of SmolLM2 see them, ready to send."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from typing import Any

import numpy as np

from . import smollm

SENTENCES = [
    "The penguin dived because it was hungry, and the fish swam away.",
    "The cat sat on the mat. The cat sat on the mat.",
    "Anna lost her keys, so she called Ben.",
    "Mr. Dursley met Mrs. Potter. Mr. Dursley met Mrs. Potter.",
    "one fish, two fish, red fish, blue fish",
]
HEADS = [
    {
        "layer": 13,
        "head": 8,
        "name": "the noun meant",
        "about": "Ask a pronoun: much of its weight goes to the noun it stands for."
        " Often this head is right, and not always.",
    },
    {
        "layer": 1,
        "head": 2,
        "name": "previous token",
        "about": "This head of the second layer mostly looks one token back, whatever"
        " stands there: look beside the diagonal of the picture.",
    },
    {
        "layer": 8,
        "head": 1,
        "name": "same token",
        "about": "This head looks for earlier copies of the token that asks. Where"
        " there is none, much of its weight goes to the first token.",
    },
    {
        "layer": 17,
        "head": 5,
        "name": "induction head",
        "about": "It looks at the token that followed the last copy of the one that"
        " asks, for that is a guess of what comes next.",
    },
    {
        "layer": 15,
        "head": 8,
        "name": "attention sink",
        "about": "Weights have to add up to 1, also when there is nothing to look for."
        " This head leaves most of them at the first token.",
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
