"""Which files of the book a Python file depends on, as far as its text tells.

Imports are followed, those within functions too, through the library and the tests.
When in doubt a file counts: all that lies beside a module of the library and is no
Python, and the whole folder of a module that runs others by their path or their name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from groundup.book.library import gathered, imported

TOPS = {"groundup": "code", "tests": "."}  # the folder in which each is looked for
LEFT_OUT = {"__pycache__", ".pytest_cache", ".ipynb_checkpoints"}
# What text cannot follow. (`__file__` is no sign: data that lies beside counts anyway.)
UNSEEN = re.compile(
    r"run_path|run_module|import_module|__import__|spec_from_file|sys\.executable"
)


def files_in(path: Path) -> set[Path]:
    """Return a file, or all files of a folder; what is absent is returned as it is."""
    if not path.is_dir():
        return {path}
    return {
        found
        for found in path.rglob("*")
        if found.is_file() and not LEFT_OUT & set(found.parts)
    }


def behind(root: Path, files: Iterable[Path]) -> set[Path]:
    """Return these files and all of the book that they import, directly or not."""
    waiting, found = set(files), set[Path]()
    while waiting:
        path = waiting.pop()
        found.add(path)
        waiting |= next_to(root, path) - found
    return found


@cache
def next_to(root: Path, path: Path) -> frozenset[Path]:
    """Return what a file brings in by itself: what it imports, what lies beside it."""
    if path.suffix != ".py" or not path.is_file():
        return frozenset()
    text = path.read_text(encoding="utf-8")
    found = set[Path]()
    here = package(root, path)
    for name in [] if gathers(path, here) else imports(text, here):
        found |= modules(root, name)
    library = root / "code/groundup"
    if path.is_relative_to(library):
        found |= data_beside(path)
        if UNSEEN.search(text):
            found |= files_in(path.parent)
    return frozenset(found - {path})


def gathers(path: Path, package: str) -> bool:
    """Tell whether a file is a package's list of contents, and nothing more.

    Who imports one name of it depends on the module that defines this name alone.
    """
    return path.name == "__init__.py" and gathered(package) is not None


def package(root: Path, path: Path) -> str:
    """Return the package in which a file's relative imports begin, empty for none."""
    for top, folder in TOPS.items():
        if path.is_relative_to(root / folder / top):
            return ".".join(path.parent.relative_to(root / folder).parts)
    return ""


def imports(text: str, package: str) -> Iterator[str]:
    """Yield the dotted names that a text imports; none where Python cannot read it."""
    try:
        tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from imported(node, package).values()


def modules(root: Path, name: str) -> set[Path]:
    """Return the files that importing a name runs: its module, and packages above."""
    parts = name.split(".")
    if parts[0] not in TOPS:
        return set()
    found = set[Path]()
    for end in range(1, len(parts) + 1):
        base = root / TOPS[parts[0]] / Path(*parts[:end])
        if base.with_suffix(".py").is_file():
            return found | {base.with_suffix(".py")}
        if not base.is_dir():  # a name in the package above
            above = gathered(".".join(parts[: end - 1])) or {}
            return found | modules(root, above.get(parts[end - 1], ""))
        found.add(base / "__init__.py")
    for gathers in (gathered(name) or {}).values():
        found |= modules(root, gathers)
    return found


def data_beside(path: Path) -> set[Path]:
    """Return what lies beside a module and is no Python, in folders of data too."""
    found = {p for p in path.parent.iterdir() if p.is_file() and p.suffix != ".py"}
    for folder in path.parent.iterdir():
        if folder.is_dir() and folder.name not in LEFT_OUT:
            if not (folder / "__init__.py").is_file():
                found |= files_in(folder)
    return found
