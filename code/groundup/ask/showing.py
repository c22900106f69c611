"""How an answer looks in a terminal: the line, its answering words marked, its source.

Marks are bold and green on a terminal, and two stars elsewhere, as in Markdown.
"""

from __future__ import annotations

import os
import sys

from groundup.generative.rag.entries import Entry
from groundup.generative.rag.quoting import Quote

STARS = ("**", "**")
GREEN = ("\x1b[1;32m", "\x1b[0m")
LONGEST = 300  # characters of a line that are shown


def marks() -> tuple[str, str]:
    """Return what stands before and after marked words, on this standard output."""
    plain = not sys.stdout.isatty() or os.environ.get("NO_COLOR")
    return STARS if plain else GREEN


def marked(text: str, quote: Quote, marks: tuple[str, str]) -> str:
    """Return a text with marks around the quote, cut far from it where it is long."""
    before, after = marks
    start, end = quote
    first = max(0, start - LONGEST // 2) if len(text) > LONGEST else 0
    last = min(len(text), max(first + LONGEST, end))
    shown = f"{text[first:start]}{before}{text[start:end]}{after}{text[end:last]}"
    return ("… " if first else "") + shown + (" …" if last < len(text) else "")


def lines_of(
    number: int, entry: Entry, quote: Quote, marks: tuple[str, str]
) -> list[str]:
    """Return the lines that show an entry with its number and its source."""
    front = f"{entry.header}: " if entry.header else ""
    told = marked(entry.text, quote, marks)
    return [f"{number}. {front}{told}", f"   ({entry.source})"]
