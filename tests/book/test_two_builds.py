"""Two builds of this book, in different folders, give the same numbers and text."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIRST = ROOT / "_build/html"
SOURCES = ("_config.yml", "_toc.yml", "index.md", "chapters", "code", "exercises")
# The status page tells how long this build's cells ran.
SAME = sorted(
    path.relative_to(FIRST).as_posix()
    for path in FIRST.glob("**/*.html")
    if path.stem != "status"
)
# Launch and edit buttons name the repository of the folder; that is another test's.
MENU = re.compile(r'<details class="gu-launch">.*?</details>', re.DOTALL)


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, built from its sources in another folder, with nothing cached."""
    root = tmp_path_factory.mktemp("second")
    for name in SOURCES:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, root / name)
    (root / ".cache").symlink_to(ROOT / ".cache")
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
    assert "chapters/algorithms/linear_regression.html" in SAME, "run make book first"


@pytest.mark.parametrize("name", SAME)
def test_a_page_is_the_same_to_the_letter(second: Path, name: str) -> None:
    one, other = ((folder / name).read_text() for folder in (FIRST, second))
    assert MENU.sub("", one) == MENU.sub("", other)


def test_a_notebook_to_download_is_the_same_to_the_letter(second: Path) -> None:
    names = [p.relative_to(FIRST) for p in FIRST.glob("_notebooks/**/*.ipynb")]
    assert names
    install = re.compile(r"%pip install[^\n]*")
    for name in names:
        one, other = ((folder / name).read_text() for folder in (FIRST, second))
        assert install.sub("", one) == install.sub("", other)
