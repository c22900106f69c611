"""What was kept by short names is brought to the names with topics, which stay.

A short name belongs to another exercise as soon as an earlier chapter has one of that
name. So progress is kept by `topic/id`, and a file moves into a folder of its topic
when its short name is taken.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from pathlib import Path
from typing import TypeVar

from .known import short

T = TypeVar("T")


def with_topics(kept: Mapping[str, T], names: Mapping[str, str]) -> dict[str, T]:
    """Return what is kept of exercises by their names with topics.

    `names` are those of `known.names_of`. What was kept by both names of an exercise is
    taken from the one with the topic; names of no exercise stay.
    """
    whole = {known: name for name, known in names.items()}
    brought = {whole.get(id_, id_): value for id_, value in kept.items()}
    return brought | {name: kept[name] for name in brought if name in kept}


def move_files(folder: Path, kept: Container[str], names: Mapping[str, str]) -> None:
    """Move the files whose short names have been taken, and that are no others' yet.

    Whose a file is says what is `kept`: progress by names with topics.
    """
    owners = {known: name for name, known in names.items()}
    for name, known in names.items():
        old, new = folder / f"{short(name)}.py", folder / f"{name}.py"
        taken = known == name and owners[short(name)] not in kept
        if taken and name in kept and old.is_file() and not new.exists():
            new.parent.mkdir(exist_ok=True)
            old.rename(new)
