"""Two exercises of one id in two topics: each can be named, graded and kept apart."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from groundup.grader import answers, finding, gradescope, known, proofs
from groundup.grader.cells import Cell
from groundup.grader.exercise import load_all
from groundup.grader.known import known_as, known_ids, names_of
from groundup.grader.learner import LearnerError, find

from .same_id import FIRST, MEAN, SECOND, SUM, write_exercises
from .test_learner import Learner

ROOT = Path(__file__).resolve().parents[2]
IDS = ["score", "one/score"]
STATE = "work/progress.json"


@pytest.fixture
def exercises(tmp_path: Path) -> Path:
    """The exercises of a book whose first chapter is `late/two`, then `early/one`."""
    return write_exercises(tmp_path / "book")


@pytest.fixture
def learner(
    tmp_path: Path, exercises: Path, monkeypatch: pytest.MonkeyPatch
) -> Learner:
    monkeypatch.setenv("GROUNDUP_EXERCISES", str(exercises))
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.chdir(home)
    return Learner(home)


def put(home: Path, name: str, source: str) -> None:
    (home / name).parent.mkdir(parents=True, exist_ok=True)
    (home / name).write_text(source)


def test_the_short_name_is_that_of_the_first_in_reading_order(exercises: Path) -> None:
    assert [exercise.id for exercise in load_all(exercises)] == IDS
    assert [exercise.name for exercise in load_all(exercises)] == [
        "two/score",
        "one/score",
    ]
    assert names_of(exercises) == {"two/score": "score", "one/score": "one/score"}
    assert known_ids(exercises) == sorted(IDS)
    assert known_as(exercises / SECOND / "score") == "one/score"


def test_a_name_that_nothing_shares_does_not_depend_on_the_contents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """So a new chapter leaves what is kept of the old ones' exercises as it is."""
    monkeypatch.setattr(known, "reading_order", pytest.fail)
    assert known_as(ROOT / "exercises/algorithms/linear_regression/gradient") == (
        "gradient"
    )


@pytest.mark.parametrize(
    ("said", "chapter"),
    [
        ("score", FIRST),
        ("two/score", FIRST),
        ("late/two/score", FIRST),
        ("one/score", SECOND),
        ("early/one/score", SECOND),
    ],
)
def test_it_is_found_by_every_name(exercises: Path, said: str, chapter: str) -> None:
    assert find(said, exercises).folder == exercises / chapter / "score"


@pytest.mark.parametrize("said", ["three/score", "../score", "one/", "a/b/c/score", ""])
def test_no_other_name_is_one(exercises: Path, said: str) -> None:
    with pytest.raises(LearnerError, match="there is no exercise"):
        find(said, exercises)


def test_the_command_keeps_them_apart(learner: Learner) -> None:
    assert "work/score.py" in learner.types("start", "two/score")
    assert "work/one/score.py" in learner.types("start", "one/score")
    put(learner.home, "work/score.py", MEAN)
    put(learner.home, "work/one/score.py", MEAN)
    assert "3 of 3" in learner.types("check", "score")
    assert "groundup hint one/score" in learner.types("check", "one/score", status=1)
    put(learner.home, "work/one/score.py", SUM)
    assert "3 of 3" in learner.types("check", "one/score")
    listed = learner.types("list")
    assert "✓ score " in listed and "✓ one/score " in listed
    learner.types("hint", "one/score")
    kept = json.loads((learner.home / STATE).read_text())["exercises"]
    assert {name: entry["hints"] for name, entry in kept.items()} == {
        "one/score": 1,
        "two/score": 0,
    }
    assert "work/one/score.1.old.py" in learner.types("reset", "one/score")
    assert (learner.home / "work/score.py").read_text() == MEAN


def test_progress_by_short_names_is_brought_to_the_names_that_stay(
    learner: Learner,
) -> None:
    old = {"hints": 2, "tries": 3, "best": 1, "passed": ""}
    put(learner.home, STATE, json.dumps({"version": 1, "exercises": {"score": old}}))
    assert "Hint 3 of 3" in learner.types("hint", "score")
    kept = json.loads((learner.home / STATE).read_text())["exercises"]
    assert kept == {"two/score": {**old, "hints": 3}}


def test_a_file_moves_when_an_earlier_chapter_takes_its_name(
    learner: Learner, exercises: Path
) -> None:
    learner.types("start", "score")
    put(learner.home, "work/score.py", MEAN)
    learner.types("check", "score")
    write_exercises(exercises.parent, ("a/zero", FIRST, SECOND))
    assert "✓ two/score" in learner.types("list")
    assert (learner.home / "work/two/score.py").read_text() == MEAN
    assert not (learner.home / "work/score.py").exists()
    learner.types("start", "score")
    put(learner.home, "work/score.py", SUM)
    learner.types("check", "score", status=1)
    assert "3 of 3" in learner.types("check", "two/score")
    (learner.home / "work/two/score.py").unlink()
    learner.types("list")  # the file is now that of the earlier chapter
    assert (learner.home / "work/score.py").read_text() == SUM


