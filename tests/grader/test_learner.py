"""What a learner types: start, check, hint, solution, reset, progress, export."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from groundup import __version__
from groundup.grader.cli import app
from groundup.grader.exercise import load
from groundup.grader.learner import LearnerError, Work, exercises_folder
from typer.testing import CliRunner

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
GRADIENT = EXERCISES / "algorithms/linear_regression/gradient"
SOLUTION = (GRADIENT / "solution.py").read_text()
SOFTMAX = (EXERCISES / "transformers/attention/softmax/solution.py").read_text()
SCRIPTS = EXERCISES.parent / "code/groundup/book/theme/scripts"
PAGE = (SCRIPTS / "progress.js").read_text("utf-8")


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
    wrong, *_ = load(GRADIENT).wrong
    learner.file.write_text(wrong.source)
    said = " ".join(learner.types("check", "gradient", status=1).split())
    assert wrong.message in said


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
    assert "1 of 8 exercises, 6 of 46 points" in learner.types("progress")
    learner.file.write_text("")  # a later try that fails takes nothing away
    learner.types("check", "gradient", status=1)
    assert "1 of 8 exercises, 6 of 46 points" in learner.types("progress")


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


def test_a_file_under_another_name_counts_or_is_named(learner: Learner) -> None:
    learner.file.parent.mkdir(parents=True)
    other = learner.file.with_name("gradient_final.py")
    other.write_text(SOLUTION)
    assert learner.types("check", "gradient", status=2) == (
        "there is no file work/gradient.py yet: groundup start gradient; gradient:"
        " gradient_final.py does not count (gradient.py was expected)"
    )
    other.rename(learner.file.with_name("gradient (1).py"))
    said = learner.types("check", "gradient")
    assert "gradient: gradient (1).py counts (gradient.py was expected)" in said
    assert "All tests passed" in said


def test_reset_keeps_the_old_file(learner: Learner) -> None:
    learner.types("start", "gradient")
    for text in ("first", "second"):
        learner.file.write_text(text)
        assert "is kept as work/gradient." in learner.types("reset", "gradient")
    assert learner.file.read_text() == (GRADIENT / "starter.py").read_text()
    kept = {p.read_text() for p in learner.file.parent.glob("gradient.*.old.py")}
    assert kept == {"first", "second"}


def test_reset_before_start_and_of_any_bytes(learner: Learner) -> None:
    said = "there is no file work/gradient.py yet: groundup start gradient"
    assert learner.types("reset", "gradient", status=2) == said
    assert not learner.file.parent.exists()
    learner.types("start", "gradient")
    learner.file.write_bytes(b"\xff\xfe no UTF-8 \xe9")
    assert "is kept as work/gradient.1.old.py" in learner.types("reset", "gradient")
    kept = learner.file.with_suffix(".1.old.py")
    assert kept.read_bytes() == b"\xff\xfe no UTF-8 \xe9"


@pytest.mark.parametrize("folder", ["work", "work/notes", "."])
def test_the_folder_is_found_from_within_it(
    learner: Learner, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    learner.types("start", "gradient")
    learner.file.write_text(SOLUTION)
    learner.types("check", "gradient")
    (learner.home / folder).mkdir(exist_ok=True)
    monkeypatch.chdir(learner.home / folder)
    assert "All tests passed" in learner.types("check", "gradient")
    assert "✓ gradient" in learner.types("list")
    assert "work" not in [p.name for p in learner.file.parent.iterdir()]


def test_a_folder_work_is_itself_even_before_anything_was_checked(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner.types("start", "gradient")
    monkeypatch.chdir(learner.home / "work")
    learner.types("check", "gradient", status=1)
    assert not (learner.home / "work/work").exists()


def test_in_a_folder_of_the_book_the_book_s_folder_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GROUNDUP_EXERCISES", raising=False)
    copy = tmp_path / "exercises/algorithms/linear_regression/gradient"
    shutil.copytree(GRADIENT, copy)
    (tmp_path / "chapters").mkdir()
    monkeypatch.chdir(tmp_path / "chapters")
    Learner(tmp_path).types("start", "gradient")
    assert (tmp_path / "work/gradient.py").is_file()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (
            "check grdient",
            "'grdient': did you mean gradient or gradient_test or wrong_gradient?",
        ),
        ("hint Softmax", "'Softmax': did you mean softmax?"),
        ("start zzz", "there is no exercise 'zzz'; there are adamw, attention,"),
        ("check gradient --file nothere.py", "there is no file nothere.py"),
    ],
)
def test_what_is_not_there_is_said_with_what_is(
    learner: Learner, typed: str, said: str
) -> None:
    answer = learner.types(*typed.split(), status=2)
    assert said in answer and ("yet" in answer) is False


def test_the_version_is_told(learner: Learner) -> None:
    assert learner.types("--version") == f"groundup {__version__}\n"


def test_export_writes_once_what_the_page_can_load(learner: Learner) -> None:
    learner.types("hint", "gradient")
    (learner.home / "work/softmax.py").write_text(SOFTMAX)
    learner.types("check", "softmax")
    learner.types("export", "mine.json")
    saved = json.loads((learner.home / "mine.json").read_text())
    assert saved["graded"]["linear_regression/gradient"]["hints"] == 1
    # What the page asks of a file, in its own words.
    kinds = re.search(r"const KINDS = (\[.*?\]);", PAGE)
    assert kinds and "version !== 1" in PAGE
    assert saved["version"] == 1
    assert all(isinstance(saved[kind], dict) for kind in json.loads(kinds[1]))
    assert list(saved["exercises"]) == ["attention/softmax"]
    assert "stays as it is" in learner.types("export", "mine.json", status=2)


def test_import_takes_what_was_exported_and_what_the_page_saved(
    learner: Learner, tmp_path: Path
) -> None:
    learner.types("hint", "gradient")
    learner.types("export", "mine.json")
    page = {"version": 1, "read": {}, "questions": {"a": 1}}
    page["exercises"] = {"softmax": "2026-01-02T03:04:05.678Z", "unknown": "2026"}
    (learner.home / "page.json").write_text(json.dumps(page))
    learner.types("reset", "gradient", status=2)
    shutil.rmtree(learner.home / "work")
    for file in ("mine.json", "page.json", "mine.json"):
        said = learner.types("import", file)
        assert said == f"Exercises added from {file}: 1.\n"
    assert "✓ softmax               6 of  6" in learner.types("list")
    assert "the hints: 2 left" in learner.types("solution", "gradient", status=2)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no JSON", "is no JSON, as `groundup export` writes"),
        ("[]", 'holds no progress: expected "version": 1'),
        ('{"version": 2}', 'holds no progress: expected "version": 1'),
        ('{"version": 1, "read": 3}', '"read" is not a list of names with values'),
        ('{"version": 1, "graded": {"gradient": 3}}', "says of 'gradient' what nobody"),
        ('{"version": 1, "exercises": {"gradient": 3}}', "when each was solved"),
    ],
)
def test_a_file_without_progress_is_refused_and_changes_nothing(
    learner: Learner, text: str, said: str
) -> None:
    learner.types("hint", "gradient")
    before = (learner.home / "work/progress.json").read_bytes()
    (learner.home / "mine.json").write_text(text)
    assert said in learner.types("import", "mine.json", status=2)
    assert (learner.home / "work/progress.json").read_bytes() == before


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
