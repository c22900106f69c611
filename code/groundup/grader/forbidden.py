"""Names that an exercise forbids, found in the syntax tree of a submission."""

from __future__ import annotations

import ast

ALWAYS = ("groundup",)  # the book's own code has the answers


def forbidden_uses(source: str, forbidden: tuple[str, ...]) -> list[tuple[str, int]]:
    """Return the forbidden names that a file uses, each with its line.

    `numpy.linalg.lstsq` is found behind `import numpy as np`, `from numpy import
    linalg` and `from numpy.linalg import lstsq as solve`; a forbidden module covers
    all that is in it. A file that is no Python has none: running it will say so.
    """
    try:
        nodes = list(ast.walk(ast.parse(source)))
    except (SyntaxError, ValueError):
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
