"""Small changes of a solution: what stands in it once, and what is put there.

Of several lines, the first begins anywhere in a line of the solution; the others are
written as if that line had no indentation.
"""

from __future__ import annotations

import re
from itertools import pairwise
from textwrap import indent

from .front_matter import Fields

Place = tuple[int, int, str]  # from here to there, and what is put there


def edited(source: str, edits: list[Fields]) -> str:
    """Return a source in which each edit's `find` has become its `put`.

    Raises ValueError for an edit whose `find` does not stand in the source exactly
    once, and for two that overlap.
    """
    places = sorted(place_of(edit, source) for edit in edits)
    for (_, end, _), (start, after, _) in pairwise(places):
        if start < end:
            where = edits[0].prefix.rsplit(".", 2)[0]
            what = repr(source[start:after])
            raise ValueError(f"{edits[0].path}: two {where} change {what}")
    for start, end, put in reversed(places):
        source = source[:start] + put + source[end:]
    return source


def place_of(edit: Fields, source: str) -> Place:
    """Return what an edit changes in a source; raises ValueError as `edited`."""
    find, put = edit.text("find"), edit.text("put", empty=True)
    edit.nothing_left()
    places, lines = [], []
    for match in re.finditer(re.escape(find.partition("\n")[0]), source):
        start = match.start()
        line = source[source.rfind("\n", 0, start) + 1 :].partition("\n")[0]
        margin = line[: len(line) - len(line.lstrip())]
        if source.startswith(whole := with_margin(find, margin), start):
            places.append((start, start + len(whole), with_margin(put, margin)))
            lines.append(line.strip())
    if len(places) != 1:
        found = f"in {lines}" if lines else "nowhere"
        raise edit.wrong("find", f"what stands in the solution once, not {found}", find)
    return places[0]


def with_margin(text: str, margin: str) -> str:
    """Return a text of which all lines but the first have a margin."""
    return indent(text, margin).removeprefix(margin)
