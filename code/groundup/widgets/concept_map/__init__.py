"""The map of the book: chapters, and the concepts that lead from one to another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby
from typing import Any

from traitlets import Dict, List, Unicode

from ..explorable import Explorable

PARTS = (
    "foundations",
    "algorithms",
    "optimization",
    "networks",
    "transformers",
    "generative",
)
MANY = 3  # so many parts take the whole width, with the panel below them
HEAD, NODE, LINE = 92, 44, 22  # pixels: a title with space around it, a chapter, a line
TEXTS = ("id", "title", "part", "url", "status")
CAPTION = (
    "The chapters in reading order. Choose one to see what it teaches, what it needs,"
    " and what it leads to."
)


def checked(chapter: Mapping[str, Any]) -> dict[str, Any]:
    """Return a chapter with all its keys; raises ValueError for one that is wrong."""
    for key in (*TEXTS, "teaches", "needs"):
        if key not in chapter:
            raise ValueError(f"a chapter needs the key {key!r}, got {sorted(chapter)}")
    for key in TEXTS:
        if not isinstance(chapter[key], str):
            raise ValueError(f"{key} must be a text, got {chapter[key]!r}")
    for key in ("teaches", "needs"):
        if isinstance(chapter[key], str):
            raise ValueError(f"{key} must be a list of concepts, got {chapter[key]!r}")
    if chapter["status"] not in ("ready", "coming"):
        raise ValueError(f'status is "ready" or "coming", got {chapter["status"]!r}')
    lists = {key: list(chapter[key]) for key in ("teaches", "needs")}
    return {**{key: chapter[key] for key in TEXTS}, **lists}


def in_reading_order(chapters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the chapters by part; parts that the book does not know come last."""
    seen = [*PARTS, *(chapter["part"] for chapter in chapters)]
    return sorted(chapters, key=lambda chapter: seen.index(chapter["part"]))


class ConceptMap(Explorable):
    """The chapters by part, with an edge where one needs what another teaches.

    `chapters` are mappings with `id`, `title`, `part`, `url`, `teaches`, `needs` (names
    of concepts) and `status` ("ready" or "coming"). `selected` is the id of the chapter
    that the panel tells about. Raises ValueError for none, or for an id used twice.
    """

    chapters = List(Dict()).tag(sync=True)
    selected = Unicode().tag(sync=True)

    def __init__(self, chapters: Iterable[Mapping[str, Any]], **kwargs: Any) -> None:
        ordered = in_reading_order([checked(chapter) for chapter in chapters])
        if not ordered:
            raise ValueError("expected at least one chapter, got none")
        ids = [chapter["id"] for chapter in ordered]
        if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            raise ValueError(f"ids of chapters must be unique, {twice} are used twice")
        ready = [chapter["id"] for chapter in ordered if chapter["status"] == "ready"]
        kwargs.setdefault("selected", (ready or ids)[0])
        if kwargs["selected"] not in ids:
            raise ValueError(f"no chapter has the id {kwargs['selected']!r}")
        kwargs.setdefault("caption", CAPTION)
        super().__init__(chapters=ordered, **kwargs)

    def room(self) -> tuple[str, str]:
        """Return its heights: columns and panel, beside or below each other."""
        columns = Counter(chapter["part"] for chapter in self.chapters)
        shown = next(c for c in self.chapters if c["id"] == self.selected)
        # One line says where the needs come from, one at least what comes next.
        needs, teaches = len(shown["needs"]) + 1, len(shown["teaches"])
        panel = HEAD + LINE * max(needs, teaches)
        column = HEAD / 2 + NODE * max(columns.values())
        wide = max(panel, column) if len(columns) < MANY else column + HEAD / 2 + panel
        every = sum(HEAD / 2 + NODE * count for count in columns.values())
        return f"{wide:.0f}px", f"{every + 2 * HEAD + LINE * (needs + teaches):.0f}px"

    def poster(self) -> str:
        """Return the chapters as lists with links, one list for each part."""
        lists = "".join(
            f"<div><strong>{escape(part.replace('_', ' ').capitalize())}</strong>"
            f'<ul style="margin:0.3em 0 0;padding:0;list-style:none">{items}</ul></div>'
            for part, group in groupby(self.chapters, key=lambda c: str(c["part"]))
            for items in ["".join(f"<li>{entry(chapter)}</li>" for chapter in group)]
        )
        columns = "grid-template-columns:repeat(auto-fit,minmax(150px,1fr))"
        style = (
            f"display:grid;{columns};gap:1.25rem;font-family:var(--gu-sans,sans-serif)"
        )
        return f'<div style="{style}">{lists}</div>'


def entry(chapter: Mapping[str, Any]) -> str:
    """Return a chapter's title, linked where there is something to read."""
    title = escape(chapter["title"])
    if chapter["status"] == "coming":
        return f"{title} (coming)"
    return f'<a href="{escape(chapter["url"])}">{title}</a>'
