"""What can be found and quoted: a text, the headings above it, and where it stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .corpus import factbook_lines

# Signs that a terminal would obey, and that have no place in a quotation.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
EDITION = "The World Factbook, January 2026"


def printable(text: str) -> str:
    """Return a text on one line, with single spaces and without control characters."""
    return " ".join(CONTROL.sub(" ", text).split())


@dataclass(frozen=True)
class Entry:
    """A text that may answer a question, with its headings and its source."""

    text: str
    header: str
    source: str

    @property
    def searched(self) -> str:
        """The text as it is searched: with the headings in front, if it has any."""
        return f"{self.header}: {self.text}" if self.header else self.text


def factbook_entries() -> list[Entry]:
    """Return every line of the World Factbook; errors as of `factbook_lines`."""
    return [Entry(line.text, line.header, EDITION) for line in factbook_lines()]
