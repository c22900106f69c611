"""A small book that holds every component in which a reader has a say."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ...book.test_builds import ROOT, SmallBook
from ...grader.same_id import write_exercises
from ..conftest import server  # noqa: F401  (another server, for this book)

EXERCISES = (
    "algorithms/linear_regression/one_step",
    "algorithms/linear_regression/faster",
    "algorithms/linear_regression/lonely_penguin",
    "transformers/gpt/untrained",
)
TOPICS = ("algorithms/one", "algorithms/two")  # each has an exercise `score`
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
    write_exercises(book.root, TOPICS)
    for topic in TOPICS[1:]:  # the first has the directive in its page
        with (book.root / f"chapters/{topic}.md").open("a", encoding="utf-8") as file:
            file.write(f"\n## Exercises\n\n```{{exercises}} {topic}\n```\n")
    panel = "# Progress\n\n```{progress-panel}\n```\n"
    (appendices / "progress.md").write_text(panel, encoding="utf-8")
    # Where the page of an exercise says how to get the command.
    (appendices / "exercises.md").write_text("# Exercises\n", encoding="utf-8")
    with (book.root / "_toc.yml").open("a") as contents:
        contents.write("  - file: chapters/appendices/progress\n")
        contents.write("  - file: chapters/appendices/exercises\n")
    done = book.build()
    assert done.returncode == 0, done.stdout + done.stderr
    return book.root / "_build/html"
