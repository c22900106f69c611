"""Which known wrong answer, if any, a submission behaves like."""

from __future__ import annotations

from pathlib import Path

from .alike import same_outcome
from .exercise import WrongAnswer
from .runs import Run
from .submission import request


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
        same_outcome(right, call, exactly=True) for call, right in pairs
    )


def behaves_like(wrong: WrongAnswer, run: Run, functions: set[str]) -> bool:
    """Return whether a wrong answer gives the outcomes that a submission gave.

    Every test that failed asks this of all the others: it is found out once.
    """
    key = wrong.name, frozenset(functions)
    if key not in run.alike:
        run.alike[key] = gives_the_same(wrong, run, functions)
    return run.alike[key]


def gives_the_same(wrong: WrongAnswer, run: Run, functions: set[str]) -> bool:
    """Make a submission's calls with a wrong answer, up to the first that differs."""
    name, forbidden = Path(f"{wrong.name}.py"), run.exercise.forbidden
    for position, call in enumerate(run.calls):
        if call.outcome.kind == "timeout":  # which tells of no value
            return True
        again = request(name, position == 0, call, forbidden, wrong.source)
        outcome = run.trusted.ask(again)
        if call.name in functions and not same_outcome(outcome, call):
            return False
    return True
