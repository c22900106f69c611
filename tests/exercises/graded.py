"""The answers of every exercise's folder, graded once for all tests of this process.

The exercises have a few shares, for each of which all tests run in one process. The
runs of pytest are common to a share: one grades all solutions, one all starters, and
the k-th wrong answers of its exercises are graded together, as are the k-th right ones.
Only exercises of which a test runs in this process are graded.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zlib import crc32

import pytest
from groundup.grader import proofs
from groundup.grader.exercise import Exercise, load_all

from tests.topic import chosen

ROOT = Path(__file__).resolve().parents[2]
EVERY = load_all(ROOT / "exercises")
EXERCISES = {e.id: e for e in EVERY if chosen() in ("", e.folder.parent.name)}
SHARES = max(1, min(4, len(EXERCISES) // 6))  # of one topic all are one
SEEDS = 20
RUNS = {"solution": SEEDS, "right": SEEDS, "starter": 1, "wrong": 3}
DUE = set(EXERCISES)  # those of which a test runs; `conftest.py` leaves these


def share_of(id_: str) -> int:
    """Return the share of an exercise: it is the same in every process."""
    return crc32(id_.encode()) % SHARES


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


def solution(id_: str) -> list[proofs.Result]:
    """Return the results of an exercise's solution."""
    return graded("solution", 0, share_of(id_))[id_]


def starter(id_: str) -> list[proofs.Result]:
    """Return the results of an exercise's starter."""
    return graded("starter", 0, share_of(id_))[id_]


def right_answer(id_: str, k: int) -> list[proofs.Result]:
    """Return the results of an exercise's k-th right answer."""
    return graded("right", k, share_of(id_))[id_]


def wrong_answer(id_: str, k: int) -> list[proofs.Result]:
    """Return the results of an exercise's k-th wrong answer."""
    return graded("wrong", k, share_of(id_))[id_]


@cache
def graded(kind: str, k: int, share: int) -> dict[str, list[proofs.Result]]:
    """Return the results of the k-th answers of a kind, of the exercises of a share."""
    due = [e for id_, e in EXERCISES.items() if id_ in DUE and share_of(id_) == share]
    sources = {e.id: answers(e, kind)[k] for e in due if k < len(answers(e, kind))}
    return proofs.grade(EXERCISES, sources, RUNS[kind])


def answers(exercise: Exercise, kind: str) -> list[str]:
    """Return the sources of the answers of a kind."""
    if kind in ("wrong", "right"):
        return [answer.source for answer in getattr(exercise, kind)]
    return [(exercise.folder / f"{kind}.py").read_text("utf-8")]
