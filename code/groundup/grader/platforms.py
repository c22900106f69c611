"""How platforms name what a class hands in: one table of patterns.

A pattern has a group `student`, and may have others: `id` (that tells students of one
name apart), `file` (the name under which it was handed in), `late`, `attempt` (the
highest counts), `upload` (of files alike, the highest counts). Each was read in the
platform's own source, or in that of programs which read its downloads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .learner import LearnerError
from .names import clean

METADATA = "submission_metadata.yml"  # Gradescope's: whose submission each folder is
SUBMISSIONS = "-submissions"  # how the folder ends that `gh classroom clone` makes


@dataclass(frozen=True)
class Platform:
    """A platform's name for what is handed in, and an example of it."""

    name: str
    pattern: str
    example: str
    column: str = ""  # of a roster, where the group `id` stands
    numbered: bool = False  # it numbers files of the same name

    def match(self, name: str, assignment: str = "") -> re.Match[str] | None:
        """Return how a name fits, where ASSIGNMENT stands for that of all entries."""
        pattern = self.pattern.replace("ASSIGNMENT", re.escape(assignment))
        return re.fullmatch(pattern, name, re.DOTALL)


TABLE = (
    Platform(
        "moodle",
        r"(?P<student>.+?)(?:_(?P<id>\d+))?_assignsubmission_[a-z]+_?(?P<file>.*)",
        "Ada Lovelace_123_assignsubmission_file_",
        column="participant",
    ),
    Platform(
        "canvas",
        r"(?:(?!anon_|LATE_)(?P<student>\w+?)_)?(?:(?P<late>LATE)_)?"
        r"(?P<id>\d+|anon_[^\W_]+)"
        r"_(?:(?P<upload>\d+)_(?P<file>.+)|(?:text|link)\.html)",
        "pascalblaise_LATE_1_2_softmax-1.py",
        column="id",
        numbered=True,
    ),
    Platform(
        "blackboard",
        r"(?P<id>(?:.+_)?(?P<student>[^_]+))"
        r"_attempt_(?P<attempt>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)",
        "Homework_ada_attempt_2026-01-30-15-00-00_softmax.py",
    ),
    Platform(
        "github",
        r"(?P<id>ASSIGNMENT-(?P<student>\w[\w-]*))",
        "homework-ada",
    ),
    Platform(
        "gradescope",
        r"(?P<student>submission_\d+)",
        "submission_123",
    ),
)
NAMES = tuple(platform.name for platform in TABLE)


def chosen(
    folder: Path, names: Sequence[str], asked: str, pattern: str
) -> Platform | None:
    """Return the platform that was asked for, else that whose pattern most names fit.

    Raises LearnerError for one that is not in the table, and for a pattern of one's own
    that is no regular expression with a group `student`.
    """
    if asked and pattern:
        raise LearnerError("give --platform or --pattern, not both")
    if pattern:
        return own(pattern)
    if asked:
        known = {platform.name: platform for platform in TABLE}
        if asked.lower() not in known:
            raise LearnerError(f"--platform is one of {', '.join(NAMES)}")
        return known[asked.lower()]
    for platform in TABLE:
        if platform.name == "gradescope" and not (folder / METADATA).is_file():
            continue
        if platform.name == "github" and not folder.resolve().name.endswith(
            SUBMISSIONS
        ):
            continue
        assignment = assignment_of(folder, names)
        fitting = [name for name in names if platform.match(name, assignment)]
        if 2 * len(fitting) > len(names):
            return platform
    return None


def own(pattern: str) -> Platform:
    """Return a pattern of one's own; raises LearnerError where it cannot be used."""
    try:
        groups = re.compile(pattern).groupindex
    except (re.error, OverflowError, RecursionError) as error:
        raise LearnerError(f"--pattern is no regular expression: {error}") from None
    if "student" not in groups:
        raise LearnerError(
            "--pattern needs a group for the student, such as"
            r" '(?P<student>\w+)_homework.*'"
        )
    return Platform("", pattern, "")


def assignment_of(folder: Path, names: Sequence[str]) -> str:
    """Return what GitHub Classroom's folders begin with: the name of the assignment.

    `gh classroom clone` says it in the name of the folder around them; else it is what
    all names have in common, up to a hyphen.
    """
    around = folder.resolve().name
    if around.endswith(SUBMISSIONS):
        return clean(around.removesuffix(SUBMISSIONS))
    shortest, longest = min(names, default=""), max(names, default="")
    same = 0
    while same < len(shortest) and shortest[same] == longest[same]:
        same += 1
    return shortest[:same].rpartition("-")[0]
