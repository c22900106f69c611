"""The library that the chapters import: which modules, their sources, their pages."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.highlighting import PygmentsBridge

CODE = Path(__file__).resolve().parents[2]  # the folder that holds `groundup`
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"\A(---\n.*?\n---\n|(:[^\n]*\n)+)", re.DOTALL)


def root(env: BuildEnvironment) -> Path:
    """Return the folder of the book: the one with `_toc.yml`."""
    return Path(env.srcdir)


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


def locate(function: str) -> tuple[str, str]:
    """Split a dotted function into its module and its name within the module."""
    module, name = function, ""
    while module and module_file(module) is None:
        module, _, last = module.rpartition(".")
        name = f"{last}.{name}".rstrip(".")
    if not module:
        raise ValueError(f"{function!r} is no function of this book's library")
    return module, name


def page_of(module: str) -> str:
    """Return the page that shows the source of a module."""
    return "code/" + "/".join(module.split(".")[1:])


def source_url(app: Sphinx, page: str, function: str) -> str:
    """Return the address, relative to `page`, of a function's source."""
    module, name = locate(function)
    shown_modules(app.env).add(module)
    return app.builder.get_relative_uri(page, page_of(module)) + f"#{name}"


def source_link(app: Sphinx, page: str, function: str) -> str:
    """Return an HTML link to a function's source, named by topic and function."""
    name = re.sub("[._]", r"\g<0><wbr>", escape(short_name(function)))
    return f'<a href="{source_url(app, page, function)}"><code>{name}</code></a>'


def short_name(function: str) -> str:
    """Return a function's name with its topic, without package and part."""
    return ".".join(function.split(".")[-2:])


def shown_modules(env: BuildEnvironment) -> set[str]:
    """Return the modules whose source some page links to."""
    if not hasattr(env, "gu_modules"):
        env.gu_modules = set()  # type: ignore[attr-defined]
    return env.gu_modules  # type: ignore[attr-defined,no-any-return]


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


def source_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield a page for each module that a chapter links to, its source in colors."""
    for module in sorted(shown_modules(app.env)):
        path = module_file(module)
        if path is None:
            continue
        source = path.read_text(encoding="utf-8")
        html = PygmentsBridge("html", "sphinx").highlight_block(source, "python")
        opening, pre, rest = html.partition("<pre>")
        lines = rest.split("\n")
        for number, name in definitions(source).items():
            lines[number - 1] = f'<span id="{name}"></span>{lines[number - 1]}'
        shown = path.relative_to(CODE.parent).as_posix()
        body = (
            f"<h1><code>{escape(module)}</code></h1>"
            f"<p>The file <code>{escape(shown)}</code>, as this book runs it.</p>"
            f'<div class="highlight-python gu-source" tabindex="0">'
            f"{opening}{pre}{chr(10).join(lines)}</div>"
        )
        yield page_of(module), {"title": module, "body": body}, "page.html"


def setup(app: Sphinx) -> None:
    """Register the pages of the library's sources."""
    app.connect("html-collect-pages", source_pages)
