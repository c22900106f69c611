"""Small changes to a solution, one at a time: good tests notice nearly all of them.

A mutant that the tests do not notice has survived. Some cannot be noticed, because
they compute the same; `survivors.yml` beside the solution lists these with a reason.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .exercise import Exercise
from .strict_yaml import read_yaml

SURVIVORS = "survivors.yml"
OPERATORS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.Pow: ast.Mult,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.GtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.LtE,
    ast.GtE: ast.Gt,
    ast.And: ast.Or,
    ast.Or: ast.And,
    ast.USub: ast.UAdd,
}
FUNCTIONS = {
    "sum": "mean",
    "mean": "sum",
    "max": "min",
    "min": "max",
    "exp": "abs",
    "sqrt": "abs",
    "abs": "sign",
    "ones": "zeros",
    "zeros": "ones",
    "all": "any",
    "any": "all",
    "std": "var",
}


@dataclass(frozen=True)
class Mutant:
    """A changed solution: its name says where and what."""

    name: str
    source: str


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of a source, each changed in one place."""
    tree = ast.parse(source)
    places = [node for node in ast.walk(tree) if in_code(node)]
    seen = {ast.unparse(tree)}
    for number, node in enumerate(places):
        for what in changes(node):
            changed = copy.deepcopy(tree)
            copies = [n for n in ast.walk(changed) if in_code(n)]
            apply(copies[number], what)
            text = ast.unparse(ast.fix_missing_locations(changed))
            if text not in seen:
                seen.add(text)
                line = getattr(node, "lineno", 0)
                yield Mutant(f"line {line}: {ast.unparse(node)[:60]} -> {what}", text)


def in_code(node: ast.AST) -> bool:
    """Tell whether a node is an expression or a branch, which can be changed."""
    return isinstance(node, ast.expr | ast.If)


def changes(node: ast.AST) -> list[str]:
    """Return the changes that fit a node, as words that `apply` understands."""
    match node:
        case ast.BinOp(op=op) | ast.BoolOp(op=op) | ast.UnaryOp(op=op):
            return [f"swap {type(op).__name__}"] if type(op) in OPERATORS else []
        case ast.Compare(ops=[op]):
            return [f"swap {type(op).__name__}"] if type(op) in OPERATORS else []
        case ast.Constant(value=bool()):
            return ["negate"]
        case ast.Constant(value=int() | float()):
            return ["plus 1", "minus 1"]
        case ast.Call(keywords=keywords):
            return [f"drop {k.arg}" for k in keywords if k.arg]
        case ast.Attribute(attr="T"):
            return ["drop .T"]
        case ast.Attribute(attr=name) if name in FUNCTIONS:
            return [f"call {FUNCTIONS[name]}"]
        case ast.If():
            return ["never", "always"]
    return []


def apply(node: ast.AST, what: str) -> None:
    """Change a node in place."""
    verb, _, rest = what.partition(" ")
    match node, verb:
        case (ast.Compare(), "swap"):
            node.ops = [OPERATORS[type(node.ops[0])]()]  # type: ignore[list-item]
        case (ast.BinOp() | ast.BoolOp() | ast.UnaryOp(), "swap"):
            node.op = OPERATORS[type(node.op)]()  # type: ignore[assignment]
        case (ast.Constant(), "negate"):
            node.value = not node.value
        case (ast.Constant(), "plus" | "minus"):
            assert isinstance(node.value, int | float)
            node.value = node.value + (1 if verb == "plus" else -1)
        case (ast.Call(), "drop"):
            node.keywords = [k for k in node.keywords if k.arg != rest]
        case (ast.Attribute(), "drop"):
            node.attr = "real"  # the same array, not transposed
        case (ast.Attribute(), "call"):
            node.attr = rest
        case (ast.If(), "never" | "always"):
            node.test = ast.Constant(verb == "always")


def listed_survivors(exercise: Exercise) -> dict[str, str]:
    """Return the survivors that the exercise explains, each with its reason.

    Raises ValueError for a file that is no mapping of names to reasons.
    """
    return reasons_in(exercise.folder / SURVIVORS)


def reasons_in(file: Path) -> dict[str, str]:
    """Return the survivors that a file lists, each with its reason; none without it.

    Raises ValueError for a file that is no mapping of names to reasons.
    """
    if not file.is_file():
        return {}
    listed = read_yaml(file.read_text(encoding="utf-8"), str(file))
    texts = isinstance(listed, dict) and all(
        isinstance(text, str) and text.strip()
        for pair in listed.items()
        for text in pair
    )
    if not texts:
        raise ValueError(f"{file}: expected the names of mutants, each with a reason")
    return dict(listed)


def unexplained(survived: Collection[str], reasons: Mapping[str, str]) -> list[str]:
    """Return a sentence for each survivor without a reason and each reason too many."""
    problems = [
        f"survived, and nobody says why: {n}" for n in survived if n not in reasons
    ]
    return problems + [
        f"listed as a survivor, but dies: {n}" for n in reasons if n not in survived
    ]
