"""Names that an exercise forbids: found in the syntax tree, and when they are used.

The worker runs this file on its own, so it imports nothing of this package.
"""

from __future__ import annotations

import ast
import gc
import os
import sys
from collections.abc import Callable, Iterable
from importlib.util import cache_from_source
from typing import Any

ALWAYS = ("groundup",)  # the book's own code has the answers


def forbidden_uses(source: str, forbidden: Iterable[str]) -> list[tuple[str, int]]:
    """Return the forbidden names that a file uses, each with its line.

    `numpy.linalg.lstsq` is found behind `import numpy as np`, `from numpy import
    linalg` and `from numpy.linalg import lstsq as solve`; a forbidden module covers
    all that is in it. A file that is no Python has none: running it will say so.
    """
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    names = imported(nodes)
    used = [(full, line) for _, full, line in names]
    meaning = {local: full for local, full, _ in names}
    for node in nodes:
        if isinstance(node, ast.Attribute) and (full := dotted(node, meaning)):
            used.append((full, node.lineno))
    banned = (*ALWAYS, *forbidden)
    hits = [(n, line) for n, line in used if any(covers(b, n) for b in banned)]
    return sorted(set(hits), key=lambda hit: (hit[1], -len(hit[0]), hit[0]))


def covers(banned: str, name: str) -> bool:
    """Return whether a name is the banned one, is in it, or imports it with a star."""
    starred = name.endswith(".*") and banned.startswith(name[:-1])
    return name == banned or name.startswith(f"{banned}.") or starred


def imported(nodes: list[ast.AST]) -> list[tuple[str, str, int]]:
    """Return (local name, full name, line) of everything that is imported."""
    found = []
    for node in nodes:
        if isinstance(node, ast.Import):
            for name in node.names:
                # `import numpy.linalg` binds `numpy`, with `as` all of it
                full = name.name if name.asname else name.name.partition(".")[0]
                found.append((name.asname or full, full, node.lineno))
                found.append(("", name.name, node.lineno))
        elif isinstance(node, ast.ImportFrom):
            for name in node.names:
                full = f"{node.module or ''}.{name.name}"
                found.append((name.asname or name.name, full, node.lineno))
    return found


def dotted(node: ast.expr, meaning: dict[str, str]) -> str | None:
    """Return the full name of `a.b.c`, None where `a` is not an imported name."""
    if isinstance(node, ast.Name):
        return meaning.get(node.id)
    if isinstance(node, ast.Attribute) and (owner := dotted(node.value, meaning)):
        return f"{owner}.{node.attr}"
    return None


class Forbidden(BaseException):
    """A file has used a name that its exercise forbids; few would catch this one."""


class Shortcuts:
    """The names that are out of use in this process, however they are spelled.

    Nothing comes back once it is forbidden: a process runs the files of one exercise.
    """

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.sources: set[str] = set()  # files that would make a function again

    def forbid(self, names: Iterable[str]) -> None:
        """Refuse to import modules of these names, and replace functions that exist."""
        new = {*ALWAYS, *names} - self.names
        if new and not self.names:
            sys.addaudithook(self.refuse)  # which nobody can take away
        for name in sorted(new):
            self.names.add(name)
            self.replace(name)

    def refuse(self, event: str, args: tuple[Any, ...]) -> None:
        """Raise Forbidden where a forbidden module is about to be imported."""
        if event == "import":
            for banned in self.names:
                if covers(banned, str(args[0])):
                    raise Forbidden(str(args[0]))
        elif event == "open" and isinstance(args[0], str | bytes):
            if os.path.basename(os.fsdecode(args[0])) in self.sources:
                raise PermissionError("this file has what the exercise forbids")

    def replace(self, name: str) -> None:
        """Put what raises Forbidden wherever a function, or its kernel, is held."""
        module, _, last = name.rpartition(".")
        inner = [m for n, m in sys.modules.items() if n.startswith(f"{module}._")]
        for owner in (sys.modules.get(module), *inner):
            original = getattr(owner, last, None)
            if original is None:
                continue
            code = getattr(getattr(original, "__wrapped__", original), "__code__", None)
            if code:
                paths = code.co_filename, cache_from_source(code.co_filename)
                self.sources |= set(map(os.path.basename, paths))
            put_instead(original, stub(name))


def stub(name: str) -> Callable[..., Any]:
    """Return a function that raises Forbidden."""

    def refused(*args: Any, **kwargs: Any) -> Any:
        raise Forbidden(name)

    return refused


def put_instead(original: object, other: object) -> None:
    """Put another object wherever one is held, so that no search finds it."""
    for holder in gc.get_referrers(original):
        if isinstance(holder, dict):
            for key in [key for key, value in holder.items() if value is original]:
                holder[key] = other
        elif isinstance(holder, set):
            holder.discard(original)
