"""Grades one file as the answer to one exercise: what passed, and what to say.

pytest runs the exercise's tests here, in the process that decides; the learner's file
runs in a worker behind walls.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from . import by_hand, paper
from .exercise import Exercise
from .exercise_kinds import ExerciseKind
from .notes import note
from .walls import LEVELS

CONTAINED = {"timeout": "timeout", "memory": "memory", "ended": "crash"}
# Plugins of pytest that grading does without: half of the time of a small exercise.
UNUSED = [*"cacheprovider doctest faulthandler junitxml legacypath logging".split()]
UNUSED += [*"pastebin setuponly setupplan stepwise threadexception unittest".split()]
UNUSED += [*"unraisableexception warnings".split()]
STATUS = {**CONTAINED, "forbidden": "forbidden", "error": "error"}
STATUS |= {"package": "error", "printed": "error"}


class GraderError(RuntimeError):
    """The grader itself could not work; nothing is said about the answer."""


@dataclass(frozen=True)
class TestResult:
    """What one test found: pass, fail, error, timeout, memory, crash or forbidden."""

    id: str
    status: str
    points: int
    title: str
    message: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Report:
    """The verdict on a file; `json` is the schema that other programs read.

    `elsewhere` points beside `max` are decided by tests of the instructor that are not
    at hand. `note` is said beside the score and not graded: how many lines were
    changed, what was measured.
    """

    exercise: str
    score: int
    max: int
    sandbox: str
    seconds: float
    tests: tuple[TestResult, ...]
    elsewhere: int = 0
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether every test passed."""
        return all(test.status == "pass" for test in self.tests)

    @property
    def first_failure(self) -> TestResult | None:
        """The first test that did not pass."""
        return next((test for test in self.tests if test.status != "pass"), None)

    def json(self) -> dict[str, Any]:
        """Return the report as plain data."""
        data = asdict(self)
        for key in ("elsewhere", "note"):
            if not data[key]:
                del data[key]
        return data


class Recorder:
    """A pytest plugin that keeps what the tests of an exercise found.

    `tell` gets the first failure as soon as it is known.
    """

    def __init__(self, tell: Callable[[dict[str, Any]], None]) -> None:
        self.found: dict[str, dict[str, Any]] = {}
        self.trouble: list[str] = []
        self.tell = tell

    @property
    def passed(self) -> bool:
        """Whether every test so far passed."""
        return all(verdict["passed"] for verdict in self.found.values())

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Keep the verdict of a test, and what the grader's own code did wrong."""
        said = dict(report.user_properties).get("verdict")
        if report.when == "call" and said:
            self.keep(json.loads(said))
        elif report.failed:
            self.trouble.append(str(report.longrepr))

    def keep(self, verdict: dict[str, Any]) -> None:
        """Keep a verdict; the first failure is told at once."""
        first = self.passed
        self.found[verdict["test"]] = verdict
        if first and not verdict["passed"]:
            self.tell(verdict)

    def pytest_collectreport(self, report: Any) -> None:
        """Keep why tests could not be collected."""
        if report.failed:
            self.trouble.append(str(report.longrepr))


def grade(
    exercise: Exercise,
    file: Path,
    *,
    seed: int | None = None,
    weakest: str = LEVELS[0],
    strongest: str = LEVELS[-1],
    tell: Callable[[TestResult], None] = lambda first: None,
) -> Report:
    """Return the verdict on a file.

    `weakest` is the lowest level of walls to accept, `strongest` the highest to build;
    `tell` is called with the first failure, while other tests still run. Raises
    GraderError where there is no such file, where the walls are lower, or where a test
    of the exercise is broken.
    """
    recorder = Recorder(lambda verdict: tell(result(exercise, verdict)))
    start = time.perf_counter()
    if exercise.kind is ExerciseKind.BY_HAND:
        found = by_hand_verdicts(exercise, file, seed or 0, weakest, strongest)
        for verdict in found.values():
            recorder.keep(verdict)
        seconds = time.perf_counter() - start
    else:
        options = [f"--min-sandbox={weakest}", f"--max-sandbox={strongest}"]
        options += [] if seed is None else [f"--seed={seed}"]
        seconds = run_tests(exercise, file, recorder, options)
    return report(exercise, recorder.found, seconds, file)


def report(
    exercise: Exercise,
    found: Mapping[str, dict[str, Any]],
    seconds: float,
    file: Path | None = None,
) -> Report:
    """Return the report of verdicts by the names of tests."""
    tests = tuple(result(exercise, found[t.name]) for t in exercise.tests)
    score = sum(test.points for test in tests if test.status == "pass")
    sandbox = min((v["sandbox"] for v in found.values()), key=LEVELS.index)
    return Report(
        exercise.id,
        score,
        exercise.points,
        sandbox,
        round(seconds, 3),
        tests,
        exercise.elsewhere,
        note(exercise, found, file),
    )


