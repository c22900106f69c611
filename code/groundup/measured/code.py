"""The code behind an experiment: its function, what that uses, and the library."""

from __future__ import annotations

import ast
import hashlib

from groundup.book.library import files_behind, imported, module_file

DEFINITIONS = (ast.FunctionDef, ast.ClassDef)
DOCUMENTED = (*DEFINITIONS, ast.Module)
IMPORTS = (ast.Import, ast.ImportFrom)


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
    texts, names = set[str](), set[str]()
    for local, node in behind(name, own).items():
        if isinstance(node, IMPORTS):
            dotted = brought(node, package)[local]
            texts.add(f"{local} is {dotted}")
            names.add(dotted)
        else:
            texts.add(doing(ast.get_source_segment(source, node) or ""))
            inside = (n for n in ast.walk(node) if isinstance(n, IMPORTS))
            names |= {n for each in inside for n in brought(each, package).values()}
    digest = hashlib.sha256()
    for text in sorted(texts):
        digest.update(text.encode() + b"\0")
    own_names = sorted(n for n in names if n.split(".")[0] == "groundup")
    cell = "\n".join(f"import {n}" for n in own_names)
    for file in sorted(files_behind(f"```{{code-cell}}\n{cell}\n```")):
        digest.update(doing(file.read_text(encoding="utf-8")).encode() + b"\0")
    return digest.hexdigest()[:16]


def bound(tree: ast.Module) -> dict[str, ast.stmt]:
    """Return the statements of a module by the names that they bind."""
    found: dict[str, ast.stmt] = {}
    for node in tree.body:
        if isinstance(node, DEFINITIONS):
            found[node.name] = node
        elif isinstance(node, IMPORTS):
            for local in brought(node, ""):
                found[local] = node
        else:
            # Not what a comprehension on the right binds, which is nobody else's.
            places = node.targets if isinstance(node, ast.Assign) else [node]
            for inner in (inner for place in places for inner in ast.walk(place)):
                if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store):
                    found[inner.id] = node
    return found


def behind(name: str, own: dict[str, ast.stmt]) -> dict[str, ast.stmt]:
    """Return a name and all those that it needs, with the statements that bind them."""
    waiting = [name]
    for waits in waiting:
        used = {n.id for n in ast.walk(own[waits]) if isinstance(n, ast.Name)}
        waiting += [each for each in own if each in used.difference(waiting)]
    return {each: own[each] for each in waiting}


def brought(node: ast.Import | ast.ImportFrom, package: str) -> dict[str, str]:
    """Return the names that an import binds, and what they are."""
    if isinstance(node, ast.ImportFrom):
        return imported(node, package)
    return {a.asname or a.name.split(".")[0]: a.name for a in node.names}


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
