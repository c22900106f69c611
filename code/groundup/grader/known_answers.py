"""The answers that an exercise keeps: wrong ones with their replies, and right ones.

`wrong.yml` and `right.yml` have them by name. Each is a few edits of the solution, or
a `body`, the whole of the file; so is a Python file in `wrong/` or `right/`, where the
docstring of a wrong one has the keys. Nothing here runs any of them.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from .edits import edited
from .front_matter import Fields
from .parts import PublicTest, parse, read, read_header
from .strict_yaml import read_yaml

Found = list[tuple[str, Fields, str]]  # names, what is left to be read, sources


@dataclass(frozen=True)
class RightAnswer:
    """A right answer in another style than the solution's."""

    name: str
    source: str


@dataclass(frozen=True)
class WrongAnswer:
    """An answer that people really give, and what to tell those who give it.

    `fails` names the test that it must fail; `message` answers the misconception. A
    `slip`, such as a sign or a factor, costs no more than half of the points.
    """

    name: str
    misconception: str
    fails: str
    message: str
    source: str
    slip: bool = False


def read_right_answers(folder: Path, solution: str) -> tuple[RightAnswer, ...]:
    """Return the right answers of an exercise's folder, in the order of their names.

    `solution` is its source without markers. Raises ValueError as `read_listed`, and
    for an answer that is not Python.
    """
    found = read_listed(folder / "right.yml", solution)
    for path in folder.glob("right/*.py"):
        parse(path)
        found.append((path.stem, Fields({}, path), read(path)))
    for _, fields, _ in found:
        fields.nothing_left()
    return tuple(RightAnswer(name, source) for name, _, source in in_order(found))


def read_wrong_answers(
    folder: Path, solution: str, tests: tuple[PublicTest, ...]
) -> tuple[WrongAnswer, ...]:
    """Return the wrong answers of an exercise's folder, in the order of their names.

    Raises ValueError as `read_right_answers`, and where one says too little or too
    much, or fails a test that is none of `tests`.
    """
    names = [test.name for test in tests]
    found = read_listed(folder / "wrong.yml", solution)
    for path in folder.glob("wrong/*.py"):
        found.append((path.stem, Fields(read_header(path), path), read(path)))
    return tuple(
        read_wrong_answer(name, fields, source, names)
        for name, fields, source in in_order(found)
    )


def read_wrong_answer(
    name: str, fields: Fields, source: str, tests: list[str]
) -> WrongAnswer:
    """Return a wrong answer, of which the source is known already."""
    answer = WrongAnswer(
        name=name,
        misconception=fields.text("misconception"),
        fails=fields.text("fails"),
        message=" ".join(fields.text("message").split()),
        source=source,
        slip=fields.truth("slip") if "slip" in fields.data else False,
    )
    fields.nothing_left()
    if answer.fails not in tests:
        raise fields.wrong("fails", f"one of {tests}", answer.fails)
    return answer


def in_order(found: Found) -> Found:
    """Return answers by their names; raises ValueError where two have the same."""
    found = sorted(found, key=lambda answer: answer[0])
    for (name, one, _), (other, two, _) in pairwise(found):
        if name == other:
            raise ValueError(f"{one.path}: {name} stands in {two.path}, too")
    return found


def read_listed(file: Path, solution: str) -> Found:
    """Return the answers of `wrong.yml` or `right.yml`; none without such a file.

    Raises ValueError naming the file, the answer and what is expected there.
    """
    if not file.is_file():
        return []
    listed = read_yaml(read(file), str(file))
    if not isinstance(listed, dict) or not listed:
        raise ValueError(f"{file}: expected answers by their names")
    for name in listed:
        if not isinstance(name, str) or not name.isidentifier():
            raise ValueError(f"{file}: {name!r} is no name, as off_by_one is")
    fields = Fields(listed, file)
    answers = {name: fields.mapping(name) for name in listed}
    return [(name, own, written(own, solution)) for name, own in answers.items()]


def written(fields: Fields, solution: str) -> str:
    """Return the source of an answer: the solution with its edits, or its body.

    Raises ValueError where it has both or neither, and where that is not Python.
    """
    name, given = fields.prefix.rstrip("."), {"edits", "body"} & {*fields.data}
    if len(given) != 1:
        found = "both" if given else "neither"
        raise ValueError(f"{fields.path}: {name} needs edits or a body, found {found}")
    if "body" in given:
        text = fields.text("body") + "\n"
    else:
        text = edited(solution, fields.several("edits"))
    try:
        ast.parse(text)
    except SyntaxError as error:
        what = f"{error.msg}: {(error.text or '').strip()}"
        raise ValueError(f"{fields.path}: {name} is no Python: {what}") from None
    return text
