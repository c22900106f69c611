"""What the suite will take when the book has all its chapters, from its own seconds.

Each test's time belongs to a chapter, to an exercise, or to neither; the first two grow
with the book. Of a check that is kept, the time counts which it took when it ran.
`make test` ends with the line that the model gives; where everything is proved, as in
the weekly run, more than an hour is a failure.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pytest
from jupyter_cache import get_cache

from tests.topic import chosen
from tests.weekly import everything

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = 33
EXERCISES = 7 * CHAPTERS
PROCESSORS = 2
BUSY = 1.6  # how much longer everything takes where the machine has other work, too
SECONDS_TO_INSTALL = 150
MOST = 60.0  # minutes
# Whose time is whose: the first name with which a test's id begins. What is tried once
# for the whole book, such as an install or a planted fault, does not grow.
GROWS = {
    "tests/exercises/": "exercises",
    "tests/algorithms/": "chapters",
    "tests/foundations/": "chapters",
    "tests/generative/": "chapters",
    "tests/transformers/": "chapters",
    "tests/widgets/test_concept_map": "",
    "tests/widgets/test_kit": "",
    "tests/widgets/test_new_explorable": "",
    "tests/widgets/": "chapters",
    "tests/binder/test_binder.py::test_a_plain_install": "chapters",
    "tests/binder/test_binder.py::test_every_chapter": "chapters",
    "tests/book/test_two_builds": "chapters",
    "tests/browser/test_every_page.py::test_a_visit_finds": "chapters",
    "tests/browser/test_every_page.py::test_no_link": "chapters",
    "tests/browser/test_lighthouse": "chapters",
    "tests/test_chapters": "chapters",
    "tests/test_models": "chapters",
    "tests/test_peers": "chapters",
    "tests/": "",
}


def share(path: str) -> str:
    """Return with what a test's time grows: chapters, exercises, or nothing."""
    return next(grows for begins, grows in GROWS.items() if path.startswith(begins))


def minutes(seconds: Mapping[str, float], chapters: int, exercises: int) -> float:
    """Return the minutes of `.ci/run` at 33 chapters on a machine that is busy.

    `seconds` are those of one processor by what they grow with, those of the build,
    which uses all processors as well, among the chapters'.
    """
    grown = seconds.get("", 0.0)
    grown += seconds.get("chapters", 0.0) * CHAPTERS / chapters
    grown += seconds.get("exercises", 0.0) * EXERCISES / exercises
    return (SECONDS_TO_INSTALL + BUSY * grown / PROCESSORS) / 60


def too_long(foreseen: float) -> str:
    """Return a sentence where the suite would take too long, empty where it does not.

    Where it is measured beside other work, the model counts that work twice.
    """
    if foreseen <= MOST:
        return ""
    return (
        f"{CHAPTERS} chapters would take {foreseen:.0f} minutes, {MOST:.0f} are"
        f" allowed (load average {os.getloadavg()[0]:.1f})"
    )


def seconds_of_the_build() -> float:
    """Return how long the chapters' cells ran when the book was built last."""
    folder = ROOT / "_build/.jupyter_cache"
    records = get_cache(folder).list_cache_records() if folder.is_dir() else []
    last = {record.uri: record.data.get("execution_seconds", 0.0) for record in records}
    return float(sum(last.values()))


def counts() -> tuple[int, int]:
    """Return how many chapters and exercises the book has today."""
    exercises = list((ROOT / "exercises").glob("*/*/*/exercise.md"))
    return len({path.parent.parent for path in exercises}), len(exercises)


def whole(config: pytest.Config) -> bool:
    """Tell whether all tests were asked for."""
    every = config.args_source == pytest.Config.ArgsSource.TESTPATHS
    return every and not config.option.collectonly and not chosen()


class Clock:
    """A plugin of pytest that adds up seconds and says what they foresee."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take what a test took, with what was prepared for it, or had taken once."""
        seconds = report.duration
        if report.when == "call":
            seconds += dict(report.user_properties).get("kept", 0.0)
        self.seconds[share(report.nodeid)] += seconds

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail where everything was proved, and would take too long."""
        if everything() and whole(session.config) and too_long(self.foreseen()):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def foreseen(self) -> float:
        """Return the minutes at 33 chapters."""
        built = Counter({"chapters": seconds_of_the_build()})
        return minutes(self.seconds + built, *counts())

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter, config: pytest.Config
    ) -> None:
        """Tell of a whole run."""
        if not whole(config):
            return
        parts = ", ".join(
            f"{self.seconds[each]:.0f} s {what}"
            for each, what in {
                "": "of their own",
                "chapters": "for chapters",
                "exercises": "for exercises",
            }.items()
        )
        terminalreporter.write_line(
            f"{CHAPTERS} chapters: {self.foreseen():.0f} min (tests of today: {parts};"
            f" cells {seconds_of_the_build():.0f} s)"
        )
        if said := too_long(self.foreseen()):
            terminalreporter.write_line(said, red=True)
