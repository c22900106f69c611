"""Three heads small enough to read: what the explorable computes, in Python.

A word is a row of eight features: four of its spelling, four of its place. Words that
are spelled alike have equal spelling features, and places are points on two circles.
"""

from __future__ import annotations

import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from groundup.transformers.attention import (
    causal_mask,
    scaled_dot_product_attention,
    score_variance,
    softmax,
)

Array = NDArray[np.floating]

WORDS = 8  # more than fit side by side on a phone
SPELLING, PLACE = 4, 4
TURNS = (0.8, 2.2)  # radians from a word to the next, on both circles
SHARPNESS = 2.5
WORD = re.compile(r"[\w']+|[^\w\s]")


def words(text: str) -> list[str]:
    """Return the words and signs of a text in small letters, at most eight."""
    return WORD.findall(text.lower())[:WORDS]


def letters() -> Array:
    """Return the features of the letters: (32, 4), by code point modulo 32."""
    return np.random.default_rng(1938).normal(size=(32, SPELLING)).round(3)


def turn() -> Array:
    """Return the matrix (4, 4) that takes the features of a place to the one before."""
    matrix = np.zeros((PLACE, PLACE))
    for k, angle in enumerate(TURNS):
        c, s = np.cos(angle), np.sin(angle)
        matrix[2 * k : 2 * k + 2, 2 * k : 2 * k + 2] = [[c, -s], [s, c]]
    return matrix


def heads() -> list[dict[str, Any]]:
    """Return the heads: a name, what it looks for, and w_q, w_k, w_v, each (8, 4)."""
    rng = np.random.default_rng(1)
    by_spelling = np.vstack([np.eye(SPELLING), np.zeros((PLACE, SPELLING))])
    by_place = np.vstack([np.zeros((SPELLING, PLACE)), np.eye(PLACE)])
    before = np.vstack([np.zeros((SPELLING, PLACE)), turn()])
    drawn = rng.normal(0, 0.6, (3, SPELLING + PLACE, 4)).round(3)
    found = [
        ("same word", "words that are spelled alike", by_spelling, by_spelling),
        ("previous word", "the word before", before, by_place),
    ]
    entries = [
        (name, aim, SHARPNESS * w_q, SHARPNESS * w_k, by_spelling)
        for name, aim, w_q, w_k in found
    ]
    entries.append(("untrained", "nothing: its matrices are drawn at random", *drawn))
    keys = ("name", "aim", "w_q", "w_k", "w_v")
    return [
        dict(zip(keys, (*entry[:2], *(w.tolist() for w in entry[2:])), strict=True))
        for entry in entries
    ]


def embedded(tokens: list[str]) -> Array:
    """Return the features of words: (T, 8). Early letters count more than late ones."""
    table = letters()
    x = np.zeros((len(tokens), SPELLING + PLACE))
    for t, token in enumerate(tokens):
        for k, letter in enumerate(token):
            x[t, :SPELLING] += table[ord(letter) % 32] / (k + 1)
        x[t, :SPELLING] /= np.linalg.norm(x[t, :SPELLING])
        for k, angle in enumerate(TURNS):
            x[t, SPELLING + 2 * k :][:2] = np.cos(angle * t), np.sin(angle * t)
    return x


def steps(
    text: str, head: int = 0, temperature: float = 1.0, causal: bool = True
) -> dict[str, Array]:
    """Return every array on the way from the words to the output, by name."""
    x, chosen = embedded(words(text)), heads()[head]
    q, k, v = (x @ np.array(chosen[name]) for name in ("w_q", "w_k", "w_v"))
    scale = score_variance(q.shape[1]) ** -0.5 / temperature
    seen = causal_mask(len(x)) if causal else np.ones((len(x), len(x)), dtype=np.bool_)
    scores = q @ k.T
    masked = np.where(seen, scores * scale, -np.inf)
    return {
        "q": q,
        "k": k,
        "v": v,
        "scores": scores,
        "scaled": scores * scale,
        "masked": masked,
        "weights": softmax(masked),
        "output": scaled_dot_product_attention(q, k, v, seen, scale=scale),
    }
