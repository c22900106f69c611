"""The parts of an exercise: limits, hints, tests and candidates, and their readers.

Python files are read as syntax trees; nothing here runs them.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .front_matter import Fields
from .strict_yaml import read_yaml

HINTS = "\n## Hints\n"


@dataclass(frozen=True)
class Limits:
    """What one call of a submission may use before it is ended."""

    seconds: float
    megabytes: int


@dataclass(frozen=True)
class PublicTest:
    """A graded test: its function, its sentence and what it is worth.

    Of an instructor's hidden test, `title` is the name of its group and `message` all
    that is said when it fails; a public test has no message of its own.
    """

    name: str
    title: str
    points: int
    message: str = ""


@dataclass(frozen=True)
class Candidate:
    """A function that a learner's test or inputs are tried on: the right one, or not.

    `flaw` says what is wrong with it, nothing of the right one; `escapes` is what one
    reads who has not told it from the right one.
    """

    name: str
    flaw: str
    escapes: str
    path: Path


def read(path: Path) -> str:
    """Return a file's text; raises ValueError if there is no such file."""
    if not path.is_file():
        raise ValueError(f"{path}: this file is missing from the exercise")
    return path.read_text(encoding="utf-8")


def read_limits(fields: Fields) -> Limits:
    """Return the limits of the front matter."""
    limits = Limits(
        seconds=fields.number("seconds"), megabytes=fields.whole("megabytes", 64, 65536)
    )
    fields.nothing_left()
    return limits


def read_kinds(fields: Fields) -> dict[str, str]:
    """Return the kinds of input that have no meaning, each with the reason."""
    return {kind: fields.text(kind) for kind in [*fields.data]}


def read_hints(body: str, page: Path) -> tuple[str, tuple[str, ...]]:
    """Return the task and the three hints, each under a heading of its own."""
    task, found, hints = body.partition(HINTS)
    parts = [part.partition("\n")[2].strip() for part in hints.split("\n### ")[1:]]
    if not found or len(parts) != 3 or not all(parts):
        raise ValueError(
            f"{page}: expected a heading '## Hints' with three hints below it, each"
            f" under a '### ' heading (a nudge, a plan, a line); found {len(parts)}"
        )
    if not task.strip():
        raise ValueError(f"{page}: the task, between front matter and hints, is empty")
    return task.strip(), tuple(parts)


def parse(path: Path) -> ast.Module:
    """Return the syntax tree of a Python file; raises ValueError if it has none."""
    try:
        return ast.parse(read(path))
    except SyntaxError as error:
        raise ValueError(f"{path}, line {error.lineno}: {error.msg}") from None


def functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """Return the functions at the top level of a module."""
    return [node for node in tree.body if isinstance(node, ast.FunctionDef)]


def read_signatures(path: Path) -> dict[str, tuple[str, ...]]:
    """Return the argument names of the public functions and methods of a file."""
    tree = parse(path)
    found = {node.name: arguments(node) for node in functions(tree)}
    for owner in tree.body:
        if isinstance(owner, ast.ClassDef):
            for node in owner.body:
                if isinstance(node, ast.FunctionDef):
                    found[f"{owner.name}.{node.name}"] = arguments(node)[1:]
            found[owner.name] = found.get(f"{owner.name}.__init__", ())
    return {name: names for name, names in found.items() if not name.startswith("_")}


def arguments(node: ast.FunctionDef) -> tuple[str, ...]:
    """Return the names of a function's arguments."""
    return tuple(argument.arg for argument in node.args.args)


def read_tests(path: Path, hidden: bool = False) -> tuple[PublicTest, ...]:
    """Return the graded tests of a file without running it.

    The docstring of a hidden one has its group in the first line, its message below.
    """
    tests = []
    for node in functions(parse(path)):
        if not node.name.startswith("test_"):
            continue
        title, _, below = (ast.get_docstring(node) or "").partition("\n")
        title, message = title.strip(), " ".join(below.split()) if hidden else ""
        points = read_points(node)
        if not title:
            raise ValueError(
                f"{path}: {node.name} has no docstring; its first line is the"
                " sentence that the learner reads"
            )
        if points is None:
            raise ValueError(
                f"{path}: {node.name} has no points; expected a decorator such as"
                " @pytest.mark.points(2)"
            )
        if hidden and not message:
            raise ValueError(
                f"{path}: {node.name} is hidden and has no message; below the first"
                " line of its docstring, say what one reads when it fails"
            )
        tests.append(PublicTest(node.name, title, points, message))
    if not tests:
        raise ValueError(f"{path}: no function whose name starts with test_")
    return tuple(tests)


def read_points(node: ast.FunctionDef) -> int | None:
    """Return what `@pytest.mark.points(n)` says, None where a test has none."""
    for mark in node.decorator_list:
        match mark:
            case ast.Call(
                func=ast.Attribute(attr="points"),
                args=[ast.Constant(value=int(points))],
            ) if points > 0:
                return points
    return None


RIGHT = "right"


def read_candidates(folder: Path) -> tuple[Candidate, ...]:
    """Return the candidates of a folder: the right one first, then those with a flaw.

    Raises ValueError where there is no right one, or none with a flaw.
    """
    found = []
    for path in sorted(folder.glob("*.py"), key=lambda p: (p.stem != RIGHT, p.name)):
        flaw = escapes = ""
        if path.stem != RIGHT:
            fields = Fields(read_header(path), path)
            flaw = fields.text("flaw")
            escapes = " ".join(fields.text("escapes").split())
            fields.nothing_left()
        found.append(Candidate(path.stem, flaw, escapes, path))
    if len(found) < 2 or found[0].name != RIGHT:
        raise ValueError(f"{folder}: expected {RIGHT}.py, and files with a flaw")
    return tuple(found)


def read_header(path: Path) -> dict[str, Any]:
    """Return the YAML that is the docstring of a wrong answer or of a candidate."""
    header = read_yaml(ast.get_docstring(parse(path)) or "", f"{path}: the docstring")
    if not isinstance(header, dict):
        raise ValueError(
            f"{path}: expected a docstring of keys and values, such as misconception,"
            " fails and message"
        )
    return header
