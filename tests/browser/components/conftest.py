"""A small book whose one page holds every component in which a reader has a say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ...book.test_builds import ROOT, SmallBook
from ..conftest import server  # noqa: F401  (another server, for this book)

PAGE = "chapters/algorithms/one.html"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small book, built strictly."""
    book = SmallBook(tmp_path_factory.mktemp("components"))
    here, path = Path(__file__).parent, book.path("one")
    path.write_text(path.read_text() + (here / "page.md").read_text(), encoding="utf-8")
    appendices = book.root / "chapters/appendices"
    appendices.mkdir()
    shutil.copy(here / "glossary.md", appendices)
    shutil.copytree(ROOT / "chapters/refreshers", book.root / "chapters/refreshers")
    with (book.root / "_toc.yml").open("a") as contents:
        contents.write("  - file: chapters/appendices/glossary\n")
    done = book.build()
    assert done.returncode == 0, done.stdout + done.stderr
    return book.root / "_build/html"
