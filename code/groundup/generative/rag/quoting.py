"""The words of a text that answer a question, found without a model.

What the question says already is no answer. What is left over of the part of the text
that has most in common with the question may be one.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .terms import REDUCED, WORD

# Where one part of a text ends and the next begins: signs, but not within a number.
BETWEEN_ITEMS = re.compile(r";\s|(?<=[.!?])\s+|\n")
BETWEEN_CLAUSES = re.compile(r"\s*[()]\s*|,\s|:\s|\s[-–—]\s")
# A word with the signs that belong to it: $1,234.50, 12%, .no, well-known.
SAID = re.compile(r"[$€£.]?\w+(?:[.,'’/-]\w+)*%?")


class Quote(NamedTuple):
    """Where the answering words of a text begin and end, in characters."""

    start: int
    end: int


def parts(text: str, between: re.Pattern[str], start: int, end: int) -> list[Quote]:
    """Return the parts of text[start:end] between the matches of a pattern."""
    found, begin = [], start
    for match in between.finditer(text, start, end):
        found.append(Quote(begin, match.start()))
        begin = match.end()
    return [*found, Quote(begin, end)]


def terms(text: str) -> set[str]:
    """Return a text's words as a search compares them."""
    return {REDUCED[word] for word in WORD.findall(text.lower())} - {""}


def says_more(text: str, asked: set[str]) -> bool:
    """Tell whether a text has a word that is neither asked nor filler.

    A name that begins with a dot, such as .at, is never filler.
    """
    dotted = any(word[0].startswith(".") for word in SAID.finditer(text))
    return bool(dotted or terms(text) - asked)


def new_words(text: str, part: Quote, asked: set[str]) -> Quote | None:
    """Return the longest run of words in a part that the question does not say.

    A word of the question ends a run; filler counts only between others. Of equals the
    first.
    """
    runs: list[list[re.Match[str]]] = [[]]
    for word in SAID.finditer(text, part.start, part.end):
        if says_more(word[0], asked):
            runs[-1].append(word)
        elif terms(word[0]):
            runs.append([])
    longest = max(runs, key=len)
    return Quote(longest[0].start(), longest[-1].end()) if longest else None


def answering_words(question: str, text: str) -> Quote:
    """Return which words of a text answer a question, as far as signs tell.

    Of the items of the text, that which shares most words with the question; of its
    clauses the first that says more than the question; of that the longest run of new
    words. Of equals the first. All of the text where nothing says more.
    """
    asked = terms(question)
    items = parts(text, BETWEEN_ITEMS, 0, len(text))
    shared = {item: len(terms(text[item.start : item.end]) & asked) for item in items}
    for item in sorted(items, key=lambda item: -shared[item]):
        for clause in parts(text, BETWEEN_CLAUSES, *item):
            if found := new_words(text, clause, asked):
                return found
    return Quote(0, len(text))
