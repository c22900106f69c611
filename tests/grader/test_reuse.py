"""A process that serves one of our answers after another: none can change the next."""

from __future__ import annotations

from pathlib import Path

import pytest
from groundup.grader import grading
from groundup.grader.exercise import Exercise, load_all
from groundup.grader.process import Worker, discard
from groundup.grader.reuse import put_back, taken
from groundup.grader.walls import LEVELS

from tests.answers import wrong_answer

ROOT = Path(__file__).resolve().parents[2]
GRADIENT = next(e for e in load_all(ROOT / "exercises") if e.id == "gradient")
SOLVED = GRADIENT.folder / "solution.py"


@pytest.fixture
def launched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The processes that were started, one entry each."""
    discard()
    started: list[str] = []
    launch = Worker.launch

    def counted(self: Worker):  # type: ignore[no-untyped-def]
        started.append("process")
        return launch(self)

    monkeypatch.setattr(Worker, "launch", counted)
    return started


def spoiled(tmp_path: Path, line: str) -> Path:
    """Return the solution with a line at its end that changes more than itself."""
    file = tmp_path / "gradient.py"
    text = SOLVED.read_text("utf-8") + f"\n\nimport builtins, sys\n{line}\n"
    file.write_text(text, "utf-8")
    return file


def passes(file: Path, exercise: Exercise = GRADIENT) -> bool:
    """Grade as the proofs do."""
    return grading.passes(exercise, file, 0)


def test_answers_of_ours_share_a_process(launched: list[str], tmp_path: Path) -> None:
    wrong = tmp_path / "gradient.py"
    wrong.write_text(wrong_answer(GRADIENT.folder, "missing_two"), "utf-8")
    assert passes(SOLVED)
    first = len(launched)
    assert passes(SOLVED)
    assert not passes(wrong)
    assert len(launched) == first


@pytest.mark.parametrize(
    "line",
    [
        "builtins.len = lambda table: 1",
        "np.random.seed(0)",
        "np.seterr(all='raise')",
        "np.linalg.norm = np.abs",
        "sys.setrecursionlimit(300)",
    ],
)
def test_what_an_answer_changes_ends_with_its_process(
    launched: list[str], tmp_path: Path, line: str
) -> None:
    assert passes(SOLVED)
    before = len(launched)
    passes(spoiled(tmp_path, line))
    assert passes(SOLVED)
    assert len(launched) > before


def test_a_learners_answer_gets_a_process_of_its_own(launched: list[str]) -> None:
    for _ in range(2):
        assert grading.grade(GRADIENT, SOLVED).passed
    assert len(launched) == 2


def test_the_next_answer_gets_the_whole_of_its_time() -> None:
    """Whatever the one before has waited for."""
    discard()
    worker = taken(GRADIENT.limits, LEVELS[0], LEVELS[-1])
    worker.seconds, worker.reason = 0.1, "others that were long"
    put_back(worker)
    again = taken(GRADIENT.limits, LEVELS[0], LEVELS[-1])
    assert again is worker
    assert (again.seconds, again.reason) == (GRADIENT.limits.seconds, "")
    again.stop()
