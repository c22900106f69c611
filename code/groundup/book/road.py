"""The road: all chapters in reading order, those that are written and those to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from groundup.parts import PARTS

from .cards import Card

COMING = Path("chapters/coming.yml")


@dataclass(frozen=True)
class Coming:
    """A chapter that is not written yet, an entry of `chapters/coming.yml`.

    `topic` is `part/topic`, `minutes` an estimate; `before` names the written chapter
    of the same part that it will precede, empty where it follows all of them.
    """

    topic: str
    title: str
    question: str
    prerequisites: tuple[str, ...]
    minutes: int
    difficulty: int
    before: str = ""

    @property
    def part(self) -> str:
        """The part of the book, the first half of the topic."""
        return self.topic.split("/")[0]


def coming_from(entry: Any, path: Path) -> Coming:
    """Return one entry checked; raises ValueError that names it and what is wrong."""
    if not isinstance(entry, dict) or "topic" not in entry:
        raise ValueError(f"{path}: an entry without a topic: {entry!r}")
    keys = {field.name for field in fields(Coming)}
    if wrong := (keys - {"before"} - set(entry)) | (set(entry) - keys):
        raise ValueError(
            f"{path}: {entry['topic']}: missing or unknown {sorted(wrong)}"
        )
    found = Coming(**{**entry, "prerequisites": tuple(entry["prerequisites"])})
    if found.part not in PARTS:
        raise ValueError(f"{path}: {found.topic}: there is no part {found.part!r}")
    if not (isinstance(found.minutes, int) and found.difficulty in range(1, 6)):
        raise ValueError(f"{path}: {found.topic}: minutes or difficulty is wrong")
    return found


def read_coming(root: Path) -> list[Coming]:
    """Return the chapters to come in reading order, none where there is no file."""
    path = root / COMING
    if not path.is_file():
        return []
    entries = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    return [coming_from(entry, path) for entry in entries]


def merged(written: Sequence[Card], coming: Sequence[Coming]) -> list[Card | Coming]:
    """Return written chapters and those to come as one road.

    Within a part, chapters to come follow the written ones, or precede the one that
    they name as `before`.
    """
    found: list[Card | Coming] = []
    for part in [*PARTS, *sorted({c.part for c in written} - set(PARTS))]:
        waiting = [chapter for chapter in coming if chapter.part == part]
        for card in (card for card in written if card.part == part):
            found += [c for c in waiting if c.before == card.topic]
            found.append(card)
        ahead = {card.topic for card in written}
        found += [c for c in waiting if c.before not in ahead]
    return found


def road_problems(road: Sequence[Card | Coming]) -> list[str]:
    """Return a sentence for each chapter named twice, or asking for a later one."""
    topics = [chapter.topic for chapter in road]
    problems = [
        f"{topic} is written or announced twice"
        for topic in sorted({t for t in topics if topics.count(t) > 1})
    ]
    written = {(card.part, card.topic) for card in road if isinstance(card, Card)}
    for position, chapter in enumerate(road):
        before = chapter.before if isinstance(chapter, Coming) else ""
        if before and (chapter.part, before) not in written:
            where = f"{before!r}, no written chapter of its part"
            problems.append(f"{chapter.topic} is placed before {where}")
        for topic in chapter.prerequisites:
            if topic not in topics[:position]:
                problems.append(
                    f"{chapter.topic} asks for {topic!r}, not an earlier one"
                )
    return problems


def prerequisite_lists(
    chapter: Card | Coming, road: Sequence[Card | Coming]
) -> tuple[list[Card], list[Coming]]:
    """Return what a chapter builds on: the written chapters, and those to come."""
    asked = [c for c in road if c.topic in chapter.prerequisites]
    written = [c for c in asked if isinstance(c, Card)]
    return written, [c for c in asked if isinstance(c, Coming)]
