"""Why a test failed: the answer of a known misconception, else what the arrays show."""

from __future__ import annotations

from .misconceptions import named
from .runs import Run


def reason(run: Run, runs: list[Run]) -> str:
    """Return what answers a failure, nothing where nothing is known for certain."""
    wrong = named(run, runs)
    return wrong.message if wrong else ""
