"""Whose an entry of a class' folder is by its name, and what else the name tells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from .archives import ARCHIVES
from .learner import LearnerError
from .names import clean
from .platforms import METADATA, Platform, assignment_of

PYTHON = (".py", ".py.txt")
ENDINGS = (*ARCHIVES, ".ipynb", *PYTHON)
ANY = "|".join(map(re.escape, ENDINGS))
PLAIN = re.compile(
    rf"(?P<student>.+?)(?: \((?P<attempt>\d+)\))?(?:{ANY})", re.IGNORECASE
)
RESUBMITTED = re.compile(r"-(\d+)(?=(\.\w+)?$)")  # Canvas: softmax-1.py, hw.tar-1.gz


@dataclass(frozen=True)
class Owner:
    """Whose an entry is by its name, and what else the name tells."""

    student: str
    ids: Mapping[str, str] = field(default_factory=dict)  # by column of a roster or ""
    file: str = ""
    late: bool = False
    attempt: tuple[int, ...] = (0,)
    upload: tuple[int, ...] = (0,)
    alone: bool = False  # a Python file whose name tells no more than its student

    @property
    def id(self) -> str:
        """Return what tells students of one name apart, empty where nothing does."""
        return next(filter(None, self.ids.values()), "")


def owners_of(
    folder: Path, entries: Sequence[Path], platform: Platform | None
) -> dict[Path, list[Owner]]:
    """Return whose each entry is; several where a group handed it in, none if nobody's.

    What does not fit the platform's pattern is taken by its plain name.
    """
    assignment = assignment_of(folder, [clean(e.name) for e in entries if e.is_dir()])
    people = submitters(folder) if platform and platform.name == "gradescope" else {}
    found = {}
    for entry in entries:
        name = clean(entry.name)
        fits = platform.match(name, assignment) if platform else None
        if entry.name in people:
            found[entry] = people[entry.name]
        elif platform and fits and (owner := told(platform, fits)).student:
            found[entry] = [owner]
        else:
            found[entry] = plain_owner(entry, name)
    return found


def told(platform: Platform, fits: re.Match[str]) -> Owner:
    """Return what a name tells that fits a platform's pattern."""
    groups = {key: value or "" for key, value in fits.groupdict().items()}
    id_ = groups.get("id", "")
    file, number = groups.get("file", ""), 0
    if platform.numbered and (again := RESUBMITTED.search(file)):
        file = RESUBMITTED.sub("", file)
        number = int(again[1])
    return Owner(
        student=clean(groups["student"]) or id_,
        ids={platform.column: id_},
        file=file,
        late=bool(groups.get("late")),
        alone="file" not in groups and fits.string.lower().endswith(PYTHON),
        attempt=numbers(groups.get("attempt", "")),
        upload=(number, *numbers(groups.get("upload", ""))),
    )


def numbers(text: str) -> tuple[int, ...]:
    """Return the numbers in a text, such as a date; (0,) where there are none."""
    return tuple(int(digits) for digits in re.findall(r"\d{1,18}", text)) or (0,)


def plain_owner(entry: Path, name: str) -> list[Owner]:
    """Return whose an entry is that has its student's name, if that can be told."""
    if entry.is_dir():
        return [Owner(name)]
    fits = PLAIN.fullmatch(name)
    if not fits or not entry.is_file():  # a pipe, a device
        return []
    alone = name.lower().endswith(PYTHON)
    return [Owner(fits["student"], attempt=numbers(fits["attempt"] or ""), alone=alone)]


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads YAML in which Ruby left tags that do not matter."""


Loader.add_multi_constructor("!", lambda loader, suffix, node: None)


def submitters(folder: Path) -> dict[str, list[Owner]]:
    """Return who handed in each folder of Gradescope's export, as its own file says.

    Raises LearnerError where that file is missing or cannot be read.
    """
    file = folder / METADATA
    try:
        data = yaml.load(file.read_bytes(), Loader)
        return {
            str(name): [person(one, str(name)) for one in known[":submitters"]]
            for name, known in data.items()
        }
    except FileNotFoundError:
        raise LearnerError(
            f"there is no {METADATA} in {folder}: Gradescope's export has it, and it"
            " says whose each submission is"
        ) from None
    except (
        yaml.YAMLError,
        RecursionError,
        AttributeError,
        LookupError,
        TypeError,
        ValueError,
    ) as error:
        said = " ".join(str(error).split())
        raise LearnerError(f"{file} is not as Gradescope writes it: {said}") from None


def person(one: Mapping[str, object], folder: str) -> Owner:
    """Return a submitter of Gradescope's, who has at least the name of the folder."""
    name, email, sid = (
        clean(str(one.get(f":{key}") or "")) for key in ("name", "email", "sid")
    )
    return Owner(name or email or sid or folder, ids={"email": email, "sid": sid})
