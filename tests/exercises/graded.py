"""The answers of every exercise's folder, each graded once for all tests.

The exercises have a few shares, and all tests of a share run in one process, one after
the other: what the corpus compares has been graded already by the tests before.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from zlib import crc32

import pytest
from groundup.grader import proofs
from groundup.grader.exercise import load_all

from tests.topic import chosen
from tests.weekly import everything

ROOT = Path(__file__).resolve().parents[2]
EVERY = load_all(ROOT / "exercises")
EXERCISES = {e.id: e for e in EVERY if chosen() in ("", e.folder.parent.name)}
SHARES = max(1, min(4, len(EXERCISES) // 6))  # of one topic all are one
SEEDS = 20 if everything() else 5
RUNS = {"solution": SEEDS, "right": SEEDS, "starter": 1, "wrong": 3}


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
    return graded("solution", id_, EXERCISES[id_].solution)


def starter(id_: str) -> list[proofs.Result]:
    """Return the results of an exercise's starter, as it lies in its folder."""
    source = (EXERCISES[id_].folder / "starter.py").read_text("utf-8")
    return graded("starter", id_, source)


def right_answer(id_: str, k: int) -> list[proofs.Result]:
    """Return the results of an exercise's k-th right answer."""
    return graded("right", id_, EXERCISES[id_].right[k].source)


def wrong_answer(id_: str, k: int) -> list[proofs.Result]:
    """Return the results of an exercise's k-th wrong answer."""
    return graded("wrong", id_, EXERCISES[id_].wrong[k].source)


@cache
def graded(kind: str, id_: str, source: str) -> list[proofs.Result]:
    """Return the results of an answer of a kind."""
    return proofs.grade(EXERCISES[id_], source, RUNS[kind])
