"""Passes that are kept by content: what held with the same inputs is not run again.

    @pytest.mark.kept                 # all that the test's module imports counts
    @pytest.mark.kept(inputs=named)   # and the files and folders that named(item) gives

A pass is kept under a digest of everything that the verdict depends on (`inputs.py`,
`machine.py`). Failures never are, nor a pass whose test read a file of the checkout
that is not among its inputs, or whose inputs changed in the meantime, nor the passes
of tests that share their inputs with one that failed. `GROUNDUP_PROVE_ALL=1` runs
everything; a failure then takes back what had been kept. Who can write the folder can
keep what never passed: against that there is no protection.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Generator, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import groundup
import pytest

from tests.inputs import behind, files_in
from tests.machine import browser, digest, machine
from tests.passes import Check, clear_out, folder

# Read within the checkout, and no input: what programs keep for themselves.
ASIDE = {".cache", ".git", ".hypothesis", ".venv", "__pycache__"}
LUCKY = "this had been kept as a pass with the same inputs: one of the two was luck"


CHECK = pytest.StashKey[Check]()


def is_kept(item: pytest.Item) -> bool:
    """Tell whether a test's pass is kept, so that it does not run."""
    return any(name == "kept" for name, _ in item.user_properties)


class Kept:
    """The plugin of pytest."""

    def __init__(self, root: Path, command: str = "") -> None:
        """Keep for a checkout; `command` starts the browser of its tests."""
        self.root, self.command = root.resolve(), command
        self.again = os.environ.get("GROUNDUP_PROVE_ALL") == "1"
        self.began = time.time()
        self.running: Check | None = None
        self.waiting: list[tuple[pytest.Item, Check]] = []
        self.failed: set[str] = set()
        self.contents: dict[Path, str] = {}
        self.known: dict[object, tuple[frozenset[Path], str]] = {}
        sys.addaudithook(self.hear)

    # ---- which tests do not run

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Find out what is kept; where another library would run, nothing is."""
        library = Path(groundup.__file__).resolve()
        if not library.is_relative_to(self.root / "code"):
            return
        for item in items:
            if item.get_closest_marker("kept"):
                item.stash[CHECK] = check = self.check(item)
                if not self.again and (seconds := check.kept()) is not None:
                    item.user_properties.append(("kept", seconds))
                    item.fixturenames = []  # type: ignore[attr-defined]

    def check(self, item: pytest.Item) -> Check:
        """Return a test with its inputs and their digest; many tests share them."""
        fixtures = getattr(item, "fixturenames", [])
        looks = browser(self.command) if "browser" in fixtures else ""
        key = looks, frozenset(self.named(item))
        if key not in self.known:
            named = (path.resolve() for each in key[1] for path in files_in(each))
            paths = frozenset(behind(self.root, named))
            told = [machine(self.root), looks, *map(self.content, sorted(paths))]
            self.known[key] = paths, digest(told)
        return Check(item.nodeid, *self.known[key])

    def named(self, item: pytest.Item) -> set[Path]:
        """Return the files and folders that a test depends on by itself."""
        found = {Path(__file__), item.path}
        for above in item.path.parents:
            if above.is_relative_to(self.root):
                found.add(above / "conftest.py")
        for marker in item.iter_markers("kept"):
            if declare := marker.kwargs.get("inputs"):
                found.update(declare(item))
        return found

    def content(self, path: Path) -> str:
        """Return a digest of a file's name and content; also of its absence."""
        if path not in self.contents:
            inside = path.is_relative_to(self.root)
            name = path.relative_to(self.root) if inside else path
            data = sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            self.contents[path] = digest([name.as_posix(), data])
        return self.contents[path]

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> object:
        """Run nothing where a pass is kept."""
        return True if is_kept(pyfuncitem) else None

    # ---- which passes are kept

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Note the files that are opened while a test runs."""
        if self.running and event == "open" and not isinstance(arguments[0], int):
            self.running.read.add(Path(os.path.abspath(os.fsdecode(arguments[0]))))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(
        self, item: pytest.Item, nextitem: pytest.Item | None
    ) -> Generator[None, object, object]:
        """Watch a test; at the end of its file, when nothing is open, keep passes."""
        if not is_kept(item) and (check := item.stash.get(CHECK, None)):
            self.running = check
            self.waiting.append((item, check))
        try:
            result = yield
        finally:
            self.running = None
        if nextitem is None or nextitem.path != item.path:
            self.settle()
        return result

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Note what became of a test; a failure takes back what is kept."""
        report = yield
        check = item.stash.get(CHECK, None)
        if check and not is_kept(item):
            expected = hasattr(report, "wasxfail")
            check.outcomes.append("xfail" if expected else report.outcome)
            check.seconds += report.duration
            if report.failed and check.kept() is not None:
                check.entry.unlink(missing_ok=True)
                report.sections.append(("kept", LUCKY))
        elif check and report.failed:  # what it shares with others was taken down
            check.entry.unlink(missing_ok=True)
            self.failed.add(check.digest)
        return report

    def settle(self) -> None:
        """Keep the passes of a file, unless one that shares their inputs failed."""
        self.contents.clear()
        self.known.clear()
        every, self.waiting = self.waiting, []
        for _, check in every:
            if "failed" in check.outcomes:
                self.failed.add(check.digest)
        for item, check in every:
            if check.outcomes != ["passed"] * 3 or check.digest in self.failed:
                continue
            if strays := self.undeclared(check.read - check.inputs):
                names = ", ".join(sorted(path.name for path in strays)[:3])
                item.warn(pytest.PytestWarning(f"not kept, as it read {names}"))
            elif self.unchanged(item, check):
                check.keep()

    def undeclared(self, paths: Iterable[Path]) -> set[Path]:
        """Return those of these files that are of the checkout."""
        found = {Path(os.path.realpath(path)) for path in paths}
        return {
            path
            for path in found
            if path.is_relative_to(self.root)
            and path.is_file()
            and not ASIDE & set(path.relative_to(self.root).parts)
        }

    def unchanged(self, item: pytest.Item, check: Check) -> bool:
        """Tell whether the inputs are what they were when the tests were read."""
        times = [path.stat().st_mtime for path in check.inputs if path.is_file()]
        return max(times) < self.began and self.check(item).digest == check.digest

    # ---- what is said of it

    def pytest_report_teststatus(
        self, report: pytest.CollectReport | pytest.TestReport
    ) -> tuple[str, str, str] | None:
        """Count what is kept by itself."""
        told = isinstance(report, pytest.TestReport) and report.when == "call"
        if told and report.passed and "kept" in dict(report.user_properties):
            return "kept", "k", "KEPT"
        return None

    def pytest_terminal_summary(
        self, terminalreporter: pytest.TerminalReporter
    ) -> None:
        """Say how many tests did not run, and what they would have taken."""
        kept = terminalreporter.stats.get("kept", [])
        seconds = sum(dict(report.user_properties)["kept"] for report in kept)
        if kept:
            terminalreporter.write_line(
                f"{len(kept)} checks held before with the same inputs, {seconds:.0f} s"
                f" in all ({folder()}); GROUNDUP_PROVE_ALL=1 runs them again"
            )

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Remove what nobody has asked for, once a run."""
        if not hasattr(session.config, "workerinput"):
            clear_out()
