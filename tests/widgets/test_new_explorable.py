"""`groundup new explorable`: what it writes passes what holds of every explorable."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import groundup.widgets
import pytest
from groundup.grader.cli import app
from groundup.new.explorable import WIDGETS, create
from groundup.widgets.explorable import SHARED, Explorable
from typer.testing import CliRunner

import tests.widgets

from . import test_every_explorable as disk
from . import test_every_explorable_in_a_page as page

pytestmark = pytest.mark.kept(
    inputs=lambda item: [SHARED, SHARED.parent / "new", Path(__file__).parent]
)


def checks(module: ModuleType) -> list[Callable[..., None]]:
    """Return the tests of a module that hold of each explorable."""
    found = [value for name, value in vars(module).items() if name.startswith("test_")]
    return [test for test in found if "make" in inspect.signature(test).parameters]


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A book without an explorable, in which Python looks for explorables and tests."""
    for package, place in (
        (groundup.widgets, WIDGETS),
        (tests.widgets, "tests/widgets"),
    ):
        (tmp_path / place).mkdir(parents=True)
        monkeypatch.setattr(
            package, "__path__", [*package.__path__, str(tmp_path / place)]
        )
    before = set(sys.modules)
    yield tmp_path
    for name in set(sys.modules) - before:
        del sys.modules[name]


def made(book: Path) -> type[Explorable]:
    """Return the class of a new explorable."""
    folder = create(book, "falling_ball")
    module = import_module("groundup.widgets.falling_ball")
    assert Path(str(module.__file__)).parent == folder
    return module.FallingBall


@pytest.mark.parametrize("check", checks(disk), ids=lambda c: c.__name__)
def test_on_disk_it_holds_what_holds_for_all(
    book: Path, tmp_path: Path, check: Callable[..., None]
) -> None:
    here = {"make": made(book).example, "tmp_path": tmp_path}
    check(**{name: here[name] for name in inspect.signature(check).parameters})


@pytest.mark.parametrize("check", checks(page), ids=lambda c: c.__name__)
def test_in_a_page_it_holds_what_holds_for_all(
    book: Path, open_page: Callable[..., object], check: Callable[..., None]
) -> None:
    check(open_page=open_page, make=made(book).example)


@pytest.mark.parametrize("factor", [0.8, -1.1, 0.0])
def test_its_own_tests_pass(
    book: Path, open_page: Callable[..., object], factor: float
) -> None:
    made(book)
    own = import_module("tests.widgets.test_falling_ball_page")
    own.test_numbers_equal_python_s_to_1e_9(open_page, factor)
    own.test_it_plays_to_its_end(open_page)
    own.test_a_factor_that_the_slider_does_not_have_is_refused()


def test_no_place_for_a_name_is_left_and_the_name_is_told(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (book / "exercises").mkdir()
    monkeypatch.setattr(
        "groundup.grader.cli.exercises_folder", lambda: book / "exercises"
    )
    done = CliRunner().invoke(app, ["new", "explorable", "falling_ball"])
    assert done.exit_code == 0 and "falling_ball is there" in done.output
    files = [path for path in book.rglob("*falling_ball*/*") if path.is_file()]
    files += book.glob("tests/widgets/*")
    assert {path.name for path in files} == {
        "__init__.py",
        "falling_ball.js",
        "falling_ball.css",
        "test_falling_ball_page.py",
    }
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert not [word for word in ("NAME", "CLASS", "DASHED") if word in text]


def test_what_it_writes_is_in_the_style_of_the_book(book: Path) -> None:
    create(book, "falling_ball")
    for command in (["check"], ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--no-cache", "--config"]
        root = SHARED.parents[2]
        done = subprocess.run(
            [*ruff, str(root / "pyproject.toml"), str(book)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("name", ["Ball", "ball-park", "../ball", "2d", "ball_", ""])
def test_a_name_that_is_none_is_refused(book: Path, name: str) -> None:
    with pytest.raises(ValueError, match="a Python name in lower case"):
        create(book, name)
    assert list((book / WIDGETS).iterdir()) == []


def test_a_name_that_is_taken_is_refused(book: Path) -> None:
    create(book, "ball")
    with pytest.raises(ValueError, match="the name 'ball' is taken by"):
        create(book, "ball")


def test_outside_of_a_book_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="belongs to a book"):
        create(tmp_path, "ball")
    assert list(tmp_path.iterdir()) == []
