"""Puts a topic's functions through the exercises' mutator: make mutants TOPIC=…

Each public function and method is changed in one place at a time, and the topic's ties
and tests are run against the change, those first that noticed most. pytest collects
them once; a process for each mutant gives the function its changed code and stops at
the first test that fails. What survives needs a reason in `<topic>_survivors.yml`
beside the tests, and no more than a twentieth may.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import os
import pkgutil
import signal
import sys
import textwrap
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

import hypothesis
import pytest
from groundup.book.cards import docnames
from groundup.grader.mutants import mutants, reasons_in, unexplained

ROOT = Path(__file__).resolve().parents[1]
SHARE = 0.05  # of the mutants that may survive
PATIENCE = 5.0  # seconds: tests that take longer are left out
# What plants an error itself says nothing about an error that is there already.
OPTIONS = ["-o", "addopts=", "-p", "no:terminal", "-p", "no:cacheprovider"]
OPTIONS += ["-k", "not planted", "--hypothesis-profile=mutants"]
hypothesis.settings.register_profile(
    "mutants", deadline=None, derandomize=True, database=None
)


@dataclass(frozen=True)
class Change:
    """A function, and one with a change in one place; the name says where and what."""

    name: str
    function: FunctionType
    changed: FunctionType

    def plant(self) -> None:
        """Change the function, wherever it is known."""
        self.function.__code__ = self.changed.__code__
        self.function.__defaults__ = self.changed.__defaults__
        self.function.__kwdefaults__ = self.changed.__kwdefaults__


def modules(topic: str) -> Iterator[ModuleType]:
    """Yield the modules of a topic, named `part/topic`, and those its part shares.

    Of these, whose names begin with `_`, the topic has what it imports from. Its
    experiments are left out: they measure what the others do, for minutes.
    """
    first = importlib.import_module(f"groundup.{topic.replace('/', '.')}")
    yield first
    for found in pkgutil.iter_modules(getattr(first, "__path__", [])):
        if found.name != "experiments":
            yield importlib.import_module(f"{first.__name__}.{found.name}")
    shared = f"groundup.{topic.split('/')[0]}._"
    owners = {str(getattr(each, "__module__", "")) for each in vars(first).values()}
    for name in sorted(owners):
        if name.startswith(shared):
            yield importlib.import_module(name)


def functions(module: ModuleType) -> Iterator[FunctionType]:
    """Yield the public functions and methods that a module defines, and `__init__`."""
    for thing in list(vars(module).values()):
        members = vars(thing).values() if inspect.isclass(thing) else [thing]
        for member in members:
            function = getattr(member, "__func__", None) or getattr(
                member, "fget", member
            )
            if inspect.isfunction(function) and is_public(function, module):
                yield function


def is_public(function: FunctionType, module: ModuleType) -> bool:
    """Tell whether a function is one that a module's source defines for others."""
    name = function.__name__
    private = name.startswith("_") and name not in ("__init__", "__post_init__")
    return function.__code__.co_filename == module.__file__ and not private


def changes(function: FunctionType) -> Iterator[Change]:
    """Yield a function's mutants."""
    source = textwrap.dedent(inspect.getsource(function))
    module = vars(sys.modules[function.__module__])
    for mutant in mutants(source):
        (tree := ast.parse(mutant.source)).body[0].decorator_list = []  # type: ignore
        scope: dict[str, Any] = dict(module)
        exec(compile(tree, "<mutant>", "exec"), scope)
        name = f"{function.__qualname__}: {' '.join(mutant.name.split())}"
        yield Change(name, function, scope[function.__name__])


