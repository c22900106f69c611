"""What a task's text says is what the starter has and what the tests do."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from groundup.grader import grading
from groundup.grader.exercise import load
from groundup.grader.submission import Submission
from groundup.grader.texts import text_problems

from .graded import EXERCISES, inputs

LARGE = 2_000  # entries along an axis, from which on a task says that there are so many
each_exercise = pytest.mark.parametrize("id_", EXERCISES)
kept = pytest.mark.kept(inputs=inputs)


@kept
@each_exercise
def test_text_starter_and_tests_have_the_same_signatures(id_: str) -> None:
    assert text_problems(EXERCISES[id_]) == []


def test_the_proof_notices_a_text_and_a_test_that_disagree(tmp_path: Path) -> None:
    folder = tmp_path / "part/topic/adamw"
    shutil.copytree(EXERCISES["adamw"].folder, folder)
    page, tests = folder / "exercise.md", folder / "test_adamw.py"
    page.write_text(page.read_text("utf-8").replace("decay=0.0)", "decay)"), "utf-8")
    tests.write_text(
        tests.read_text("utf-8") + "\n\ndef helper(sol):\n    sol.adamw_step(rate=1)\n",
        "utf-8",
    )
    ours = "adamw_step(theta, gradient, state, learning_rate, decay=0.0)"
    lacks, other, called = text_problems(load(folder))
    assert lacks == f"the text lacks `{ours}`"
    assert other.endswith(f"decay)`, the starter `{ours}`")
    assert called.endswith(f"of test_adamw.py: not {ours}")


def longest(value: Any) -> int:
    """Return the most entries along an axis of anything in a value."""
    if isinstance(value, np.ndarray):
        return max(value.shape, default=0)
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list | tuple):
        return max([len(value), *map(longest, value)])
    return 0


@kept
@each_exercise
def test_the_text_says_how_large_inputs_may_be(
    id_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    exercise, seen, call = EXERCISES[id_], [0], Submission.call

    def recorded(self: Submission, function: str, *args: Any, **kwargs: Any) -> Any:
        seen.append(longest([*args, *kwargs.values()]))
        return call(self, function, *args, **kwargs)

    monkeypatch.setattr(Submission, "call", recorded)
    assert grading.grade(exercise, exercise.folder / "solution.py", seed=0).passed
    numbers = re.findall(r"\d{1,3}(?:,\d{3})+", exercise.task)
    said = max([int(number.replace(",", "")) for number in numbers], default=0)
    assert max(seen) < LARGE or max(seen) <= 1.01 * said
