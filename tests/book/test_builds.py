"""Builds of a small book: what runs again, what is refused, what stays the same."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

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
        for name in ("_config.yml", "chapters/concepts.yml", "chapters/references.bib"):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, root / name)
        (root / "_toc.yml").write_text(TOC)
        (root / "index.md").write_text("# Small book\n\nA page.\n")
        for name, module in (("one", "linear_regression"), ("two", "other")):
            path = root / f"chapters/algorithms/{name}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(CHAPTER.format(title=name, module=module))
        # The assets are installed once for all books.
        (root / ".cache").symlink_to(ROOT / ".cache")

    def path(self, name: str) -> Path:
        return self.root / "chapters/algorithms" / f"{name}.md"

    def build(self) -> subprocess.CompletedProcess[str]:
        command = "build . -W -n --keep-going"
        return subprocess.run(
            [Path(sys.executable).with_name("jupyter-book"), *command.split()],
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


def test_an_edit_of_the_text_runs_nothing(book: SmallBook) -> None:
    path = book.path("one")
    path.write_text(path.read_text().replace("page of text", "page of other text"))
    assert book.executed() == set()
    html = book.root / "_build/html/chapters/algorithms/one.html"
    assert "page of other text" in html.read_text()


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


def test_a_formula_that_katex_cannot_read_fails_the_build(book: SmallBook) -> None:
    index = book.root / "index.md"
    whole = index.read_text()
    index.write_text(whole + "\n$\\frac{1}{$\n")
    done = book.build()
    index.write_text(whole)
    assert done.returncode != 0
    assert "KaTeX" in done.stdout + done.stderr
