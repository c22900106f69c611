"""The pytest plugin of the exercises: `sol`, `rng`, points, and readable verdicts.

`exercises/conftest.py` brings it in, so that `pytest exercises/` is enough.
"""

from __future__ import annotations

import json
import textwrap
import zlib
from collections.abc import Callable, Generator, Iterator
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from . import exercise as on_disk
from . import repeats
from .exercise import Exercise, WrongAnswer
from .kinds import PLAIN, SameNumbers
from .misconceptions import fitting
from .process import Outcome, Worker, prepared
from .reuse import put_back, taken
from .submission import Call, Functions, Submission
from .verdict import LONGEST, WIDTH, Verdict, labeled, plain, show
from .walls import LEVELS

SUBMISSION = pytest.StashKey[Submission]()
TRUSTED = pytest.StashKey[Worker]()  # runs our wrong answers, no learner's file
FOUND = pytest.StashKey[dict[str, WrongAnswer]]()  # what explained the last failure
TOLD = pytest.StashKey[dict[tuple[str, str], str]]()  # what is wrong with a file
SEED = pytest.StashKey[int]()
INPUT_HELPS = ("value", "error", "memory", "timeout", "changed", "unreadable")
load = cache(on_disk.load)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options that say whose files are graded, and with which inputs."""
    group = parser.getgroup("exercises")
    group.addoption("--submission", type=Path, help="grade this file (one exercise)")
    group.addoption("--submissions", type=Path, help="grade the files FOLDER/<id>.py")
    group.addoption("--seed", type=int, help="draw the inputs of this seed again")
    group.addoption(
        "--min-sandbox",
        choices=LEVELS,
        default=LEVELS[0],
        help="grade nothing behind lower walls",
    )
    group.addoption(
        "--max-sandbox",
        choices=LEVELS,
        default=LEVELS[-1],
        help="build no higher walls (to try the lower ones out)",
    )
    group.addoption(
        "--hidden",
        type=Path,
        help="tests that learners do not get: FOLDER/<id>/test_<id>_hidden.py,"
        " collected beside their exercise's folder, which is the --rootdir",
    )
    group.addoption(
        "--unexplained", action="store_true", help="look for no reason of a failure"
    )
    group.addoption("--seeds", type=int, help="run each test that draws inputs N times")
    group.addoption(
        "--reuse", action="store_true", help="keep the worker for answers of our own"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Describe the marker, draw a seed, shorten what tracebacks remain."""
    config.addinivalue_line("markers", "points(n): what a graded test is worth")
    drawn = int(np.random.default_rng().integers(10**6))
    given = config.getoption("seed", None)
    config.stash[SEED] = drawn if given is None else given
    if getattr(config.option, "tbstyle", "") == "auto":
        config.option.tbstyle = "short"


def pytest_report_header(config: pytest.Config) -> str:
    """Say how to draw the same inputs again."""
    return f"inputs of the exercises: --seed {config.stash[SEED]}"


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Refuse to grade one file as the answer to several exercises."""
    graded = {i.path.parent for i in items if (i.path.parent / "exercise.md").is_file()}
    if config.getoption("submission", None) and len(graded) > 1:
        raise pytest.UsageError(
            "--submission is the answer to one exercise: name its folder, too"
            f" (found {', '.join(sorted(folder.name for folder in graded))})"
        )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Repeat the tests that draw inputs, if asked."""
    many = metafunc.config.getoption("seeds", None)
    if many and "seed" in metafunc.fixturenames:
        metafunc.parametrize("seed", range(many))


@pytest.fixture
def seed(request: pytest.FixtureRequest) -> int:
    """The seed of this run."""
    return request.config.stash[SEED]


@pytest.fixture
def rng(request: pytest.FixtureRequest, seed: int) -> np.random.Generator:
    """A generator of inputs: the same for the same test and seed, in any order."""
    return np.random.default_rng([seed, zlib.crc32(name_of(request.node).encode())])


@pytest.fixture(scope="session")
def workers(
    request: pytest.FixtureRequest,
) -> Iterator[Callable[[str, Exercise], Worker]]:
    """The worker processes of this run, one for each exercise and purpose."""
    started: dict[tuple[str, str], Worker] = {}
    option = request.config.getoption
    weakest, strongest = option("min_sandbox"), option("max_sandbox")
    begin, end = (taken, put_back) if option("reuse") else (prepared, Worker.stop)

    def worker(purpose: str, exercise: Exercise) -> Worker:
        key = purpose, exercise.id
        if key not in started:
            started[key] = begin(exercise.limits, weakest, strongest)
        return started[key]

    yield worker
    for process in started.values():
        end(process)


@pytest.fixture
def sol(
    request: pytest.FixtureRequest, workers: Callable[[str, Exercise], Worker]
) -> Functions:
    """The functions of the file that is graded; by default the reference solution."""
    exercise = exercise_of(request.node)
    path = submission_path(request.config, exercise)
    # What a file has seen of the hidden tests stays in a process of its own.
    secret = known_test(request.node, exercise).message
    worker = workers("hidden tests" if secret else "submission", exercise)
    submission = Submission(path, exercise, worker)
    request.node.stash[SUBMISSION] = submission
    request.node.stash[TRUSTED] = trusted = workers("wrong answers", exercise)
    trusted.begin()
    return Functions(submission)


def exercise_of(item: pytest.Item) -> Exercise:
    """Return the exercise of a test; a hidden test lies elsewhere."""
    folder: Path = item.path.parent
    hidden: Path | None = item.config.getoption("hidden", None)
    if hidden and folder.parent == hidden.resolve():
        folder = item.config.rootpath
    return load(folder, hidden)


