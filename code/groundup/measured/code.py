"""The code behind an experiment: its function, what that uses, and the library."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator

from groundup.book.library import files_behind, imported, module_file

DEFINITIONS = (ast.FunctionDef, ast.ClassDef)
DOCUMENTED = (*DEFINITIONS, ast.Module)


def fingerprint(function: str) -> str:
    """Return a digest of the code behind a function: `groundup.part.topic.function`.

    What tells and does nothing (docstrings, comments, empty lines) does not count, nor
    does what else stands in the module. Raises ValueError for a function that is none.
    """
    module, _, name = function.rpartition(".")
    path = module_file(module)
    source = path.read_text(encoding="utf-8") if path else ""
    own = bound(ast.parse(source))
    if path is None or name not in own:
        raise ValueError(f"{function} is no function of the book")
    is_package = path.name == "__init__.py"
    package = module if is_package else module.rpartition(".")[0]
    used = behind(name, own)
    names = {n for node in used for n in named(node, package)}
    cell = "\n".join(f"import {n}" for n in sorted(names))
    digest = hashlib.sha256()
    for text in sorted(doing(ast.get_source_segment(source, n) or "") for n in used):
        digest.update(text.encode() + b"\0")
    for file in sorted(files_behind(f"```{{code-cell}}\n{cell}\n```")):
        digest.update(doing(file.read_text(encoding="utf-8")).encode() + b"\0")
    return digest.hexdigest()[:16]


def bound(tree: ast.Module) -> dict[str, ast.stmt]:
    """Return the statements of a module by the names that they bind."""
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, DEFINITIONS):
            found[node.name] = node
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                found[alias.asname or alias.name.split(".")[0]] = node
        else:
            # Not what a comprehension on the right binds, which is nobody else's.
            places = node.targets if isinstance(node, ast.Assign) else [node]
            for inner in (inner for place in places for inner in ast.walk(place)):
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                    found[inner.id] = node
    return found


def behind(name: str, own: dict[str, ast.stmt]) -> list[ast.stmt]:
    """Return the statement that binds a name, and all those that it needs."""
    waiting, seen = [name], {name}
    for waits in waiting:
        for node in ast.walk(own[waits]):
            if isinstance(node, ast.Name) and node.id in own.keys() - seen:
                seen.add(node.id)
                waiting.append(node.id)
    return list({id(own[n]): own[n] for n in waiting}.values())


def named(statement: ast.stmt, package: str) -> Iterator[str]:
    """Yield the names of the book that a statement imports anywhere."""
    for node in ast.walk(statement):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = list(imported(node, package).values())
        yield from (n for n in names if n.split(".")[0] == "groundup")


def doing(source: str) -> str:
    """Return a source without what tells and does nothing."""
    telling = set[int]()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, DOCUMENTED) and ast.get_docstring(node) is not None:
            first = node.body[0]
            telling |= {*range(first.lineno, (first.end_lineno or first.lineno) + 1)}
    return "\n".join(
        line.rstrip()
        for number, line in enumerate(source.splitlines(), 1)
        if number not in telling and line.strip() and not line.lstrip().startswith("#")
    )