@dataclass
class Mutation:
    """A plug-in of pytest: instead of running the tests once, it tries all changes."""

    every: Sequence[Change]
    processes: int
    survived: list[str] = field(default_factory=list)
    problem: str = "the tests could not be collected"
    tests: int = 0
    seconds: Counter[str] = field(default_factory=Counter)  # that a test takes
    failed: list[str] = field(default_factory=list)
    noticed: Counter[Any] = field(default_factory=Counter)  # by a test

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, then against each change."""
        if session.testsfailed or not session.items:
            return True
        self.run(session.items)
        self.problem = f"fails as it is: {self.failed[0]}" if self.failed else ""
        if self.problem:
            return True
        quick = [i for i in session.items if self.seconds[i.nodeid] <= PATIENCE]
        self.tests = len(quick)
        waiting, running = [*reversed(self.every)], {}
        while waiting or running:
            while waiting and len(running) < self.processes:
                change = waiting.pop()
                process, answer = self.start(change, quick)
                running[process] = change, answer
            process, status = os.wait()
            self.judge(*running.pop(process), status)
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note how long a test took, and whether it failed."""
        self.seconds[report.nodeid] += report.duration
        if report.failed:
            self.failed.append(report.nodeid)

    def run(self, items: Sequence[pytest.Item], *, all_of_them: bool = True) -> None:
        """Run tests, one after another, or up to the first that fails."""
        for item, after in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if self.failed and not all_of_them:
                return

    def start(self, change: Change, items: Sequence[pytest.Item]) -> tuple[int, int]:
        """Start a process in which the tests meet a change, and which says what failed.

        First come those that noticed changes of the same function, then those that
        noticed most.
        """
        where = change.function.__qualname__

        def promising(item: pytest.Item) -> tuple[float, ...]:
            test = item.nodeid
            return -self.noticed[where, test], -self.noticed[test], self.seconds[test]

        answer, say = os.pipe()
        if process := os.fork():
            os.close(say)
            return process, answer
        limit = 20 + 2 * sum(self.seconds[item.nodeid] for item in items)
        signal.setitimer(signal.ITIMER_PROF, limit)  # it may run for ever
        change.plant()
        self.run(sorted(items, key=promising), all_of_them=False)
        os.write(say, "".join(self.failed[:1]).encode())
        os._exit(len(self.failed[:1]))

    def judge(self, change: Change, answer: int, status: int) -> None:
        """Note which test noticed a change, or that none did."""
        test = os.read(answer, 10_000).decode()
        os.close(answer)
        if status == 0:
            self.survived.append(change.name)
        else:
            self.noticed.update([test, (change.function.__qualname__, test)])


def try_all(files: Sequence[Path], every: Sequence[Change]) -> Mutation:
    """Run the tests in these files against each change."""
    mutation = Mutation(every, os.cpu_count() or 1)
    names = map(str, files)
    pytest.main([*OPTIONS, f"--rootdir={ROOT}", *names], plugins=[mutation])
    return mutation


def problems(mutation: Mutation, reasons: dict[str, str]) -> list[str]:
    """Return what is wrong with what survived."""
    if mutation.problem:
        return [mutation.problem]
    found = unexplained(mutation.survived, reasons)
    if len(mutation.survived) > SHARE * len(mutation.every):
        found.append(f"more than a twentieth survived: {len(mutation.survived)}")
    return found


def named(topic: str) -> str:
    """Return a topic as `part/topic`; raises SystemExit for what is none."""
    names = [n.removeprefix("chapters/") for n in docnames(ROOT)]
    found = [n for n in names if "/" in n and f"/{n}".endswith(f"/{topic}") and topic]
    if len(found) != 1:
        raise SystemExit(f"there is no topic {topic!r}: name one, TOPIC=…")
    return found[0]


def main(topic: str, only: str = "") -> int:
    """Print what survives of a topic; returns 1 where something has no reason.

    `only` is the beginning of the names of functions, where not all are wanted.
    """
    part, name = named(topic).split("/")
    begin, tests = time.monotonic(), ROOT / "tests" / part
    of_topic = [f for m in modules(f"{part}/{name}") for f in functions(m)]
    of_topic = [f for f in of_topic if f.__qualname__.startswith(only)]
    every = [change for function in of_topic for change in changes(function)]
    mutation = try_all(sorted(tests.glob(f"test_{name}*.py")), every)
    reasons = reasons_in(tests / f"{name}_survivors.yml")
    reasons = {n: why for n, why in reasons.items() if n.startswith(only)}
    for survivor in [n for n in mutation.survived if n in reasons]:
        print(f"survived: {survivor}\n    {reasons[survivor].strip()}")
    if not mutation.problem:
        noticed, seconds = len(every) - len(mutation.survived), time.monotonic() - begin
        print(
            f"{part}/{name}: {noticed} of {len(every)} mutants of {len(of_topic)}"
            f" functions are noticed by {mutation.tests} tests, in {seconds:.0f} s"
        )
    wrong = problems(mutation, reasons)
    print("".join(f"{line}\n" for line in wrong), end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if sys.argv[1:] else named(""))
