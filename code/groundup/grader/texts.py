"""What a task's text promises: the signatures that starter and tests have."""

from __future__ import annotations

import ast
import re

from .exercise import Exercise
from .exercise_kinds import ExerciseKind
from .finding import asked
from .parts import functions, parse

CALL = re.compile(r"`(\w+\([^`]*\))`")  # in a text


def text_problems(exercise: Exercise) -> list[str]:
    """Return where text, starter and tests disagree about a function's arguments."""
    if exercise.kind is ExerciseKind.BY_HAND:  # there is nothing to call
        return []
    found = functions(ast.parse(exercise.starter))
    known = {node.name: written(node, exercise.starter) for node in found}
    text = " ".join(exercise.task.split())
    wanted = [known[name] for name in asked(exercise.starter) if name in known]
    problems = [f"the text lacks `{n}`" for n in wanted if f"`{n}`" not in text]
    for call in CALL.findall(text):
        name = call.partition("(")[0]
        if known.get(name, call) != call:
            problems.append(f"the text has `{call}`, the starter `{known[name]}`")
    return problems + [
        said for node in found for said in misfits(exercise, node, known[node.name])
    ]


def written(function: ast.FunctionDef, source: str) -> str:
    """Return a signature as a text has it: names and defaults, no types."""
    parts = [argument.arg for argument in function.args.args]
    defaults = function.args.defaults
    for place, default in enumerate(defaults, len(parts) - len(defaults)):
        parts[place] += f"={ast.get_source_segment(source, default)}"
    return f"{function.name}({', '.join(parts)})"


def misfits(exercise: Exercise, function: ast.FunctionDef, known: str) -> list[str]:
    """Return the calls of tests that a function does not take."""
    tests = exercise.folder / f"test_{exercise.folder.name}.py"
    names = [argument.arg for argument in function.args.args]
    problems = []
    for node in ast.walk(parse(tests)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name("sol"), attr=name)) if (
                name == function.name
            ):
                first = [n for n in node.args if not isinstance(n, ast.Starred)]
                named = {keyword.arg for keyword in node.keywords} - {None}
                if len(first) > len(names) or not named <= {*names[len(first) :]}:
                    problems.append(f"line {node.lineno} of {tests.name}: not {known}")
    return problems
