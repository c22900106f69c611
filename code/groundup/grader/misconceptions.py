"""Which known wrong answer, if any, a submission behaves like."""

from __future__ import annotations

from typing import Any

import numpy as np

from .exercise import WrongAnswer
from .expect import numeric
from .process import Outcome
from .runs import Run
from .submission import request

SAME = 1e-11  # two ways to write one mistake differ by rounding alone


def named(run: Run, runs: list[Run]) -> WrongAnswer | None:
    """Return the wrong answer that explains a failed test.

    Of the functions that the test calls, it gives what the submission gave for every
    call of all tests, passed and failed; no other wrong answer does, and the solution
    does not for what this test calls.
    """
    if rightly(run):
        return None
    others = [
        r for r in runs if r is not run and not r.functions.isdisjoint(run.functions)
    ]
    # What is right where much is handed in tells no more than where it is little.
    tried = [run, *[r for r in others if not r.large]]
    tried.sort(key=lambda r: (r.large, r.verdict is None))  # most differ soon
    passed = {r.test.name for r in runs if not r.verdict}
    fits = [
        wrong
        for wrong in run.exercise.wrong
        if wrong.fails not in passed
        and all(behaves_like(wrong, other, run.functions) for other in tried)
    ]
    return fits[0] if len(fits) == 1 else None


def rightly(run: Run) -> bool:
    """Return whether a submission gave what the solution gives, in all calls.

    Not even its smallest entries differ, nor their kind.
    """
    pairs = zip(run.calls, run.right, strict=False)
    return bool(run.right) and all(
        compare(right, call.outcome, exactly=True) for call, right in pairs
    )


def behaves_like(wrong: WrongAnswer, run: Run, functions: set[str]) -> bool:
    """Return whether a wrong answer gives the outcomes that a submission gave."""
    for position, call in enumerate(run.calls):
        if call.outcome.kind == "timeout":  # which tells of no value
            return True
        again = request(wrong.path, position == 0, call, run.exercise.forbidden)
        outcome = run.trusted.ask(again)
        if call.name in functions and not compare(outcome, call.outcome):
            return False
    return True


def compare(one: Outcome, other: Outcome, exactly: bool = False) -> bool:
    """Return whether two calls ended alike; what cannot be compared did not."""
    if one.kind != other.kind:
        return False
    if one.kind == "value":
        try:
            return same_value(one.value, other.value, exactly)
        except Exception:
            return False
    return one.kind == "memory" or (one.type, one.text) == (other.type, other.text)


def same_value(one: Any, other: Any, exactly: bool = False) -> bool:
    """Return whether two plain values agree but for rounding.

    That is measured on the largest of several entries, or exactly on each.
    """
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        pairs = zip(one, other, strict=False)
        return len(one) == len(other) and all(same_value(*p, exactly) for p in pairs)
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            same_value(value, other[key], exactly) for key, value in one.items()
        )
    if not (numeric(one) and numeric(other)):  # texts, objects
        return type(one) is type(other) and repr(one) == repr(other)
    try:
        a, b = np.asarray(one), np.asarray(other)
        if (a.dtype == bool) != (b.dtype == bool):
            return False
        a, b = (
            a.astype(float, casting="same_kind"),
            b.astype(float, casting="same_kind"),
        )
    except (TypeError, ValueError, OverflowError):  # complex numbers, uneven rows
        return type(one) is type(other) and repr(one) == repr(other)
    if a.shape != b.shape:
        return False
    if exactly:
        return bool(np.allclose(a, b, rtol=SAME, atol=0, equal_nan=True))
    scale = np.max(np.abs(b), initial=0.0, where=np.isfinite(b))
    return bool(np.allclose(a, b, rtol=0, atol=SAME * scale, equal_nan=True))
