"""The answers of every exercise's folder, graded once for all tests of this process.

The runs of pytest are shared: one grades all solutions, one all starters, and the
k-th wrong answers of all exercises are graded together, as are the k-th right ones.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from groundup.grader import proofs
from groundup.grader.exercise import load_all

from tests.topic import chosen

ROOT = Path(__file__).resolve().parents[2]
EVERY = load_all(ROOT / "exercises")
EXERCISES = {e.id: e for e in EVERY if chosen() in ("", e.folder.parent.name)}
SEEDS = 20


@cache
def solutions() -> dict[str, list[proofs.Result]]:
    """Return the results of every exercise's solution."""
    paths = {id_: e.folder / "solution.py" for id_, e in EXERCISES.items()}
    return proofs.grade(EXERCISES, paths, SEEDS)


@cache
def right_answers(k: int) -> dict[str, list[proofs.Result]]:
    """Return the results of the k-th right answer of every exercise that has one."""
    paths = {id_: e.right[k] for id_, e in EXERCISES.items() if k < len(e.right)}
    return proofs.grade(EXERCISES, paths, SEEDS)


@cache
def starters() -> dict[str, list[proofs.Result]]:
    """Return the results of every exercise's starter."""
    paths = {id_: e.folder / "starter.py" for id_, e in EXERCISES.items()}
    return proofs.grade(EXERCISES, paths, 1)


@cache
def wrong_answers(k: int) -> dict[str, list[proofs.Result]]:
    """Return the results of the k-th wrong answer of every exercise that has one."""
    paths = {id_: e.wrong[k].path for id_, e in EXERCISES.items() if k < len(e.wrong)}
    return proofs.grade(EXERCISES, paths, 3)
