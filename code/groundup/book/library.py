"""The library that the chapters import: on which of its files a chapter depends."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

CODE = Path(__file__).resolve().parents[2]  # the folder that holds `groundup`
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"\A(---\n.*?\n---\n|(:[^\n]*\n)+)", re.DOTALL)


def module_file(name: str) -> Path | None:
    """Return the source of a module of the book, None if `name` is no module."""
    base = CODE.joinpath(*name.split("."))
    for candidate in (base.with_suffix(".py"), base / "__init__.py"):
        if candidate.is_file():
            return candidate
    return None


def imports(source: str, package: str = "") -> Iterator[str]:
    """Yield the dotted names that a source imports from `groundup`.

    Of `from groundup.a import b` that is `groundup.a.b`, which may be a module or a
    name in one. `package` resolves relative imports.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = list(imported(node, package).values())
        else:
            continue
        yield from (name for name in names if name.split(".")[0] == "groundup")


def imported(node: ast.ImportFrom, package: str) -> dict[str, str]:
    """Return what `from … import …` binds: the local name, and the dotted one."""
    above = package.split(".")[: -(node.level - 1) or None] if node.level else []
    base = ".".join([*above, *filter(None, [node.module])])
    return {
        alias.asname or alias.name: base
        if alias.name == "*"
        else f"{base}.{alias.name}"
        for alias in node.names
    }


def gathered(module: str) -> dict[str, str] | None:
    """Return what a package's `__init__.py` imports, if it does nothing else.

    Such a package is a list of contents: who imports one name of it depends on the
    module that defines this name, and not on the others.
    """
    path = module_file(module)
    if path is None or path.name != "__init__.py":
        return None
    found: dict[str, str] = {}
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            found |= imported(node, module)
        elif isinstance(node, ast.Assign):
            if ast.unparse(node.targets[0]) != "__all__":
                return None
        elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            return None
    return found


def defined_in(name: str) -> str:
    """Return the module of a name, or where a package that gathers has it from."""
    owner, _, attribute = name.rpartition(".")
    return (gathered(owner) or {}).get(attribute, owner)


def cells(text: str) -> Iterator[str]:
    """Yield the Python of the code cells of a MyST notebook, magics blanked."""
    for match in CELL.finditer(text):
        body = OPTION.sub("", match.group(1))
        yield re.sub(r"^[%!].*$", "", body, flags=re.MULTILINE)


def files_behind(text: str) -> set[Path]:
    """Return every file of the library that the cells of a chapter depend on.

    Follows imports through modules; a widget's JavaScript and CSS count too.
    """
    waiting = {name for cell in cells(text) for name in imports(cell)}
    seen: set[str] = set()
    files: set[Path] = set()
    while waiting:
        name = waiting.pop()
        seen.add(name)
        path = module_file(name)
        if path is None:
            waiting |= {defined_in(name)} - seen
            continue
        files.add(path)
        package = name if path.name == "__init__.py" else name.rpartition(".")[0]
        if "widgets" in name.split("."):
            files.update(path.parent.glob("*.js"))
            files.update(path.parent.glob("*.css"))
        waiting |= set(imports(path.read_text(encoding="utf-8"), package)) - seen
        parent = name.rpartition(".")[0]
        if parent and gathered(parent) is None:
            waiting |= {parent} - seen
    return files


def fingerprint(text: str, others: list[Path]) -> str:
    """Return a digest of all that a chapter's outputs depend on beside its cells."""
    digest = hashlib.sha256()
    for path in sorted({*files_behind(text), *others}):
        digest.update(path.name.encode() + b"\0")
        digest.update(path.read_bytes() if path.is_file() else b"absent")
    return digest.hexdigest()


def definitions(source: str) -> dict[int, str]:
    """Return the first line of each function, class and method, with its name."""
    found: dict[int, str] = {}
    kinds = (ast.FunctionDef, ast.ClassDef)
    for node in ast.parse(source).body:
        if isinstance(node, kinds):
            found[node.lineno] = node.name
            for inner in getattr(node, "body", []):
                if isinstance(inner, kinds):
                    found[inner.lineno] = f"{node.name}.{inner.name}"
    return found