def test_a_progress_file_may_have_names_of_both_times(learner: Learner) -> None:
    when = "2026-01-01T00:00:00+00:00"
    page = {"version": 1, "exercises": {"score": when, "one/score": when, "old": when}}
    put(learner.home, "page.json", json.dumps(page))
    assert "page.json: 2." in learner.types("import", "page.json")
    exported = json.loads(learner.types("export"))
    assert set(exported["exercises"]) == {"two/score", "one/score"}


SECRET = '''
import numpy as np
import pytest
from groundup.grader.expect import expect_close


@pytest.mark.points(2)
def test_ones(sol):
    """Ones.

    Your answer to ones is wrong.
    """
    expect_close(sol.score(np.ones(7)), 7.0)
'''
CELLS = {
    "by the magic": [f"%%exercise one/score\n{SUM}", f"%%exercise score\n{MEAN}"],
    "by the whole name": [
        f"%%exercise two/score\n{MEAN}",
        f"%%exercise one/score\n{SUM}",
    ],
    "above a later try": [
        f"%%exercise two/score\n{MEAN}",
        f"%%exercise one/score\n{SUM}",
        "def score(x):\n    return 0\n",
    ],
    "by a call": [SUM, "check('one/score')", MEAN, 'check("two/score")'],
}


@pytest.mark.parametrize("cells", CELLS.values(), ids=CELLS)
def test_a_notebook_answers_each(exercises: Path, cells: list[str]) -> None:
    typed = [Cell(cell) for cell in cells]
    found = {
        e.id: finding.answer_in(typed, e.id, e.starter, IDS)[0]
        for e in load_all(exercises)
    }
    assert "np.mean" in found["score"] and "np.sum" in found["one/score"]


@pytest.mark.parametrize(
    ("files", "asked", "expected"),
    [
        ({"score.py": 1, "one/score.py": 2}, IDS, {"score": 1, "one/score": 2}),
        ({"work/score.py": 1, "work/one/score.py": 2}, ["one/score"], {"one/score": 2}),
        ({"score.py": 1, "one_score.py": 2}, IDS, {"score": 1, "one/score": 2}),
        ({"score.py": 1}, IDS, {"score": 1}),
        ({"score.py": 1}, ["one/score"], {"one/score": 1}),  # folders are left out
        ({"other/score.py": 1}, IDS, {"score": 1}),
    ],
)
def test_a_file_is_that_of_its_folder_s_topic(
    exercises: Path,
    files: dict[str, int],
    asked: list[str],
    expected: dict[str, int],
) -> None:
    every = {e.id: e for e in load_all(exercises)}
    content = {name: f"x = {number}".encode() for name, number in files.items()}
    found = answers.answers_in(content, {id_: every[id_] for id_ in asked}, IDS)
    assert {i: int(a.source[-1]) for i, a in found.items()} == expected


def test_a_class_is_graded_in_both(learner: Learner) -> None:
    for student, name, source in (
        ("ada", "work/score.py", MEAN),
        ("ada", "work/one/score.py", SUM),
        ("bob", "score.py", SUM),
        ("bob", "one/score.py", SUM),
    ):
        put(learner.home, f"class/{student}/{name}", source)
    put(learner.home, "hidden/one/score/test_score_hidden.py", SECRET)
    learner.types("grade", "class", "--hidden", "hidden", "--min-sandbox", "process")
    with (learner.home / "grades/gradebook.csv").open() as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert {s: [r["score"], r["one/score"]] for s, r in rows.items()} == {
        "ada": ["3", "5"],
        "bob": ["0", "5"],
    }
    said = json.loads((learner.home / "grades/students/ada.json").read_text())
    assert said["exercises"]["one/score"]["exercise"] == "one/score"


def test_gradescope_grades_both(learner: Learner, tmp_path: Path) -> None:
    said = learner.types("gradescope", "--out", "a.zip", "--min-sandbox", "process")
    assert "a.zip: score, one/score; 6 points" in said
    root = tmp_path / "autograder"
    with zipfile.ZipFile(learner.home / "a.zip") as archive:
        archive.extractall(root / "source")
    put(root, "submission/score.py", MEAN)
    put(root, "submission/one/score.py", SUM)
    results: dict[str, Any] = gradescope.run(root)
    names = [test["name"] for test in results["tests"]]
    assert [n.partition(":")[0] for n in names] == ["score"] * 2 + ["one/score"] * 2
    assert sum(test["score"] for test in results["tests"]) == 6


def test_each_is_proved_by_its_own_tests(exercises: Path) -> None:
    score, other = load_all(exercises)
    assert {score.id, other.id} == set(IDS)
    for exercise in (score, other):
        results = proofs.grade(exercise, exercise.solution, 2)
        assert results and all(result.passed for result in results)
    wrong = proofs.grade(other, score.solution, 1)
    assert not all(result.passed for result in wrong)


def test_plain_pytest_grades_a_learner_s_folder(
    exercises: Path, tmp_path: Path
) -> None:
    put(tmp_path, "mine/score.py", MEAN)
    put(tmp_path, "mine/one/score.py", SUM)
    command = [sys.executable, "-m", "pytest", "-q"]
    command += ["-p", "groundup.grader.plugin", f"--submissions={tmp_path / 'mine'}"]
    done = subprocess.run(
        [*command, str(exercises)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "score: 3 of 3" in done.stdout and "one/score: 3 of 3" in done.stdout
