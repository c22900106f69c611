"""What a task's text says is what the starter has and what the tests do."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from groundup.grader import grading
from groundup.grader.exercise import Exercise
from groundup.grader.finding import asked
from groundup.grader.submission import Submission

from .graded import EXERCISES

LARGE = 2_000  # entries along an axis, from which on a task says that there are so many
each_exercise = pytest.mark.parametrize("id_", EXERCISES)


def signatures(source: str) -> dict[str, ast.FunctionDef]:
    """Return the functions of a file by name."""
    body = ast.parse(source).body
    return {node.name: node for node in body if isinstance(node, ast.FunctionDef)}


def written(function: ast.FunctionDef, source: str) -> str:
    """Return a signature as a text has it: names and defaults, no types."""
    given = function.args
    first = len(given.args) - len(given.defaults)
    parts = [argument.arg for argument in given.args]
    for number, default in enumerate(given.defaults, first):
        parts[number] += f"={ast.get_source_segment(source, default)}"
    return f"{function.name}({', '.join(parts)})"


def calls(exercise: Exercise) -> Iterator[tuple[str, int, set[str]]]:
    """Yield the calls of tests: a function, its unnamed arguments, the named ones."""
    tests = exercise.folder / f"test_{exercise.id}.py"
    for node in ast.walk(ast.parse(tests.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("sol"), attr=name)):
                starred = any(isinstance(part, ast.Starred) for part in node.args)
                named = {keyword.arg or "" for keyword in node.keywords}
                yield name, 0 if starred else len(node.args), named


@each_exercise
def test_the_text_gives_every_signature_as_the_starter_has_it(id_: str) -> None:
    exercise = EXERCISES[id_]
    functions = signatures(exercise.starter)
    text = " ".join(exercise.task.split())
    known = {name: written(f, exercise.starter) for name, f in functions.items()}
    wanted = [known[name] for name in asked(exercise.starter)]
    assert [each for each in wanted if f"`{each}`" not in text] == []
    named = re.findall(r"`(\w+\([^`]*\))`", text)
    strange = [n for n in named if n != known.get(n.partition("(")[0], n)]
    assert strange == []


@each_exercise
def test_the_tests_call_functions_as_the_text_says(id_: str) -> None:
    functions = signatures(EXERCISES[id_].starter)
    for name, count, named in calls(EXERCISES[id_]):
        arguments = [argument.arg for argument in functions[name].args.args]
        assert count + len(named) <= len(arguments)
        assert named <= set(arguments[count:]) | {""}


def longest(value: Any) -> int:
    """Return the most entries along an axis of anything in a value."""
    if isinstance(value, np.ndarray):
        return max(value.shape, default=0)
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return max([len(value), *map(longest, value)])
    return 0


@each_exercise
def test_the_text_says_how_large_inputs_may_be(
    id_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise, seen, call = EXERCISES[id_], [0], Submission.call

    def recorded(self: Submission, function: str, *args: Any, **kwargs: Any) -> Any:
        seen.append(longest([*args, *kwargs.values()]))
        return call(self, function, *args, **kwargs)

    monkeypatch.setattr(Submission, "call", recorded)
    assert grading.grade(exercise, exercise.folder / "solution.py", seed=0).passed
    numbers = re.findall(r"\d{1,3}(?:,\d{3})+", exercise.task)
    said = max([int(number.replace(",", "")) for number in numbers], default=0)
    assert max(seen) < LARGE or max(seen) <= 1.01 * said
