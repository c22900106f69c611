"""Which tests are about a topic."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.topic import ROOT, find


def item(file: str, parameters: str = "") -> pytest.Item:
    """Return what a test is known by: its file and its parameters."""
    called = SimpleNamespace(id=parameters) if parameters else None
    return SimpleNamespace(path=ROOT / file, callspec=called)  # type: ignore[return-value]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A book of two topics, the first with an exercise and an explorable."""
    for topic, id_ in (("part/lines", "slope"), ("part/trees", "split")):
        folder = tmp_path / f"exercises/{topic}/{id_}"
        folder.mkdir(parents=True)
        (folder / "exercise.md").touch()
        page = tmp_path / f"chapters/{topic}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text("# Trees\n")
    (tmp_path / "chapters/part/lines.md").write_text(
        "from groundup.widgets.falling_ball import FallingBall\n"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("file", "parameters", "about"),
    [
        ("tests/part/test_lines.py", "", True),
        ("tests/part/test_lines_formulas.py", "slope", True),
        ("tests/part/test_trees.py", "", False),
        ("tests/exercises/test_every_exercise.py", "slope-missing_two", True),
        ("tests/exercises/test_every_exercise.py", "split-no_shift", False),
        ("tests/browser/test_every_page.py", "chapters/part/lines.html-phone", True),
        ("tests/browser/test_every_page.py", "chapters/part/trees.html-phone", False),
        ("tests/widgets/test_falling_ball_page.py", "", True),
        ("tests/widgets/test_other_page.py", "", False),
        ("tests/widgets/test_every_explorable.py", "falling_ball", True),
        ("tests/widgets/test_every_explorable.py", "falling_ball-by_itself", True),
        ("tests/test_house.py", "", False),
    ],
)
def test_a_test_is_about_a_topic_by_its_file_or_its_parameters(
    tree: Path, file: str, parameters: str, about: bool
) -> None:
    assert find("lines", tree).names(item(file, parameters)) == about


def test_the_tests_of_one_topic_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files that name exercises of other topics can be read where these are absent."""
    monkeypatch.delenv("GROUNDUP_TOPIC", raising=False)
    command = [sys.executable, "-m", "pytest", "--topic", "calculus", "--collect-only"]
    found = subprocess.run(
        [*command, "-q"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert found.returncode == 0, found.stdout[-3000:]
    assert "test_every_exercise.py" in found.stdout
    assert "linear_regression" not in found.stdout


def test_an_unknown_topic_is_answered_with_the_known_ones(tree: Path) -> None:
    with pytest.raises(pytest.UsageError, match="there are: lines, trees"):
        find("line", tree)
