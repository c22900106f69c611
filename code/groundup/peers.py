"""Libraries that a chapter compares with, and that may be absent where it runs.

Binder has no PyTorch. After `optional("torch")` a cell that needs it, because it
imports it or uses a name that only such a cell defines, says so in one line, shows what
it printed when the book was built, and the notebook goes on.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .extras import NAMES

RECORDED = Path(__file__).parent / "recorded"
SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass
class Guard:
    """Knows which cells of a notebook need one of `packages`.

    `without` has the names that only such cells have defined so far.
    """

    packages: set[str] = field(default_factory=set)
    without: set[str] = field(default_factory=set)

    def needs(self, source: str, known: Collection[str] = ()) -> set[str]:
        """Return the packages that a cell cannot do without, and remember its names.

        `known` are the names that the notebook has. A cell that is no plain Python
        needs nothing.
        """
        try:
            tree = ast.parse(source)
        except SyntaxError:
            return set()
        bound = set(bindings(tree))
        wanted = set(imported(tree)) & self.packages
        used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        missed = (used & self.without) - bound - set(known)
        if not wanted and not missed:
            return set()
        self.without |= bound - set(known)
        return wanted or self.packages


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the packages that a piece of code imports anywhere."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.split(".")[0]


def bindings(tree: ast.Module) -> Iterator[str]:
    """Yield the names that a cell defines: assigned, imported, functions, classes."""
    inside = {id(n) for f in ast.walk(tree) if isinstance(f, SCOPES) for n in parts(f)}
    for node in ast.walk(tree):
        if id(node) in inside:
            continue
        if isinstance(node, SCOPES):
            yield node.name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (a.asname or a.name.split(".")[0] for a in node.names)


def parts(function: ast.AST) -> Iterator[ast.AST]:
    """Yield all that stands inside a function or class."""
    return (node for node in ast.walk(function) if node is not function)


def key(source: str) -> str:
    """Return the name under which a cell's printed output is kept."""
    plain = "\n".join(line.rstrip() for line in source.strip().splitlines())
    return hashlib.sha256(plain.encode()).hexdigest()[:16]


@cache
def recorded() -> dict[str, str]:
    """Return what cells with peers printed when the book was built, by their keys."""
    found: dict[str, str] = {}
    for path in sorted(RECORDED.rglob("*.json")):
        found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def listed(packages: Iterable[str]) -> str:
    """Return names of packages as a sentence has them: `PyTorch and transformers`."""
    return " and ".join(NAMES.get(name, name) for name in sorted(packages))


def tell(cell: str, packages: Iterable[str]) -> None:
    """Print that a cell was left out, and what it printed at the build."""
    names = sorted(packages)
    absent = f"{listed(names)} {'is' if len(names) == 1 else 'are'} not installed here"
    said = recorded().get(cell)
    if said is None:
        print(f"{absent}: this cell was left out.")
    elif not said:
        print(f"{absent}: this cell was left out. It prints nothing.")
    else:
        print(f"{absent}. When the book was built, this cell printed:\n{said}")


def optional(*packages: str) -> None:
    """Let the notebook go on past cells that need one of `packages` that is absent.

    Outside of IPython this does nothing.
    """
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    if shell is None:
        return
    guard = Guard()

    def leave_out(lines: list[str]) -> list[str]:
        """Put a sentence in place of a cell that cannot run here."""
        source = "".join(lines)
        guard.packages = {name for name in packages if find_spec(name) is None}
        missing = guard.needs(source, shell.user_ns)
        if not missing:
            return lines
        call = f"tell({key(source)!r}, {sorted(missing)})"
        return [f'__import__("{__name__}", fromlist=["tell"]).{call}\n']

    transformers = shell.input_transformers_post
    transformers[:] = [t for t in transformers if t.__name__ != leave_out.__name__]
    transformers.append(leave_out)
