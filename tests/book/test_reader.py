"""A reader's build: what fails is said, the rest is there, the address comes last."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from .test_builds import SmallBook

ROOT = Path(__file__).resolve().parents[2]
FAILS = "import numpy as np\n\nassert np.pi == 3, 'rounded otherwise'"


@pytest.fixture
def book(tmp_path: Path) -> SmallBook:
    """A small book whose first chapter has a cell that fails on this processor."""
    small = SmallBook(tmp_path)
    path = small.path("one")
    path.write_text(path.read_text().replace("import numpy as np", FAILS, 1))
    with path.open("a") as file:
        file.write("\n```{code-cell} ipython3\nprint('the rest of it')\n```\n")
    return small


def make(book: SmallBook, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run `make book` on a small book, in the environment of this test."""
    (book.root / "Makefile").write_text((ROOT / "Makefile").read_text())
    for name in ("pyproject.toml", "constraints.txt"):
        (book.root / name).write_text("")
    environment = book.root / ".venv"
    (environment / "bin").mkdir(parents=True)
    for name in ("python", "jupyter-book"):
        tool = environment / "bin" / name
        real = Path(sys.executable).with_name(name)
        tool.write_text(f'#!/bin/sh\nexec {real} "$@"\n')
        tool.chmod(0o755)
    for mark in (".made", ".book", ".peers"):
        (environment / mark).touch()
    given = [f"{name}={value}" for name, value in variables.items()]
    return book.run(["make", "book", *given])


def test_a_cell_that_fails_stops_no_reader(book: SmallBook) -> None:
    done = make(book, CI="")
    assert done.returncode == 0, done.stdout + done.stderr
    assert re.search("WARNING.*a cell failed.*rounded otherwise", done.stderr)
    address = (book.root / "_build/html/index.html").as_uri()
    assert address.replace("file:///", "file:///") in done.stdout.split("Open")[-1]
    html = (book.root / "_build/html/chapters/algorithms/one.html").read_text()
    assert "rounded otherwise" in html
    assert "the rest of it\n" in html


def test_a_cell_that_fails_stops_ci(book: SmallBook) -> None:
    done = make(book, CI="true")
    assert done.returncode != 0
    assert "The book is built" not in done.stdout
