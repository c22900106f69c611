"""The pytest plugin of the exercises: `sol`, `rng`, points, and readable verdicts.

`exercises/conftest.py` brings it in, so that `pytest exercises/` is enough.
"""

from __future__ import annotations

import inspect
import zlib
from collections.abc import Generator
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from _pytest.runner import runtestprotocol  # the way to hold reports back

from . import exercise as on_disk
from . import repeats
from .candidates import Candidates
from .exercise import Exercise
from .holding import Held
from .kinds import PLAIN
from .process import Worker, prepared
from .reuse import put_back, taken
from .runs import Run
from .submission import Functions, Submission
from .telling import message, unusable
from .verdict import Verdict
from .walls import LEVELS

SUBMISSION = pytest.StashKey[Submission]()
WORKERS = pytest.StashKey["Workers"]()
HELD = pytest.StashKey[Held]()
TOLD = pytest.StashKey[dict[tuple[str, str], str]]()  # what is wrong with a file
SEED = pytest.StashKey[int]()
load = cache(on_disk.load)


class Workers:
    """The worker processes of a run of pytest, one for each exercise and purpose."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.started: dict[tuple[str, str], Worker] = {}

    def worker(self, purpose: str, exercise: Exercise) -> Worker:
        """Return the worker of a purpose; it starts when it is first asked."""
        key = purpose, exercise.id
        if key not in self.started:
            option = self.config.getoption
            walls = option("min_sandbox"), option("max_sandbox")
            begin = taken if option("reuse") else prepared
            self.started[key] = begin(exercise.limits, *walls)
        return self.started[key]

    def trusted(self, exercise: Exercise) -> Worker:
        """Return the worker of our own answers: no learner's file comes near it."""
        return self.worker("our own answers", exercise)

    def stop(self) -> None:
        """End them all."""
        end = put_back if self.config.getoption("reuse") else Worker.stop
        for process in self.started.values():
            end(process)


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
    """Describe the marker, draw a seed, shorten what tracebacks remain.

    Tests are imported by their path, as two topics may have files of one name.
    """
    config.option.importmode = "importlib"
    config.addinivalue_line("markers", "points(n): what a graded test is worth")
    drawn = int(np.random.default_rng().integers(10**6))
    given = config.getoption("seed", None)
    config.stash[SEED] = drawn if given is None else given
    config.stash[HELD] = Held()
    config.stash[TOLD] = {}
    config.stash[WORKERS] = workers = Workers(config)
    config.add_cleanup(workers.stop)
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
    return generator(request.node, seed)


def generator(item: pytest.Item, seed: int) -> np.random.Generator:
    """Return the generator of a test's inputs, at its beginning."""
    return np.random.default_rng([seed, zlib.crc32(name_of(item).encode())])


@pytest.fixture
def sol(request: pytest.FixtureRequest) -> Functions:
    """The functions of the file that is graded; by default the reference solution."""
    config, exercise = request.config, exercise_of(request.node)
    # What a file has seen of the hidden tests stays in a process of its own.
    secret = known_test(request.node, exercise).message
    purpose = "hidden tests" if secret else "submission"
    worker = config.stash[WORKERS].worker(purpose, exercise)
    submission = Submission(submission_path(config, exercise), exercise, worker)
    request.node.stash[SUBMISSION] = submission
    config.stash[WORKERS].trusted(exercise).begin()
    return Functions(submission)


@pytest.fixture
def candidates(request: pytest.FixtureRequest) -> Candidates:
    """The right function and the wrong ones, on which a learner's test is tried."""
    exercise = exercise_of(request.node)
    return Candidates(exercise, request.config.stash[WORKERS].trusted(exercise))


def exercise_of(item: pytest.Item) -> Exercise:
    """Return the exercise of a test; a hidden test lies elsewhere."""
    folder: Path = item.path.parent
    hidden: Path | None = item.config.getoption("hidden", None)
    if hidden and hidden.resolve() in folder.parents:
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
    """Keep what a test found, with a verdict in place of a traceback."""
    report = yield
    submission = item.stash.get(SUBMISSION, None)
    if submission and report.when == "call":
        exercise, error = submission.exercise, call.excinfo
        points = next(mark.args[0] for mark in item.iter_markers("points"))
        graded = (exercise.id, exercise.points, name_of(item), points)
        report.user_properties.append(("graded", graded))
        trusted = item.config.stash[WORKERS].trusted(exercise)
        calls = submission.calls if error else submission.plain
        run = Run(known_test(item, exercise), submission, trusted, calls)
        if error and isinstance(error.value, Verdict):
            run.verdict = error.value
        elif error and submission.calls:
            run.verdict = unusable(submission, error.typename)
        elif error:
            return report  # the test itself is broken: that is no verdict
        if run.verdict:
            run.message = message(run, item.config.stash[TOLD])
        if run.open and not item.config.getoption("unexplained", False):
            run.go_on(lambda sol: again(item, sol))
        item.config.stash[HELD].keep(run, item)
    return report


def again(item: pytest.Item, sol: Functions) -> None:
    """Run a test from its beginning with the functions of another file."""
    assert isinstance(item, pytest.Function)
    fixtures = {**item.funcargs, "sol": sol}
    if "rng" in fixtures:
        drawn = cast(int, item.funcargs["seed"])
        fixtures["rng"] = generator(item, drawn)
    wanted = inspect.signature(item.obj).parameters
    item.obj(**{name: fixtures[name] for name in wanted})


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test; from the first failure on, reports wait for the exercise's last."""
    held = item.config.stash[HELD]
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    for report in runtestprotocol(item, nextitem=nextitem, log=False):
        held.reports.append((item, report))
    last = nextitem is None or nextitem.path.parent != item.path.parent
    held.release(last=last, explain=not item.config.getoption("unexplained", False))
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Give what is still held back where the run was interrupted."""
    session.config.stash[HELD].release(last=True, explain=False)


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
