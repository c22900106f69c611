"""The answers of every exercise's folder, graded once for all tests of this process.

The runs of pytest are shared: one grades all solutions, one all starters, and the
k-th wrong answers of all exercises are graded together, as are the k-th right ones.
Only exercises of which a test runs in this process are graded.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from groundup.grader import proofs
from groundup.grader.exercise import Exercise, load_all

from tests.topic import chosen

ROOT = Path(__file__).resolve().parents[2]
EVERY = load_all(ROOT / "exercises")
EXERCISES = {e.id: e for e in EVERY if chosen() in ("", e.folder.parent.name)}
SEEDS = 20
DUE = set(EXERCISES)  # those of which a test runs; `conftest.py` leaves these


def due() -> list[Exercise]:
    """Return the exercises to grade."""
    return [exercise for id_, exercise in EXERCISES.items() if id_ in DUE]


def exercise_of(item: pytest.Item) -> str:
    """Return the exercise that a test is about by its parameter, empty for none."""
    words = getattr(item, "callspec", None)
    id_ = words.id.partition("-")[0] if words else ""
    return id_ if id_ in EXERCISES else ""


def inputs(item: pytest.Item) -> list[Path]:
    """Return what the verdict on an exercise depends on: its folder, its corpus."""
    exercise = EXERCISES[exercise_of(item)]
    kept = ROOT / "tests/grader/corpus" / exercise.topic / f"{exercise.id}.json"
    return [exercise.folder, ROOT / "exercises/conftest.py", kept]


@cache
def solutions() -> dict[str, list[proofs.Result]]:
    """Return the results of every exercise's solution."""
    paths = {e.id: e.folder / "solution.py" for e in due()}
    return proofs.grade(EXERCISES, paths, SEEDS)


@cache
def right_answers(k: int) -> dict[str, list[proofs.Result]]:
    """Return the results of the k-th right answer of every exercise that has one."""
    paths = {e.id: e.right[k] for e in due() if k < len(e.right)}
    return proofs.grade(EXERCISES, paths, SEEDS)


@cache
def starters() -> dict[str, list[proofs.Result]]:
    """Return the results of every exercise's starter."""
    paths = {e.id: e.folder / "starter.py" for e in due()}
    return proofs.grade(EXERCISES, paths, 1)


@cache
def wrong_answers(k: int) -> dict[str, list[proofs.Result]]:
    """Return the results of the k-th wrong answer of every exercise that has one."""
    paths = {e.id: e.wrong[k].path for e in due() if k < len(e.wrong)}
    return proofs.grade(EXERCISES, paths, 3)
