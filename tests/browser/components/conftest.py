"""A small book whose one page holds every component in which a reader has a say."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...book.test_builds import SmallBook
from ..conftest import server  # noqa: F401  (another server, for this book)

PAGE = "chapters/algorithms/one.html"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the small book, built strictly."""
    book = SmallBook(tmp_path_factory.mktemp("components"))
    path = book.path("one")
    more = Path(__file__).with_name("page.md").read_text(encoding="utf-8")
    path.write_text(path.read_text() + more, encoding="utf-8")
    done = book.build()
    assert done.returncode == 0, done.stdout + done.stderr
    return book.root / "_build/html"
