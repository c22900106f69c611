"""An instructor's hidden tests: their points count, and nothing gives them away."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from groundup.grader import classroom
from groundup.grader.exercise import Exercise, load
from groundup.grader.grading import GraderError, Report, grade
from groundup.grader.rendering import said

ROOT = Path(__file__).resolve().parents[2]
SOFTMAX = ROOT / "exercises/transformers/attention/softmax"
GOOD = (SOFTMAX / "solution.py").read_text()
COMMAND = [sys.executable, "-c", "from groundup.grader.cli import main; main()"]
SECRETS = ("7.1254321", "open sesame", "infinit", "integers", "test_")
linux = pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")
TESTS = '''\
"""Tests that learners do not get: open sesame."""

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_close


@pytest.mark.points(3)
def test_infinities(sol):
    """Unusual scores

    Think of scores that are
    no ordinary numbers.
    """
    expect_close(sol.softmax(np.array([-np.inf, 7.1254321])), np.array([0.0, 1.0]))


@pytest.mark.points(1)
def test_integers(sol, rng):
    """Kinds of numbers

    Are all scores fractions?
    """
    x = rng.integers(-9, 9, size=(3, 4))
    expect(np.allclose(np.sum(sol.softmax(x), -1), 1), "the secret is open sesame")
'''
# Remembers what it is called with, and tells where a public test will quote it.
TELLTALE = """
import sys
import numpy as np

def softmax(x):
    sys.seen = getattr(sys, "seen", []) + [float(np.max(x))]
    raise ValueError(f"seen {sys.seen} at {x}")
