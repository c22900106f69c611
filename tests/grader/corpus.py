"""What the grader says, kept as text: a change of it is seen before it is made.

`python -m tests.grader.corpus` writes the files of `corpus/` anew, with `commands`
those of the commands alone. A file for each
exercise holds the verdicts on its solution, its starter and its wrong answers for one
seed; `commands.txt` holds what the command `groundup` prints.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

from groundup.grader import grading
from groundup.grader.exercise import Exercise
from groundup.grader.proofs import Result

FOLDER = Path(__file__).parent / "corpus"
COMMANDS = FOLDER / "commands.txt"
ADVICE = "python -m tests.grader.corpus writes it anew; say why in the commit"
SEED = "0"
# What rounding leaves where zero is meant is another processor's business.
ROUNDING = re.compile(r"\d\.\d+e-1[2-9]\b")


def file_of(exercise: Exercise) -> Path:
    """Return the file with the verdicts on an exercise's answers."""
    return FOLDER / exercise.topic / f"{exercise.folder.name}.json"


def verdicts(exercise: Exercise) -> str:
    """Return the verdicts on an exercise's answers, as text for its file."""
    from tests.exercises import graded

    answers = {
        "solution": graded.solution(exercise.id),
        "starter": graded.starter(exercise.id),
        **{
            f"wrong/{wrong.name}": graded.wrong_answer(exercise.id, k)
            for k, wrong in enumerate(exercise.wrong)
        },
    }
    data = {
        "exercise": exercise.id,
        "max": exercise.points,
        "tests": {
            test.name.removeprefix("test_"): f"{test.title} ({test.points})"
            for test in exercise.tests
        },
        "answers": {name: verdict(exercise, found) for name, found in answers.items()},
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def verdict(exercise: Exercise, results: list[Result]) -> dict[str, Any]:
    """Return what grading reports of one answer, for the seed of the corpus."""
    mine = [r.verdict for r in results if r.parameters in ("", SEED)]
    found = {v["test"]: grading.result(exercise, v) for v in mine}
    tests = [found[test.name] for test in exercise.tests]
    score = sum(test.points for test in tests if test.status == "pass")
    return {"score": score, "tests": {test.id: told(test) for test in tests}}


def told(test: grading.TestResult) -> Any:
    """Return what is said of a test: lines, so that a difference can be read."""
    if test.status == "pass":
        return "pass"
    message = test.message.splitlines()
    if ROUNDING.search(test.message):
        message = [line for line in message if not line.startswith(" ")]
    return {"status": test.status, "line": test.line, "message": message}


def write_commands() -> None:
    """Write anew what the commands print."""
    from .test_commands import session

    with tempfile.TemporaryDirectory() as home:
        COMMANDS.write_text(session(Path(home)), encoding="utf-8")


def write_verdicts() -> None:
    """Write the verdicts anew: that takes minutes."""
    from tests.exercises.graded import EXERCISES

    for exercise in EXERCISES.values():
        file_of(exercise).parent.mkdir(parents=True, exist_ok=True)
        file_of(exercise).write_text(verdicts(exercise), encoding="utf-8")


if __name__ == "__main__":
    write_commands()
    if sys.argv[1:] != ["commands"]:
        write_verdicts()
