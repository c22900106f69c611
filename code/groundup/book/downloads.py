"""Each chapter as a notebook to download: `_notebooks/<part>/<topic>.ipynb`.

A notebook outside the book knows none of its directives and roles, so these are
turned into plain Markdown, and a first cell installs the library where it is missing.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from sphinx.application import Sphinx
from sphinx.util import logging

from groundup.extras import brought

from . import refresher, source_pages
from .benchmarks import as_markdown
from .cards import Card, title_of
from .catalog import book_root, catalog
from .repository import Repository, repository

logger = logging.getLogger(__name__)
ROLE = re.compile(r"\{([a-z:]+)\}`([^`]+)`")
DIRECTIVE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[a-z-]+)\}(?P<argument>[^\n]*)\n"
    r"(?P<body>.*?)^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
FOLDED = {"check", "hide-input"}  # tags of cells whose source the page folds
FOLDS = {"answer": "Answer", "deeper": "Deeper: {}"}
ASKING = {"question", "guess"}  # whose arguments are names that no reader sees
OPTIONS = re.compile(r"\A(?::[\w-]+:[^\n]*\n)+")


def plain_role(match: re.Match[str]) -> str:
    """Return what a reader should see in place of a role."""
    name, text = match.groups()
    shown = re.sub(r"\s*<[^>]*>$", "", text)
    if name == "math":
        return f"${text}$"
    if name.startswith("cite"):
        return f"({shown})"
    return f"`{shown}`" if name in {"formula", "glue:text"} else shown


def included(root: Path, chapter: Path, argument: str, options: str) -> str:
    """Return the source that a `literalinclude` shows, as a code block."""
    path = (chapter.parent / argument.strip()).resolve()
    source = path.read_text(encoding="utf-8").split("\n")
    if name := re.search(r":pyobject:\s*(\S+)", options):
        source = named_lines(source, name.group(1))
    return "```python\n" + "\n".join(source).strip("\n") + "\n```"


def named_lines(source: list[str], name: str) -> list[str]:
    """Return the lines of a function or class, up to the next definition."""
    starts = source_pages.definitions("\n".join(source))
    first = next(line for line, found in starts.items() if found == name)
    depth = name.count(".")
    later = [
        line for line, n in starts.items() if line > first and n.count(".") <= depth
    ]
    last = min(later, default=len(source) + 1)
    while last > first + 1 and source[last - 2].startswith(("@", "#")):
        last -= 1
    return source[first - 1 : last - 1]


def plain_directive(match: re.Match[str], root: Path, chapter: Path) -> str:
    """Return what a reader should see in place of a directive."""
    name, body = match["name"], match["body"]
    options = (OPTIONS.match(body) or re.match("", body))[0]  # type: ignore[index]
    rest = body[len(options) :].strip("\n")
    if name == "literalinclude":
        return included(root, chapter, match["argument"], options)
    if name in {"bibliography", "exercises"}:
        return f"*See the page of this chapter for its {name}.*"
    if name == "benchmarks":
        return as_markdown(root, match["argument"].strip())
    if name == "math":
        return f"$$\n{rest}\n$$"
    argument = match["argument"].strip()
    if name == "deeper" and not rest:
        return f"### Deeper: {argument}"
    if name == "refresher":
        path = root / refresher.FOLDER / f"{argument}.md"
        return folded(f"Refresher: {title_of(path)}", refresher.read(path))
    if name in FOLDS:
        return folded(FOLDS[name].format(argument), rest)
    lead = "" if name in ASKING else argument
    quoted = "\n".join(f"> {line}".rstrip() for line in rest.splitlines())
    return f"> **{lead or name.capitalize()}**\n>\n{quoted}"


def folded(title: str, text: str) -> str:
    """Return what a notebook shows only when it is asked to."""
    return f"<details><summary>{title}</summary>\n\n{text.strip()}\n\n</details>"


ABSENT = """\
    raise ModuleNotFoundError(
        "this notebook needs the library of its book: in the book's folder, run"
        " make learn, and open the notebook with .venv/bin/jupyter lab"
    )"""


def install_cell(repo: Repository | None, card: Card | None) -> str:
    """Return the first cell: it installs what a fresh environment does not have.

    Of a book whose repository is not known it says how: never is a name asked of an
    index, where anybody may hold it.
    """
    lines = ["import importlib.util\n"]
    missing = 'if importlib.util.find_spec("groundup") is None:'
    if repo is None:
        return "\n".join([*lines, missing, ABSENT])
    extras, alone = brought(card.requires if card else ())
    wanted = ",".join(["grader", *extras])
    lines += [
        "# Colab and other fresh environments do not have the book's library yet.",
        missing,
        f'    %pip install -q "groundup[{wanted}] @ git+{repo.url}@{repo.branch}"',
    ]
    if alone:
        lines.append(f"    %pip install -q --no-deps {' '.join(alone)}")
    return "\n".join(lines)


def notebook(root: Path, chapter: Path, card: Card | None = None) -> Any:
    """Return a chapter as a notebook node that stands on its own, without outputs."""
    book = jupytext.read(chapter, fmt="md:myst")
    for cell in book.cells:
        cell.pop("id", None)
        if FOLDED & set(cell.metadata.get("tags", ())):
            cell.metadata["jupyter"] = {"source_hidden": True}
        if cell.cell_type == "markdown":
            text = DIRECTIVE.sub(
                lambda match: plain_directive(match, root, chapter), cell.source
            )
            cell.source = ROLE.sub(plain_role, text)
    install = install_cell(repository(root), card)
    book.cells.insert(0, nbformat.v4.new_code_cell(install))
    for number, cell in enumerate(book.cells):
        cell["id"] = f"cell-{number}"  # the same at every build
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book.metadata = nbformat.from_dict({"kernelspec": kernel})
    nbformat.validate(book)
    return book


def write_notebooks(app: Sphinx, exception: Exception | None) -> None:
    """Write the notebooks of all chapters beside their pages."""
    if exception or app.builder.format != "html":
        return
    root = book_root(app.env)
    for card in catalog(app.env).cards:
        target = Path(app.outdir) / "_notebooks" / f"{card.topic}.ipynb"
        target.parent.mkdir(parents=True, exist_ok=True)
        text = nbformat.writes(notebook(root, root / f"{card.docname}.md", card))
        target.write_text(text, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Write the notebooks at the end of a build."""
    app.connect("build-finished", write_notebooks)
