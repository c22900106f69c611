"""The road without JavaScript and on paper, and the room that it takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from groundup.parts import PARTS

# Pixels: wishes and the sentence below them, a title of a part, a chapter in a column
# or in the list of a phone, the panel without its route, and a step of the route.
TOP, TITLE, NODE, ROW, PANEL, STEP = 120, 40, 66, 68, 150, 28
COLUMNS = 2  # in which a wide page has the steps of a route
Chapters = Sequence[Mapping[str, Any]]


def height(chapters: Chapters, *, narrow: bool) -> int:
    """Return about how many pixels the explorable takes in a wide or a narrow page."""
    sizes = Counter(chapter["part"] for chapter in chapters)
    if narrow:
        return 2 * TOP + PANEL + sum(TITLE + ROW * size for size in sizes.values())
    steps = -(-max(len(chapter["route"]) for chapter in chapters) // COLUMNS)
    return TOP + TITLE + NODE * max(sizes.values()) + PANEL + STEP * steps


def poster(chapters: Chapters) -> str:
    """Return a list for each part: links to what is written, marks at the others."""
    lists = "".join(
        f"<div><strong>{escape(PARTS.get(part, part.capitalize()))}</strong>"
        f'<ul style="margin:0.3em 0 0;padding:0;list-style:none">{items}</ul></div>'
        for part, group in groupby(chapters, key=lambda c: str(c["part"]))
        for items in ["".join(f"<li>{entry(chapter)}</li>" for chapter in group)]
    )
    columns = "grid-template-columns:repeat(auto-fit,minmax(min(13rem,100%),1fr))"
    style = (
        f"display:grid;{columns};gap:1.25rem;font:0.9rem/1.6 var(--gu-sans,sans-serif)"
    )
    return f'<div style="{style}">{lists}</div>'


def entry(chapter: Mapping[str, Any]) -> str:
    """Return a chapter's title, linked where there is something to read."""
    title = escape(chapter["title"])
    if chapter["status"] == "coming":
        return f'{title} <span style="color:var(--gu-muted,#5b6068)">(to come)</span>'
    return f'<a href="{escape(chapter["url"])}">{title}</a>'
