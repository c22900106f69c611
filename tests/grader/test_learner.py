"""What a learner types: start, check, hint, solution, reset, progress, export."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from groundup.grader.cli import app
from groundup.grader.learner import LearnerError, Work, exercises_folder
from typer.testing import CliRunner

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
GRADIENT = EXERCISES / "algorithms/linear_regression/gradient"
SOLUTION = (GRADIENT / "solution.py").read_text()


class Learner:
    """Somebody in an empty folder who types commands."""

    def __init__(self, home: Path) -> None:
        self.home, self.file = home, home / "work/gradient.py"

    def types(self, *arguments: str, status: int = 0) -> str:
        """Run a command; returns what it printed."""
        done = CliRunner().invoke(app, list(arguments))
        if isinstance(done.exception, LearnerError):
            assert status == 2
            return str(done.exception)
        assert done.exit_code == status, done.output
        return done.output


@pytest.fixture
def learner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Learner:
    monkeypatch.setenv("GROUNDUP_EXERCISES", str(EXERCISES))
    monkeypatch.chdir(tmp_path)
    return Learner(tmp_path)


def test_start_copies_the_starter_and_never_overwrites(learner: Learner) -> None:
    assert "work/gradient.py" in learner.types("start", "gradient")
    assert learner.file.read_text() == (GRADIENT / "starter.py").read_text()
    learner.file.write_text("mine")
    assert "stays as it is" in learner.types("start", "gradient")
    assert learner.file.read_text() == "mine"


def test_a_starter_fails_with_the_first_test_s_sentence_and_a_hint_to_take(
    learner: Learner,
) -> None:
    learner.types("start", "gradient")
    said = learner.types("check", "gradient", status=1)
    assert said.startswith("On the chapter's four points")
    assert "still to be written" in said
    assert "0 of 6 points. Next: groundup hint gradient" in said


def test_a_wrong_answer_is_told_its_misconception(learner: Learner) -> None:
    learner.types("start", "gradient")
    wrong = next((GRADIENT / "wrong").glob("*.py"))
    learner.file.write_text(wrong.read_text())
    said = " ".join(learner.types("check", "gradient", status=1).split())
    message = wrong.read_text().partition("message: >")[2].partition('"""')[0]
    assert " ".join(message.split()) in said


def test_hints_come_one_by_one_and_then_the_solution(learner: Learner) -> None:
    assert "3 left" in learner.types("solution", "gradient", status=2)
    kinds = [learner.types("hint", "gradient").splitlines()[0] for _ in range(3)]
    assert kinds == [
        "Hint 1 of 3, a nudge:",
        "Hint 2 of 3, a plan:",
        "Hint 3 of 3, a line:",
    ]
    assert "the last hint" in learner.types("hint", "gradient", status=2)
    assert "def gradient" in learner.types("solution", "gradient")


def test_passing_is_remembered_and_opens_the_solution(learner: Learner) -> None:
    learner.types("start", "gradient")
    learner.file.write_text(SOLUTION)
    assert "All tests passed: 6 of 6" in learner.types("check", "gradient")
    assert "def gradient" in learner.types("solution", "gradient")
    assert "✓ gradient" in learner.types("list")
    assert "1 of 5 exercises, 6 of 30 points" in learner.types("progress")
    learner.file.write_text("")  # a later try that fails takes nothing away
    learner.types("check", "gradient", status=1)
    assert "1 of 5 exercises, 6 of 30 points" in learner.types("progress")


def test_a_file_elsewhere_is_graded_without_being_remembered(learner: Learner) -> None:
    (learner.home / "mine.py").write_text(SOLUTION)
    learner.types("check", "gradient", "--file", "mine.py")
    assert "0 of 5 exercises, 0 of 30 points" in learner.types("progress")