def known_test(item: pytest.Item, exercise: Exercise) -> on_disk.PublicTest:
    """Return what is known of a test without running it."""
    return next(test for test in exercise.tests if test.name == name_of(item))


def submission_path(config: pytest.Config, exercise: Exercise) -> Path:
    """Return the file to grade, as the options say."""
    folder: Path | None = config.getoption("submissions", None)
    if folder:
        return (folder / f"{exercise.id}.py").resolve()
    file: Path | None = config.getoption("submission", None)
    return (file or exercise.folder / "solution.py").resolve()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(
    pyfuncitem: pytest.Function,
) -> Generator[None, object, object]:
    """Run a test, and again with other kinds of the same numbers.

    A hidden test says too little for that: nobody would know what failed.
    """
    submission = pyfuncitem.stash.get(SUBMISSION, None)
    if not submission or submission.kind is not PLAIN:
        return (yield)
    if known_test(pyfuncitem, submission.exercise).message:
        return (yield)
    return (yield from repeats.run(pyfuncitem, submission))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Put a verdict in place of a traceback."""
    report = yield
    submission = item.stash.get(SUBMISSION, None)
    if submission and report.when == "call":
        points = next(mark.args[0] for mark in item.iter_markers("points"))
        exercise = submission.exercise
        graded = (exercise.id, exercise.points, name_of(item), points)
        report.user_properties.append(("graded", graded))
        if call.excinfo and isinstance(call.excinfo.value, Verdict):
            report.longrepr = told(item, submission, call.excinfo.value)
        elif call.excinfo and submission.calls:
            report.longrepr = told(item, submission, unusable(submission, call))
        elif call.excinfo:
            return report  # the test itself is broken: that is no verdict
        last = submission.calls[-1].outcome if submission.calls else Outcome("value")
        verdict = {
            "test": name_of(item),
            "passed": report.passed,
            "kind": last.kind,
            "line": last.line,
            "message": "" if report.passed else str(report.longrepr),
            "sandbox": submission.worker.level or LEVELS[-1],
        }
        kept = "verdict", json.dumps(verdict)
        report.user_properties.append(kept)
        item.user_properties.append(kept)  # of which files in JUnit's format are made
    return report


def told(item: pytest.Item, submission: Submission, verdict: Verdict) -> str:
    """Return what a learner reads: text that can be printed, and not without end."""
    return plain(readable(item, submission, verdict).expandtabs())[:LONGEST]


def unusable(submission: Submission, call: pytest.CallInfo[None]) -> Verdict:
    """Return the verdict on an answer with which a test could not work.

    The reference solution passes every test, so it is the answer that does not fit.
    """
    assert call.excinfo
    last = submission.calls[-1]
    return Verdict(
        f"`{last.name}` returned {show(last.outcome.value)}, with which the test could"
        f" not go on ({call.excinfo.typename})."
    )


def readable(item: pytest.Item, submission: Submission, verdict: Verdict) -> str:
    """Return a verdict below its test's sentence and input, above what answers it."""
    exercise, calls = submission.exercise, submission.calls
    test = known_test(item, exercise)
    parts = [test.title, ""]
    if test.message:  # a hidden test says nothing else
        return "\n".join([*parts, test.message])
    last = calls[-1].outcome if calls else Outcome("value")
    if last.loading:  # which is said once
        told = item.config.stash.setdefault(TOLD, {})
        first = told.setdefault((exercise.id, str(verdict)), test.name)
        again = "See the first test: it is about the file."
        return "\n".join([*parts, fill(str(verdict)) if first == test.name else again])
    if submission.kind is not PLAIN:
        parts += [fill(submission.kind.says), ""]
    if last.kind in INPUT_HELPS:
        parts.append(the_call(exercise, calls[-1], submission.kind))
    parts.append(fill(str(verdict)))
    if item.config.getoption("unexplained", False):
        return "\n".join(parts)
    found = item.config.stash.setdefault(FOUND, {})
    before = found.get(exercise.id)
    wrong = fitting(exercise, name_of(item), calls, item.stash[TRUSTED], before)
    if wrong:
        found[exercise.id] = wrong
        parts += ["", fill(wrong.message)]
    return "\n".join(parts)


def fill(text: str) -> str:
    """Return a text with its sentences broken into lines; what is indented stays."""
    wrap = textwrap.TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    lines = text.splitlines()
    return "\n".join(n if n.startswith(" ") else wrap.fill(n) for n in lines)


def the_call(exercise: Exercise, call: Call, kind: SameNumbers) -> str:
    """Return the call with its input, a few lines for each argument."""
    names = exercise.signatures.get(call.name, ())
    given = dict(zip(names, call.args, strict=False)) | call.kwargs
    lines = [f"{call.name}({', '.join(given)}) with"]
    width = max(map(len, given), default=0)
    for name, value in given.items():
        note = f", {kind.short}" if kind.short and kind.is_it(value) else ""
        lines.append(labeled(f"{name:{width}} = ", show(value) + note))
    return "\n".join(lines)


def name_of(node: pytest.Item) -> str:
    """Return the name of a test's function, without its parameters."""
    return str(getattr(node, "originalname", None) or node.name)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say the points of each exercise; a test counts when it passed every time."""
    scores: dict[tuple[str, int], dict[str, int]] = {}
    for kind in ("passed", "failed"):  # in this order: a failure takes points away
        for report in terminalreporter.stats.get(kind, ()):
            for key, value in report.user_properties:
                if key == "graded":
                    id_, total, test, points = value
                    reached = points if report.passed else 0
                    scores.setdefault((id_, total), {})[test] = reached
    if scores:
        terminalreporter.section("points")
    for (id_, total), tests in scores.items():
        terminalreporter.write_line(f"{id_}: {sum(tests.values())} of {total}")
