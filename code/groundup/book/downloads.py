"""Each chapter as a notebook to download: `_notebooks/<part>/<topic>.ipynb`.

It is plain, and its first cell installs the library where it is missing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from sphinx.application import Sphinx

from groundup.extras import brought

from . import plain
from .cards import Card
from .catalog import book_root, catalog
from .repository import Repository, repository

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
    """Return a chapter as a notebook that installs what it needs."""
    return plain.notebook(root, chapter, install_cell(repository(root), card))


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
