"""By which names exercises are known: `topic/id`, and `id` alone where it is unique.

Where several topics have an exercise of one id, the short name stays with the first of
them in reading order; the others are known by topic and id alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

PAGE = "exercise.md"


def reading_order(root: Path) -> list[str]:
    """Return the chapters in the order of the book's contents, which lie beside."""
    contents = root.parent / "_toc.yml"
    text = contents.read_text(encoding="utf-8") if contents.exists() else ""
    return re.findall(r"chapters/(\w+/\w+)", text)


def folders(root: Path, pattern: str = "*/*/*") -> list[Path]:
    """Return exercises' folders in reading order, those of one chapter by name."""
    found = sorted(page.parent for page in root.glob(f"{pattern}/{PAGE}"))
    if len(found) < 2:  # then the contents tell nothing, and need not be read
        return found
    place = {chapter: number for number, chapter in enumerate(reading_order(root))}

    def key(folder: Path) -> int:
        chapter = f"{folder.parent.parent.name}/{folder.parent.name}"
        return place.get(chapter, len(place))

    return sorted(found, key=key)


def known_as(folder: Path) -> str:
    """Return the name that an exercise is known by, the shortest that is its own."""
    same = folders(folder.parents[2], f"*/*/{folder.name}")
    first = same[0] if same else folder
    return folder.name if first == folder else f"{folder.parent.name}/{folder.name}"


def names_of(root: Path) -> dict[str, str]:
    """Return for each exercise, by `topic/id`, the name that it is known by."""
    owners: dict[str, Path] = {}
    found = {}
    for folder in folders(root):
        name = f"{folder.parent.name}/{folder.name}"
        mine = owners.setdefault(folder.name, folder) == folder
        found[name] = folder.name if mine else name
    return found


def known_ids(root: Path) -> list[str]:
    """Return the names that all exercises are known by, in the alphabet's order."""
    return sorted(names_of(root).values())


def short(name: str) -> str:
    """Return an exercise's id without the topic."""
    return name.rpartition("/")[2]


def meant_by(name: str, ids: Iterable[str]) -> str:
    """Return which of the ids somebody means who may have named the topic, too."""
    return name if name in ids else short(name)


def find_folder(name: str, root: Path) -> Path | None:
    """Return the folder of an exercise by `id`, `topic/id` or `part/topic/id`."""
    parts = name.split("/")
    if len(parts) > 3 or not all(re.fullmatch(r"\w+", part) for part in parts):
        return None
    pattern = "/".join(["*"] * (3 - len(parts)) + parts)
    return next(iter(folders(root, pattern)), None)
