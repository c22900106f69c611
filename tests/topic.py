"""The tests of one topic: its code, its exercises, its page, its explorable.

`make test TOPIC=linear_regression` runs these alone: `--topic` keeps a test that is
about the topic, by its file or by what it is run with.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from groundup.grader.known import known_as

ROOT = Path(__file__).resolve().parents[1]
NAME = "GROUNDUP_TOPIC"  # in the environment: exercises of other topics are left out
EXPLORABLES = re.compile(r"from groundup\.widgets\.(\w+) import")


@dataclass(frozen=True)
class Topic:
    """A topic, with what tests of it name: its page, its exercises, its explorables."""

    name: str
    page: str
    exercises: frozenset[str]
    explorables: frozenset[str]

    def names(self, item: pytest.Item) -> bool:
        """Tell whether a test is about this topic."""
        stem = item.path.stem.removeprefix("test_")
        if re.match(rf"{self.name}(_\w+)?$", stem):
            return True
        if any(stem == f"{explorable}_page" for explorable in self.explorables):
            return True
        words = getattr(item, "callspec", None)
        return words is not None and self.stands_in(words.id)

    def stands_in(self, said: str) -> bool:
        """Tell whether the id of a test's parameters names something of the topic."""
        if said.startswith(self.page) or said.split("-")[0] in self.exercises:
            return True
        if said.split("-")[0] in self.explorables:
            return True
        return said in {self.name, self.page}


def find(name: str, root: Path = ROOT) -> Topic:
    """Return a topic by its name; raises UsageError with the known ones."""
    folders = {path.name: path for path in (root / "exercises").glob("*/*/")}
    if name not in folders:
        known = ", ".join(sorted(folders))
        raise pytest.UsageError(f"there is no topic {name!r}; there are: {known}")
    part = folders[name].parent.name
    page = root / "chapters" / part / f"{name}.md"
    return Topic(
        name,
        f"chapters/{part}/{name}",
        frozenset(known_as(p.parent) for p in folders[name].glob("*/exercise.md")),
        frozenset(EXPLORABLES.findall(page.read_text("utf-8"))),
    )


def chosen() -> str:
    """Return the topic that was asked for, empty where all of them are."""
    return os.environ.get(NAME, "")
