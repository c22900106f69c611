"""Builds of a small book: what runs again, what is refused, what stays the same."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from groundup.book.address import addresses
from groundup.book.repository import repository

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = """---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  name: python3
  display_name: Python 3
---
# {title}

A page of text.

```{{code-cell}} ipython3
import numpy as np

from groundup.algorithms import {module}

print({module}.add_intercept(np.ones((1, 1))))
```
"""
TOPICS = ("one", "two")
TOC = """format: jb-book
root: index
chapters:
  - file: chapters/algorithms/one
  - file: chapters/algorithms/two
"""


class SmallBook:
    """A copy of the library and a book of two chapters that import different parts."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(
            ROOT / "code", root / "code", ignore=shutil.ignore_patterns("__pycache__")
        )
        part = root / "code/groundup/algorithms"
        shutil.copy(part / "linear_regression.py", part / "other.py")
        for name in ("_config.yml", "chapters/algorithms/references.bib"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        (root / "_toc.yml").write_text(TOC)
        (root / "index.md").write_text("# Small book\n\n```{install}\n```\n")
        for name, module in (("one", "linear_regression"), ("two", "other")):
            path = root / f"chapters/algorithms/{name}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(CHAPTER.format(title=name, module=module))
        # The assets are installed once for all books.
        (root / ".cache").symlink_to(ROOT / ".cache")

    def path(self, name: str) -> Path:
        return self.root / "chapters/algorithms" / f"{name}.md"

    def build(self) -> subprocess.CompletedProcess[str]:
        tool = str(Path(sys.executable).with_name("jupyter-book"))
        return self.run([tool, *"build . -W -n --keep-going".split()])

    def build_one(self, name: str) -> subprocess.CompletedProcess[str]:
        return self.run([sys.executable, "-m", "groundup.book.one_chapter", name])

    def run(self, command: list[str]) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            cwd=self.root,
            env={**os.environ, "PYTHONPATH": str(self.root / "code")},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def executed(self) -> set[str]:
        """Build, and return the chapters whose cells ran."""
        done = self.build()
        assert done.returncode == 0, done.stdout + done.stderr
        return set(re.findall(r"(\w+)\.md: Executed notebook", done.stdout))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> SmallBook:
    small = SmallBook(tmp_path_factory.mktemp("book"))
    assert small.executed() == {"one", "two"}
    return small


def test_an_unchanged_book_runs_nothing(book: SmallBook) -> None:
    assert book.executed() == set()


def test_a_page_says_how_to_get_the_exercises_alone(book: SmallBook) -> None:
    page = (book.root / "_build/html/index.html").read_text()
    text = unescape(re.sub("<[^>]+>", "", page))
    said = addresses(repository(book.root)).install()
    assert said in text and '"groundup[grader] @ git+' in said


def test_an_edit_of_the_text_runs_nothing(book: SmallBook) -> None:
    path = book.path("one")
    path.write_text(path.read_text().replace("page of text", "page of other text"))
    assert book.executed() == set()
    html = book.root / "_build/html/chapters/algorithms/one.html"
    assert "page of other text" in html.read_text()


def test_one_chapter_is_built_alone_unless_the_book_has_to_be(book: SmallBook) -> None:
    pages = {n: book.root / f"_build/html/chapters/algorithms/{n}.html" for n in TOPICS}
    assert book.executed() == set()
    for text, code, built in (("first", False, {"one"}), ("second", True, set(TOPICS))):
        for name in TOPICS:
            path = book.path(name)
            path.write_text(path.read_text() + f"\nThe {text} addition.\n")
        if code:  # pages of other code do not fit together
            with (book.root / "code/groundup/book/serve.py").open("a") as file:
                file.write("# changed\n")
        done = book.build_one("one")
        assert done.returncode == 0, done.stdout + done.stderr
        now = {n for n in TOPICS if f"The {text} addition." in pages[n].read_text()}
        assert now == built
        assert not (book.root / "conf.py").exists()


def test_a_changed_function_runs_the_chapters_that_import_it_and_only_those(
    book: SmallBook,
) -> None:
    module = book.root / "code/groundup/algorithms/other.py"
    source = module.read_text()
    assert "def add_intercept" in source
    module.write_text(
        source + "\n\ndef add_intercept(X):  # type: ignore\n    return 'changed'\n"
    )
    assert book.executed() == {"two"}
    html = book.root / "_build/html/chapters/algorithms/two.html"
    assert "changed" in html.read_text()


def test_a_cell_that_fails_fails_the_build(book: SmallBook) -> None:
    path = book.path("one")
    whole = path.read_text()
    path.write_text(whole.replace("import numpy as np", "raise RuntimeError('no')"))
    done = book.build()
    path.write_text(whole)
    assert done.returncode != 0
    assert "Executing notebook failed" in done.stdout + done.stderr


QUESTION = """
```{question} why
Why?

- [x] So.

  Indeed.
- [ ] Not so.

  No.
```
"""


def question(name: str, old: str, new: str) -> str:
    """Return a question with something wrong in it."""
    return QUESTION.replace("why", name).replace(old, new)


MALFORMED = {
    "$\\frac{1}{$": "KaTeX",
    "{formula}`no.such_formula`": "no.such_formula",
    "{term}`no such term`": "no such term",
    question("two", "[ ]", "[x]"): "question two: exactly one answer is marked",
    question("none", "  No.\n", ""): "question none: every answer needs feedback",
    question("mute", "Why?", ""): "question mute: there is no question before",
    QUESTION + QUESTION: "question why: the id is used twice",
    "```{exercises} algorithms/nowhere\n```": "no exercises in",
    "{chapter}`no/such`": "no chapter 'no/such'",
    "{count}`penguins`": "cannot count 'penguins'",
    "```{concept-map}\n```": "concept-map: expected at least one chapter, got none",
}


@pytest.fixture(scope="module")
def complaints(book: SmallBook) -> str:
    """What a build says of a page with all of it; it must fail."""
    index = book.root / "index.md"
    whole = index.read_text()
    index.write_text("\n\n".join([whole, *MALFORMED]))
    done = book.build()
    index.write_text(whole)
    assert done.returncode != 0
    return done.stdout + done.stderr


@pytest.mark.parametrize("said", MALFORMED.values())
def test_what_is_malformed_is_refused_in_words(complaints: str, said: str) -> None:
    assert said in complaints


VERIFY = """```{code-cell} ipython3
import sympy as sp
from groundup.algorithms import linear_regression as lr
from groundup.formulas import summary, verify

n, d = sp.symbols("n d", integer=True, positive=True)
X = sp.MatrixSymbol("X", n, d)
given = {n: range(3, 9), d: range(1, 3), X: (n, d)}
verify("one.hessian", 2 / n * X.T * X, lr.hessian, given)
```
"""


def test_a_formula_that_the_code_does_not_compute_fails_the_build(
    book: SmallBook,
) -> None:
    path = book.path("one")
    whole = path.read_text()
    path.write_text(whole + VERIFY.replace("2 / n", "1 / n"))
    done = book.build()
    path.write_text(whole)
    assert done.returncode != 0
    assert "one.hessian: the formula and the code differ" in done.stdout + done.stderr


def test_a_box_is_numbered_linked_and_listed_and_an_id_stands_for_one_formula(
    book: SmallBook,
) -> None:
    path, other, index = book.path("one"), book.path("two"), book.root / "index.md"
    contents = book.root / "_toc.yml"
    texts = {p: p.read_text() for p in (path, other, index, contents)}
    path.write_text(texts[path] + VERIFY)
    index.write_text(texts[index] + "\nSee {formula}`one.hessian`.\n")
    contents.write_text(TOC + LISTS)
    for part in ("", "/algorithms", "/transformers"):
        listed = book.root / f"chapters/formula_index{part}.md"
        listed.parent.mkdir(exist_ok=True)
        listed.write_text(f"# List\n\n```{{formula-index}} {part[1:]}\n```\n")
    listed = book.root / "chapters/formula_index.md"
    listed.write_text("# List\n\n```{pages-of-parts}\n```\n")
    done = book.build()
    assert done.returncode == 0, done.stdout + done.stderr
    html = (book.root / "_build/html/chapters/algorithms/one.html").read_text()
    assert "formula and code compared at 200 points" in html
    assert "linear_regression.hessian" in html
    folder = book.root / "_build/html/chapters"
    pages = ("formula_index", "formula_index/algorithms", "formula_index/transformers")
    lists = [(folder / f"{page}.html").read_text() for page in pages]
    assert ["one.html#formula-one-hessian" in page for page in lists] == [0, 1, 0]
    links = re.findall(r'<p><a [^>]*href="formula_index/(\w+).html"', lists[0])
    assert links == ["algorithms", "transformers"]
    first = (book.root / "_build/html/index.html").read_text()
    assert re.search(
        r'href="chapters/algorithms/one.html#[^"]+"[^>]*>.*?formula 1\.1', first
    )
    other.write_text(texts[other] + VERIFY)
    done = book.build()
    for file, text in texts.items():
        file.write_text(text)
    assert done.returncode != 0
    assert "one.hessian is verified in two places" in done.stdout + done.stderr


LISTS = """  - file: chapters/formula_index
    sections:
      - glob: chapters/formula_index/*
"""
CARD = """groundup:
  objectives: [Run it, Read it, Ask it]
  minutes: 10
  difficulty: 3
  teaches: {}
  requires: [no_such_package]
---
# two
"""


def test_a_chapter_whose_packages_are_missing_says_so_and_stops_nothing(
    book: SmallBook,
) -> None:
    path, extras = book.path("two"), book.root / "code/groundup/extras.py"
    whole, table = path.read_text(), extras.read_text()
    path.write_text(whole.replace("---\n# two\n", CARD))
    extras.write_text(table.replace('("gguf",', '("no_such_package", "gguf",'))
    assert "two" not in book.executed()
    html = (book.root / "_build/html/chapters/algorithms/two.html").read_text()
    assert "no_such_package" in html
    assert "A page of text" not in html
    path.write_text(path.read_text().replace("no_such_package", "gguf"))
    book.executed()
    html = (book.root / "_build/html/chapters/algorithms/two.html").read_text()
    assert "A page of text" in html
    path.write_text(whole)
    extras.write_text(table)


FIRST_PAGE = """
{chapter}`networks/mlp` and {chapter}`algorithms/one`

```{run} algorithms/one
Or with make book.
```
"""
COMING = (
    "- {topic: networks/mlp, title: Bent lines, question: Why, prerequisites: [],"
    " minutes: 60, difficulty: 1}\n"
)


def test_the_first_page_links_what_is_written_and_binder_where_it_is_published(
    book: SmallBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, one, coming = (
        book.root / "index.md",
        book.path("one"),
        book.root / "chapters/coming.yml",
    )
    texts = {path: path.read_text() for path in (index, one)}
    index.write_text(texts[index] + FIRST_PAGE)
    card = CARD.replace("# two", "# one").replace("  requires: [no_such_package]\n", "")
    card = card.replace("teaches: {}", "teaches: {}\n  prerequisites: []")
    one.write_text(texts[one].replace("---\n# one\n", card))
    coming.write_text(COMING)
    for variable in ("GITHUB_REPOSITORY", "GROUNDUP_REPOSITORY"):
        monkeypatch.delenv(variable, raising=False)
    pages = []
    for address in ("", "https://github.com/reader/fork"):
        monkeypatch.setenv("GROUNDUP_REPOSITORY", address)
        index.write_text(index.read_text() + "\nMore.\n")
        done = book.build()
        assert done.returncode == 0, done.stdout + done.stderr
        pages.append((book.root / "_build/html/index.html").read_text())
    coming.unlink()
    for path, text in texts.items():
        path.write_text(text)
    for page in pages:
        assert re.search(r'Bent lines <span class="gu-to-come">to come</span>', page)
        assert re.search(
            r'<a class="reference internal" href="[^"]*one.html">one</a>', page
        )
        assert "Or with make book." in page
    assert ["mybinder.org/v2/gh/reader/fork" in page for page in pages] == [False, True]