"""


@pytest.fixture
def hidden(tmp_path: Path) -> Path:
    """A folder of hidden tests for softmax."""
    (tmp_path / "hidden/softmax").mkdir(parents=True)
    (tmp_path / "hidden/softmax/test_softmax_hidden.py").write_text(TESTS)
    return tmp_path / "hidden"


def graded(exercise: Exercise, tmp_path: Path, source: str) -> Report:
    """Grade a source."""
    (tmp_path / "mine.py").write_text(source)
    return grade(exercise, tmp_path / "mine.py", seed=0)


def test_their_points_count(hidden: Path, tmp_path: Path) -> None:
    exercise = load(SOFTMAX, hidden)
    assert (exercise.points, load(SOFTMAX).points) == (10, 6)
    report = graded(exercise, tmp_path, GOOD)
    assert (report.score, report.max, len(report.tests)) == (10, 10, 8)
    report = graded(exercise, tmp_path, GOOD.replace("(x,", "(x.astype(float),"))
    assert report.passed


@pytest.mark.parametrize(
    "source",
    [
        TELLTALE,
        "def softmax(x):\n    return x\n",
        "def softmax(x):\n    print(x)\n    raise KeyError(x)\n",
        "import os\ndef softmax(x):\n    os._exit(3)\n",
    ],
)
def test_nothing_but_group_and_message_is_said(
    hidden: Path, tmp_path: Path, source: str
) -> None:
    report = graded(load(SOFTMAX, hidden), tmp_path, source)
    text = json.dumps(report.json())
    assert not [secret for secret in SECRETS if secret in text]
    *_, one, other = report.tests
    assert (one.id, one.status, one.title) == ("hidden_1", "fail", "Unusual scores")
    ours = "Unusual scores\n\nThink of scores that are no ordinary numbers."
    assert one.message == ours
    assert (other.id, other.status, other.line) == ("hidden_2", "fail", None)
    assert report.score == 0


def test_what_a_file_has_seen_of_them_stays_in_their_process(
    hidden: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine.py").write_text(TELLTALE)
    files = [str(hidden / "softmax/test_softmax_hidden.py"), str(SOFTMAX)]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", *files, f"--rootdir={SOFTMAX}"]
        + ["--noconftest", "-p", "groundup.grader.plugin", "-p", "no:cacheprovider"]
        + [f"--hidden={hidden}", f"--submission={tmp_path / 'mine.py'}"]
        + ["--import-mode=importlib", "-c", os.devnull],
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
    )
    assert "8 failed" in run.stdout, run.stdout + run.stderr
    assert "seen [" in run.stdout
    assert "7.12" not in run.stdout
    assert "softmax: 0 of 10" in run.stdout


def test_a_change_of_a_hidden_test_is_graded_anew(hidden: Path) -> None:
    before = classroom.fingerprint(classroom.packed(load(SOFTMAX, hidden)))
    file = hidden / "softmax/test_softmax_hidden.py"
    file.write_text(TESTS.replace("7.1254321", "7.5"))
    after = classroom.fingerprint(classroom.packed(load(SOFTMAX, hidden)))
    without = classroom.fingerprint(classroom.packed(load(SOFTMAX)))
    assert len({before, after, without}) == 3


def copied(tmp_path: Path, change: str = "") -> Path:
    """Return a copy of the exercise that says how many points are hidden."""
    folder = tmp_path / "exercises/transformers/attention/softmax"
    folder.mkdir(parents=True)
    for path in SOFTMAX.glob("*.*"):
        text = path.read_text().replace("points: 6\n", f"points: 6\n{change}")
        (folder / path.name).write_text(text)
    return folder


def test_a_learner_is_never_told_that_all_is_passed(tmp_path: Path) -> None:
    exercise = load(copied(tmp_path, "hidden: 4\n"))
    assert (exercise.points, exercise.elsewhere) == (6, 4)
    report = graded(exercise, tmp_path, GOOD)
    assert report.passed and report.json()["elsewhere"] == 4
    assert "All tests passed" not in said(report)
    assert "4 more are decided by your instructor's tests." in said(report)
    told = graded(load(SOFTMAX), tmp_path, GOOD)
    assert "elsewhere" not in told.json()
    assert said(told).startswith("All tests passed")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("\n    Are all scores fractions?\n", "", "is hidden and has no message"),
        ("@pytest.mark.points(1)\n", "", "has no points"),
        ("test_integers", "test_large_scores", "is a public test's name, too"),
    ],
)
def test_a_hidden_test_that_is_incomplete_is_refused(
    hidden: Path, old: str, new: str, says: str
) -> None:
    file = hidden / "softmax/test_softmax_hidden.py"
    file.write_text(TESTS.replace(old, new))
    with pytest.raises(ValueError, match=says):
        load(SOFTMAX, hidden)


def test_points_that_were_promised_are_kept(hidden: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="hidden is 5, but .* add up to 4"):
        load(copied(tmp_path, "hidden: 5\n"), hidden)


def test_a_broken_hidden_test_is_trouble_not_a_verdict(
    hidden: Path, tmp_path: Path
) -> None:
    file = hidden / "softmax/test_softmax_hidden.py"
    file.write_text(TESTS.replace("x = rng", "x = 1 / 0 or rng"))
    with pytest.raises(GraderError, match="ZeroDivisionError"):
        graded(load(SOFTMAX, hidden), tmp_path, GOOD)


@linux
@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("softmax/test_softmax_hidden.py", TESTS), ""),
        (
            ("softmax/test_softmax_hidden.py", TESTS.replace("1.0]", "2.0]")),
            "the solution of softmax fails your test 'Unusual scores'",
        ),
        (("softmx/test_softmx_hidden.py", TESTS), "has the name of no exercise"),
        (("softmax/test_other.py", TESTS), "expected hidden tests in"),
    ],
)
def test_a_class_is_graded_with_them_once_the_solution_passes_them(
    tmp_path: Path, change: tuple[str, str], says: str
) -> None:
    file = tmp_path / "hidden" / change[0]
    file.parent.mkdir(parents=True)
    file.write_text(change[1])
    (tmp_path / "class/ada").mkdir(parents=True)
    (tmp_path / "class/ada/softmax.py").write_text(TELLTALE)
    done = subprocess.run(
        [*COMMAND, "grade", "class", "--hidden", "hidden", "--only", "softmax"],
        env={**os.environ, "GROUNDUP_EXERCISES": str(ROOT / "exercises")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert says in done.stderr
    assert done.returncode == (2 if says else 0), done.stderr
    if not says:
        files = [p for p in (tmp_path / "grades").rglob("*") if p.is_file()]
        assert len(files) == 6  # the seed among them
        for path in files:
            text = path.read_text()
            assert not [s for s in SECRETS[:4] if s in text.lower()], path
        assert "Unusual scores" in (tmp_path / "grades/report.html").read_text()
