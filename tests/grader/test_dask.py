"""A class graded as a Dask job: several workers, one of them killed in the middle."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from groundup.grader import classroom
from groundup.grader.exercise import load
from groundup.grader.handed_in import Answer, Class
from groundup.grader.learner import LearnerError

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
ROOT = Path(__file__).resolve().parents[2]
SOFTMAX = ROOT / "exercises/transformers/attention/softmax"
GOOD = (SOFTMAX / "solution.py").read_text()
ANSWERS = 18
COMMAND = [sys.executable, "-c", "from groundup.grader.cli import main; main()"]
# Tests that write down who grades what; they run where the verdict is made.
LOGGED = '''
import os
import time

import pytest

def log(sol, what):
    with open({log!r}, "a") as file:
        print(what, os.getpid(), sol.number(), file=file)


@pytest.mark.points(3)
def test_first(sol):
    """It begins."""
    log(sol, "began")
    time.sleep(0.2)


@pytest.mark.points(3)
def test_last(sol):
    """It ends."""
    log(sol, "ended")
'''


@pytest.fixture(scope="module")
def cluster() -> Iterator[distributed.LocalCluster]:
    """Three worker processes of one thread each."""
    with distributed.LocalCluster(
        n_workers=3,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
        host="127.0.0.1",
    ) as found:
        yield found


def logged(folder: Path, log: Path) -> Path:
    """Return an exercise whose tests write down that they run."""
    exercise = folder / "exercises/transformers/attention/softmax"
    shutil.copytree(SOFTMAX, exercise, ignore=shutil.ignore_patterns("wrong*", "__*"))
    (exercise / "test_softmax.py").write_text(LOGGED.format(log=str(log)))
    return exercise


def lines(log: Path, what: str) -> list[list[str]]:
    """Return [process, answer] of what was written down."""
    text = log.read_text() if log.exists() else ""
    found = [line.split() for line in text.splitlines()]
    return [rest for kind, *rest in found if kind == what]


def test_a_worker_that_is_killed_loses_nothing_and_nothing_is_graded_twice(
    cluster: distributed.LocalCluster, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    exercise = load(logged(tmp_path, log))
    handed_in = Class()
    for number in range(ANSWERS):
        source = f"{GOOD}\n\ndef number():\n    return {number}\n"
        answer = Answer(f"s{number}", "softmax", source)
        handed_in.answers[answer.student, "softmax"] = answer
    killed: list[str] = []

    def kill() -> None:
        """Kill a worker in its second answer, when all that was graded is kept."""
        while not killed:
            began = [process for process, _ in lines(log, "began")]
            ended = [process for process, _ in lines(log, "ended")]
            kept = list((tmp_path / "grades/verdicts").glob("softmax*.json"))
            for process in set(began) if len(kept) == len(ended) else ():
                if began.count(process) == 2 and ended.count(process) == 1:
                    os.kill(int(process), signal.SIGKILL)
                    killed.append(process)
                    return
            time.sleep(0.01)

    threading.Thread(target=kill, daemon=True).start()
    graded = list(
        classroom.grade_class(
            handed_in,
            {"softmax": exercise},
            tmp_path / "grades",
            seed=0,
            pool=lambda: classroom.remote(cluster.scheduler_address),
        )
    )
    assert killed
    assert {answer.student for answer, _ in graded} == {s for s, _ in handed_in.answers}
    assert len(graded) == ANSWERS
    assert {report.get("score") for _, report in graded} == {6}
    assert len(list((tmp_path / "grades/verdicts").glob("*.json"))) == ANSWERS
    ended = [number for _, number in lines(log, "ended")]
    assert sorted(map(int, ended)) == list(range(ANSWERS))
    assert len({process for process, _ in lines(log, "ended")}) >= 3
    # The answer at which the worker was killed was begun anew, and no other.
    assert len(lines(log, "began")) == ANSWERS + 1


def test_the_command_grades_on_the_workers(
    cluster: distributed.LocalCluster, tmp_path: Path
) -> None:
    for student in ("ada", "bob"):
        (tmp_path / "class" / student).mkdir(parents=True)
        file = tmp_path / "class" / student / "softmax.py"
        file.write_text(f"{GOOD}# {student}\n")
    done = subprocess.run(
        [*COMMAND, "grade", "class", "--only", "softmax", "--min-sandbox", "process"]
        + ["--dask", cluster.scheduler_address],
        env={**os.environ, "GROUNDUP_EXERCISES": str(ROOT / "exercises")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert '"bob",6,6,6,' in (tmp_path / "grades/gradebook.csv").read_text()


def test_without_a_scheduler_one_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classroom, "SECONDS_TO_CONNECT", 0.5)
    with pytest.raises(LearnerError, match="no Dask scheduler at tcp://127.0.0.1:9"):
        classroom.remote("tcp://127.0.0.1:9")