def test_the_verdict_as_json_has_the_agreed_keys(learner: Learner) -> None:
    (learner.home / "mine.py").write_text(SOLUTION.replace("2 /", "1 /"))
    said = learner.types("check", "gradient", "--file", "mine.py", "--json", status=1)
    report = json.loads(said)
    keys = ["exercise", "score", "max", "sandbox", "seconds", "tests"]
    assert list(report) == keys
    tests = ["id", "status", "points", "title", "message", "line"]
    assert all(list(test) == tests for test in report["tests"])
    assert report["tests"][0]["id"] == "the_four_points_of_the_chapter"
    assert report["tests"][0]["status"] == "fail"


def test_the_learner_s_own_line_is_named(learner: Learner) -> None:
    (learner.home / "mine.py").write_text("def gradient(X, y, w):\n    return X @ y\n")
    said = learner.types("check", "gradient", "--file", "mine.py", "--json", status=1)
    first = json.loads(said)["tests"][0]
    assert (first["status"], first["line"]) == ("error", 2)
    assert "line 2:  return X @ y" in first["message"]


def test_a_notebook_in_the_folder_is_checked_by_the_same_rule(learner: Learner) -> None:
    cells = ["import numpy as np\n%matplotlib inline", SOLUTION, "check('gradient')"]
    made = [{"cell_type": "code", "source": source} for source in cells]
    learner.types("start", "gradient")
    (learner.home / "work/a.ipynb").write_text(json.dumps({"cells": made}))
    said = learner.types("check", "gradient")
    assert said.startswith("gradient: a.ipynb counts, not gradient.py\n\n")
    assert "All tests passed" in said
    said = learner.types("check", "gradient", "--file", "work/a.ipynb")
    assert said.startswith("The answer is in work/a.ipynb.\n\n")
    learner.file.write_text(SOLUTION.replace("2 /", "1 /"))
    learner.types("check", "gradient", status=1)  # what is filled in goes first
    said = learner.types("check", "softmax", "--file", "work/a.ipynb", status=2)
    assert said == "work/a.ipynb: no cell defines softmax"


def test_reset_keeps_the_old_file(learner: Learner) -> None:
    learner.types("start", "gradient")
    for text in ("first", "second"):
        learner.file.write_text(text)
        assert "is kept as work/gradient." in learner.types("reset", "gradient")
    assert learner.file.read_text() == (GRADIENT / "starter.py").read_text()
    kept = {p.read_text() for p in learner.file.parent.glob("gradient.*.old.py")}
    assert kept == {"first", "second"}


def test_export_writes_once(learner: Learner) -> None:
    learner.types("hint", "gradient")
    learner.types("export", "mine.json")
    saved = json.loads((learner.home / "mine.json").read_text())
    assert saved["exercises"]["gradient"]["hints"] == 1
    assert "stays as it is" in learner.types("export", "mine.json", status=2)


@pytest.mark.parametrize("text", ["", "[]", '{"exercises": {"gradient": {"x": 1}}}'])
def test_a_progress_file_that_cannot_be_read_is_not_touched(
    learner: Learner, text: str
) -> None:
    (learner.home / "work").mkdir()
    file = learner.home / "work/progress.json"
    file.write_text(text)
    assert "no progress that can be read" in learner.types("list", status=2)
    assert file.read_text() == text


def test_exercises_are_found_from_any_folder_of_the_book(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("GROUNDUP_EXERCISES", raising=False)
    monkeypatch.chdir(GRADIENT)
    assert exercises_folder() == EXERCISES
    monkeypatch.setenv("GROUNDUP_EXERCISES", str(tmp_path))
    with pytest.raises(LearnerError, match="no exercises in"):
        exercises_folder()


def test_a_crash_while_saving_leaves_the_old_progress(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.types("hint", "gradient")
    file = learner.home / "work/progress.json"
    before = file.read_text()

    def crash(*arguments: object) -> None:
        raise OSError("the disk is gone")

    monkeypatch.setattr("os.replace", crash)
    with pytest.raises(OSError, match="the disk is gone"):
        Work.open(Path("work")).save()
    assert file.read_text() == before
    assert list(file.parent.iterdir()) == [file]
