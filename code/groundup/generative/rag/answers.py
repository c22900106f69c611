"""When an answer is right: the same words, whatever their case, accents and signs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .terms import without_accents

ARTICLES = {"a", "an", "the"}
# A comma between digits groups them; a point belongs to a number or begins a domain.
WORD = re.compile(r"\.?\w+(?:\.\d+)?")


def bare_words(text: str) -> list[str]:
    """Return a text's words in small letters, without accents, articles and signs.

    Commas within numbers are left out, so that 1,234.5 is 1234.5.
    """
    text = re.sub(r"(?<=\d),(?=\d{3})", "", without_accents(text.lower()))
    return [word for word in WORD.findall(text) if word not in ARTICLES]


def contains(text: str, answers: Iterable[str]) -> bool:
    """Tell whether a text has all words of one of the answers, side by side."""
    said = bare_words(text)
    for answer in map(bare_words, answers):
        starts = range(len(said) - len(answer) + 1)
        if answer and any(said[i : i + len(answer)] == answer for i in starts):
            return True
    return False


def words_more(text: str, answers: Iterable[str]) -> int:
    """Return how many words a text has beyond those of the longest answer in it.

    Raises ValueError where it contains none of them.
    """
    inside = [answer for answer in answers if contains(text, [answer])]
    if not inside:
        raise ValueError(f"{text!r} contains none of the answers")
    return len(bare_words(text)) - max(len(bare_words(answer)) for answer in inside)
