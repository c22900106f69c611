"""Two builds of this book, in different folders, give the same numbers and text.

A third of the chapters run again for it, another one each week (`weekly.py`); the
other ones are what the first build kept.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from itertools import zip_longest
from os.path import commonprefix
from pathlib import Path

import pytest
from groundup.book.cards import read_cards
from groundup.book.execution import forget

from tests.weekly import in_turn

ROOT = Path(__file__).resolve().parents[2]
FIRST = ROOT / "_build/html"
SOURCES = ["_config.yml", "_toc.yml", "index.md"]
SOURCES += ["benchmarks", "chapters", "code", "exercises"]
# The status page tells how long this build's cells ran.
SAME = sorted(
    path.relative_to(FIRST).as_posix()
    for path in FIRST.glob("**/*.html")
    if path.stem != "status"
)
# Launch and edit buttons name the repository of the folder; that is another test's.
MENU = re.compile(r'<details class="gu-launch">.*?</details>', re.DOTALL)
# What rounding left between a formula and its code hangs on where in memory an array
# lies, which is another place in every process. What is too large fails the build.
ERROR = re.compile(r"(?<=largest error )(0|\d·10<sup>−\d+</sup>)")


def again() -> list[Path]:
    """Return the chapters that run again."""
    chapters = [p for p in FIRST.glob("_notebooks/**/*.ipynb") if p.stem != "status"]
    names = [p.relative_to(FIRST / "_notebooks") for p in sorted(chapters)]
    return in_turn([ROOT / "chapters" / name.with_suffix(".md") for name in names])


def differences(one: str, other: str) -> list[str]:
    """Return the lines in which two pages differ, shortened to where they begin to."""
    texts = [ERROR.sub("small", MENU.sub("", page)) for page in (one, other)]
    first, second = (text.splitlines() for text in texts)
    found = []
    for a, b in zip_longest(first, second, fillvalue=""):
        if a != b:
            start = max(0, len(commonprefix([a, b])) - 60)
            found += [f"- {a[start : start + 160]}", f"+ {b[start : start + 160]}"]
    return found[:20]


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, built from its sources in another folder."""
    root = tmp_path_factory.mktemp("second")
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    (root / ".cache").symlink_to(ROOT / ".cache")
    shutil.copytree(ROOT / "_build/.jupyter_cache", root / "_build/.jupyter_cache")
    forget(root / "_build/.jupyter_cache", again())
    done = subprocess.run(
        [Path(sys.executable).with_name("jupyter-book"), "build", ".", "-W", "-n"],
        cwd=root,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Executed notebook" in done.stdout
    return root / "_build/html"


def test_there_is_a_first_build() -> None:
    assert {f"{card.docname}.html" for card in read_cards(ROOT)} <= set(SAME), (
        "run make book first"
    )


@pytest.mark.parametrize("name", SAME)
def test_a_page_is_the_same_to_the_letter(second: Path, name: str) -> None:
    assert (
        differences(*((folder / name).read_text() for folder in (FIRST, second))) == []
    )


def test_a_number_that_differs_is_told_and_rounding_is_not() -> None:
    line = "<p>{} apart, largest error {}·10<sup>−{}</sup></p>"
    one = line.format(3, 1, 16)
    assert differences(one, line.format(3, 2, 16)) == []
    assert len(differences(one, line.format(4, 1, 16))) == 2


def test_a_notebook_to_download_is_the_same_to_the_letter(second: Path) -> None:
    names = [p.relative_to(FIRST) for p in FIRST.glob("_notebooks/**/*.ipynb")]
    assert names
    install = re.compile(r"%pip install[^\n]*")
    for name in names:
        one, other = ((folder / name).read_text() for folder in (FIRST, second))
        assert install.sub("", one) == install.sub("", other)
