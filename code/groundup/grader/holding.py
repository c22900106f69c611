"""Reports held back until all tests of an exercise have run: then reasons are known."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from .reasons import reason
from .runs import Run
from .telling import with_reason
from .walls import LEVELS

RUN = pytest.StashKey[Run]()


class Held:
    """The tests of an exercise that have run, and the reports that nobody has yet."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.reports: list[tuple[pytest.Item, pytest.TestReport]] = []

    def keep(self, run: Run, item: pytest.Item) -> None:
        """Keep what a test found; only public ones give reasons for others."""
        item.stash[RUN] = run
        if not run.test.message:
            self.runs.append(run)

    def release(self, *, last: bool, explain: bool) -> None:
        """Give all reports, unless a failure among them waits for further tests.

        After the last test the failures get their reasons first.
        """
        waiting = [run for run in self.runs if run.open] if explain else []
        if waiting and not last:
            return
        for run in waiting:
            run.message = with_reason(run.message, reason(run, self.runs))
        given, self.reports = self.reports, []
        for item, report in given:
            if run_of_it := item.stash.get(RUN, None):
                complete(report, run_of_it)
            if not item.session.shouldfail:  # as -x asks
                item.ihook.pytest_runtest_logreport(report=report)
        if last:
            self.runs = []


def complete(report: pytest.TestReport, run: Run) -> None:
    """Put the verdict into a report; that of the teardown is for JUnit's format."""
    if report.when == "call" and report.failed:
        report.longrepr = run.message
    if report.when in ("call", "teardown"):
        report.user_properties.append(("verdict", json.dumps(verdict(run))))


def verdict(run: Run) -> dict[str, Any]:
    """Return a verdict as plain data, with a number that a test has measured."""
    found = {
        "test": run.test.name,
        "passed": run.verdict is None,
        "kind": run.last.kind,
        "line": run.last.line,
        "message": run.message,
        "sandbox": run.submission.worker.level or LEVELS[-1],
    }
    prediction, value = run.exercise.prediction, run.measured
    if prediction and prediction.measured_by == run.test.name and real(value):
        found["measured"] = float(value)
    return found


def real(value: Any) -> bool:
    """Tell whether a value is a finite number."""
    return isinstance(value, int | float) and math.isfinite(value)
