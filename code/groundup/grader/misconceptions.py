"""Which known wrong answer, if any, a submission behaves like."""

from __future__ import annotations

from typing import Any

import numpy as np

from .exercise import Exercise, WrongAnswer
from .expect import numeric
from .process import Outcome, Worker
from .submission import Call, request

SAME = 1e-11  # two ways to write one mistake differ by rounding alone


def fitting(
    exercise: Exercise,
    test: str,
    calls: list[Call],
    worker: Worker,
    before: WrongAnswer | None = None,
) -> WrongAnswer | None:
    """Return the wrong answer that explains a failed test.

    It has to give the same outcome for every call that the test made. Where several
    do, the one that explained the test before goes first, then those that name this
    very test; where there is still a choice, no answer is better than a guess.
    """
    if not calls or calls[-1].outcome.kind not in ("value", "error", "memory"):
        return None
    fits = [w for w in exercise.wrong if behaves_like(w, calls, exercise, worker)]
    fits = [w for w in fits if w == before] or fits
    fits = [w for w in fits if w.fails == test] or fits
    return fits[0] if len(fits) == 1 else None


def behaves_like(
    wrong: WrongAnswer, calls: list[Call], exercise: Exercise, worker: Worker
) -> bool:
    """Return whether a wrong answer gives the outcomes that a submission gave."""
    for position, call in enumerate(calls):
        again = request(wrong.path, position == 0, call, exercise.forbidden)
        try:
            if not same_outcome(worker.ask(again), call.outcome):
                return False
        except Exception:  # a value that cannot be compared with any
            return False
    return True


def same_outcome(one: Outcome, other: Outcome) -> bool:
    """Return whether two calls ended alike."""
    if one.kind != other.kind:
        return False
    if one.kind == "value":
        return same_value(one.value, other.value)
    return one.kind == "memory" or (one.type, one.text) == (other.type, other.text)


def same_value(one: Any, other: Any) -> bool:
    """Return whether two plain values agree but for rounding."""
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(map(same_value, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(
            same_value(value, other[key]) for key, value in one.items()
        )
    if not (numeric(one) and numeric(other)):  # texts, objects
        return type(one) is type(other) and repr(one) == repr(other)
    try:
        a, b = np.asarray(one), np.asarray(other)
        a, b = (
            a.astype(float, casting="same_kind"),
            b.astype(float, casting="same_kind"),
        )
    except (TypeError, ValueError, OverflowError):  # complex numbers, uneven rows
        return type(one) is type(other) and repr(one) == repr(other)
    if a.shape != b.shape:
        return False
    scale = np.max(np.abs(b), initial=0.0, where=np.isfinite(b))
    return bool(np.allclose(a, b, rtol=0, atol=SAME * scale, equal_nan=True))
