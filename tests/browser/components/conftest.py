"""A small book that holds every component in which a reader has a say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ...book.test_builds import ROOT, SmallBook
from ..conftest import server  # noqa: F401  (another server, for this book)

EXERCISES = (
    "algorithms/linear_regression/one_step",
    "algorithms/linear_regression/faster",
    "algorithms/linear_regression/lonely_penguin",
    "transformers/gpt/untrained",
)
PAGE = "chapters/algorithms/one.html"
DRAGGED = "chapters/algorithms/two.html"  # a guess that follows an explorable


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small book, built strictly."""
    book = SmallBook(tmp_path_factory.mktemp("components"))
    here = Path(__file__).parent
    for name, more in (("one", "page.md"), ("two", "dragged.md")):
        text = book.path(name).read_text() + (here / more).read_text()
        book.path(name).write_text(text, encoding="utf-8")
    for exercise in EXERCISES:
        mine = book.root / "exercises/algorithms/one" / Path(exercise).name
        shutil.copytree(ROOT / "exercises" / exercise, mine)
    appendices = book.root / "chapters/appendices"
    appendices.mkdir()
    shutil.copy(here / "glossary.md", appendices)
    shutil.copytree(ROOT / "chapters/refreshers", book.root / "chapters/refreshers")
    with (book.root / "_toc.yml").open("a") as contents:
        contents.write("  - file: chapters/appendices/glossary\n")
    done = book.build()
    assert done.returncode == 0, done.stdout + done.stderr
    return book.root / "_build/html"
