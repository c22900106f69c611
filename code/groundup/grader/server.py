"""A process that grades for a notebook: pytest is loaded, a worker waits with NumPy.

Requests and answers are lines of JSON: {"id", "source", "folder"} comes in; {"first"}
goes out when the first failure is known, {"report", "hint"} or {"trouble"} at the end.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from . import predictions
from .grading import GraderError, grade
from .known import short
from .learner import Work, exercises_folder, find
from .process import prepare


def check(request: dict[str, Any], say: Any) -> dict[str, Any]:
    """Grade a source, remember it in the learner's folder, return what to answer."""
    root = exercises_folder()
    exercise = find(request["id"], root)
    with tempfile.TemporaryDirectory(prefix="groundup-") as scratch:
        file = Path(scratch, f"{short(exercise.id)}.py")
        file.write_text(request["source"], encoding="utf-8")
        report = grade(exercise, file, tell=lambda first: say({"first": asdict(first)}))
    work = Work.open(Path(request["folder"]), root)
    work.record(exercise, report.score)
    taken = work.entry(exercise).hints
    hint = exercise.hints[min(taken, len(exercise.hints) - 1)]
    note = predictions.beside(exercise, work.folder, report.note)
    report = replace(report, note=note)
    return {"report": report.json(), "hint": hint, "limits": exercise.limits}


def main() -> None:
    """Answer requests until the notebook's kernel closes the pipe."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what anything else prints is no answer

    def say(answer: dict[str, Any]) -> None:
        print(json.dumps(answer), file=answers, flush=True)

    import pytest  # noqa: F401  so that the first check does not wait for it

    say({"ready": True})
    for line in sys.stdin:
        limits = None
        try:
            answer = check(json.loads(line), say)
            limits = answer.pop("limits")
        except (GraderError, ValueError, OSError) as error:
            answer = {"trouble": str(error)}
        say(answer)
        if limits:
            prepare(limits)


if __name__ == "__main__":
    main()