def by_hand_verdicts(
    exercise: Exercise,
    file: Path,
    seed: int,
    weakest: str = LEVELS[0],
    strongest: str = LEVELS[-1],
) -> dict[str, dict[str, Any]]:
    """Return the verdicts on what a file answers by hand; no test has to run.

    Raises GraderError as `grade` does.
    """
    if not file.is_file():
        raise GraderError(f"there is no file {file}")
    try:
        given, sandbox = paper.answered(exercise, file, weakest, strongest)
    except RuntimeError as error:
        raise GraderError(f"{exercise.id} could not be graded:\n{error}") from None
    verdicts = by_hand.verdicts(exercise, given, seed, sandbox)
    return {verdict["test"]: verdict for verdict in verdicts}


def passes(exercise: Exercise, file: Path, seed: int) -> bool:
    """Tell whether a file of our own passes every test, soon.

    Nothing is said of why it fails, and the process in which it ran serves the next
    one. Raises GraderError as `grade` does.
    """
    if exercise.kind is ExerciseKind.BY_HAND:
        found = by_hand_verdicts(exercise, file, seed)
        return all(verdict["passed"] for verdict in found.values())
    recorder = Recorder(lambda verdict: None)
    options = ["--unexplained", "--reuse", "--maxfail=1", f"--seed={seed}"]
    run_tests(exercise, file, recorder, options)
    return recorder.passed


@contextlib.contextmanager
def without_other_plugins() -> Iterator[None]:
    """Keep pytest and its processes from plugins that happen to be installed."""
    name = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
    before = os.environ.get(name)
    os.environ[name] = "1"
    try:
        yield
    finally:  # the caller may run tests of its own
        del os.environ[name]
        if before is not None:
            os.environ[name] = before


def run_tests(
    exercise: Exercise, file: Path, recorder: Recorder, options: list[str]
) -> float:
    """Run an exercise's tests on a file, and return how many seconds that took.

    Raises GraderError where there is no such file, or where not every test gave a
    result, though it should have.
    """
    if not file.is_file():
        raise GraderError(f"there is no file {file}")
    import pytest  # late: so much faster without the plugins of other packages

    from . import plugin

    arguments = [str(exercise.folder), "--noconftest", "--import-mode=importlib"]
    if exercise.hidden:
        above = exercise.hidden.parents[1 + exercise.id.count("/")]
        arguments += [str(exercise.hidden), f"--hidden={above}"]
    arguments += [f"--rootdir={exercise.folder}", "-q"]
    arguments += [f"-pno:{name}" for name in UNUSED]
    arguments += [f"--submission={file}", *options]
    plugin.load.cache_clear()  # the exercise may have changed since the last time
    stem = f"test_{exercise.folder.name}"
    names = (stem, f"{stem}_hidden")
    for name in [n for n in sys.modules if n.rpartition(".")[2] in names]:
        del sys.modules[name]  # of another folder, perhaps
    start = time.perf_counter()
    with (
        tempfile.TemporaryDirectory(prefix="groundup-") as scratch,
        contextlib.redirect_stdout(io.StringIO()) as said,
        without_other_plugins(),
    ):
        # No settings but these: none. On Windows, pytest may not find os.devnull.
        settings = Path(scratch, "pytest.ini")
        settings.touch()
        code = pytest.main(["-c", str(settings), *arguments], [plugin, recorder])
    seconds = time.perf_counter() - start
    stopped = "--maxfail=1" in options and not recorder.passed
    missing = {test.name for test in exercise.tests} - set(recorder.found)
    if recorder.trouble or (missing and not stopped) or code not in (0, 1):
        trouble = "\n".join(recorder.trouble) or said.getvalue()
        raise GraderError(f"{exercise.id} could not be graded:\n{trouble}")
    return seconds


def result(exercise: Exercise, verdict: dict[str, Any]) -> TestResult:
    """Return what the plugin recorded as a test's result.

    Of a hidden test it has a number, the group and the instructor's message.
    """
    test = next(t for t in exercise.tests if t.name == verdict["test"])
    if test.message:
        number = [t for t in exercise.tests if t.message].index(test) + 1
        said = "" if verdict["passed"] else f"{test.title}\n\n{test.message}"
        status = "pass" if verdict["passed"] else "fail"
        return TestResult(f"hidden_{number}", status, test.points, test.title, said)
    name = test.name.removeprefix("test_")
    if verdict["passed"]:
        return TestResult(name, "pass", test.points, test.title)
    status = STATUS.get(verdict["kind"], "fail")
    message, line = verdict["message"], verdict["line"]
    return TestResult(name, status, test.points, test.title, message, line)
