"""Submits every attack of `attacks/` behind every level of walls there is.

`python -m tests.grader.hostile` writes the table of the documentation anew. Behind
`limits` an attack may do what its user may, so there it is tried in a container that
has nothing to lose; `bubblewrap` and `walls` have to do without.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from groundup.grader import worker

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
ATTACKS = sorted((HERE / "attacks").glob("*.py"))
SOFTMAX = ROOT / "exercises/transformers/attention/softmax"
TABLE = ROOT / "chapters/appendices/attacks.txt"
SECONDS = 1  # what a call may take here
LONGEST = 200_000  # characters of a report
FS_IOC_GETFLAGS = 0x80086601
LEVELS = ("limits", "walls", "bubblewrap")
STATUSES = {"pass", "fail", "error", "timeout", "memory", "crash", "forbidden"}
COMMAND = [sys.executable, "-c", "from groundup.grader.cli import main; main()"]
COMMAND += ["check", "softmax", "--json", "--file"]
JAIL = ["bwrap", "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
JAIL += ["--unshare-pid", "--unshare-ipc", "--die-with-parent"]
CLASSES = {
    "leaving": "leaving with `sys.exit`, `os._exit`, an interrupt or a skip",
    "objects": "objects equal to everything, subclasses, objects of own classes",
    "patching": "patching NumPy, pytest, JSON and exceptions",
    "gc": "finding tests and expected values among all objects",
    "frames": "finding them in frames and modules",
    "disk": "reading the solution or the tests from disk, links and `/proc`",
    "late": "rewriting results from a thread or when Python ends",
    "forging": "forging answers and reports",
    "shipping": "shipping files that pytest or Python would load",
    "pickle": "what only a pickle could carry",
    "loops": "loops that never end, ignore signals, hang in C, wait for input",
    "bombs": "bombs of memory, processes, threads, output, answers and disk",
    "files": "deleting and changing files",
    "signals": "ending the grader and other processes",
    "crashes": "crashes and endless recursion",
    "leaking": "leaking inputs through exceptions",
    "state": "changed inputs, patched random generators, memorized cases",
    "forbidden": "forbidden libraries, also by a built name",
    "network": "the network",
}


class Field:
    """Where an attack is tried: an exercise, a file to be left alone, a listener."""

    def __init__(self, root: Path, listener: socket.socket) -> None:
        self.root, self.listener = root, listener
        listener.bind(("127.0.0.1", 0))
        listener.setblocking(False)
        self.exercise = root / "exercises/transformers/attention/softmax"
        self.canary = root / "private/canary.txt"
        self.file = root / "work/softmax.py"
        shutil.copytree(SOFTMAX, self.exercise)
        page = self.exercise / "exercise.md"
        page.write_text(page.read_text().replace("seconds: 5", f"seconds: {SECONDS}"))
        for path in (self.canary, self.file, root / "tmp/nothing"):
            path.parent.mkdir()
        self.canary.write_text("untouched")

    def submit(self, source: str, level: str) -> subprocess.CompletedProcess[str]:
        """Grade a source, behind walls of this level and no other."""
        known = {
            "@EXERCISE@": str(self.exercise),
            "@CANARY@": str(self.canary),
            "@PORT@": str(self.listener.getsockname()[1]),
        }
        for name, value in known.items():
            source = source.replace(name, value)
        self.file.write_text(source)
        jail = [*JAIL, "--bind", str(self.root), str(self.root)]
        return subprocess.run(
            [*(jail if level == "limits" else []), *COMMAND, str(self.file)]
            + ["--min-sandbox", level, "--max-sandbox", level],
            cwd=self.file.parent,
            env={
                **os.environ,
                "GROUNDUP_EXERCISES": str(self.root / "exercises"),
                "TMPDIR": str(self.root / "tmp"),
            },
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60,
            check=False,
        )

    def files(self) -> dict[str, object]:
        """Return everything an attack could have changed, caches and scratch aside."""
        aside = {self.root / "tmp", self.file}
        return {
            str(path): (path.read_bytes(), *about(path))
            for path in self.root.rglob("*")
            if (path.is_file() or path.is_symlink())
            and "__pycache__" not in path.parts
            and not aside & {path, *path.parents}
        }


def about(path: Path) -> tuple[object, ...]:
    """Return a file's mode, owner, time, attributes and flags."""
    found = path.stat()
    names = os.listxattr(path) if hasattr(os, "listxattr") else []
    flags = bytearray(8)
    with path.open("rb") as file:
        try:
            fcntl.ioctl(file, FS_IOC_GETFLAGS, flags)
        except OSError:  # a file system without flags
            pass
    return found.st_mode, found.st_uid, found.st_mtime_ns, *names, bytes(flags)


@dataclass(frozen=True)
class Tried:
    """What came of a submission: the report, and whatever did not hold."""

    report: dict[str, Any]
    broken: tuple[str, ...]


def attempt(source: str, level: str) -> Tried:
    """Submit a source and return what came of it."""
    with (
        tempfile.TemporaryDirectory(prefix="hostile-") as folder,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener,
    ):
        field = Field(Path(folder), listener)
        before = field.files()
        try:
            done = field.submit(source, level)
        except subprocess.TimeoutExpired:
            return Tried({}, ("it never ended",))
        try:
            report = json.loads(done.stdout)
        except ValueError:
            return Tried({}, (f"no verdict: {(done.stdout + done.stderr)[-2000:]}",))
        checks: dict[str, Callable[[], bool]] = {
            "full marks": lambda: report["score"] < report["max"],
            "another exit status": lambda: done.returncode == 1,
            "another level": lambda: report["sandbox"] == level,
            "not a verdict for every test": lambda: len(report["tests"]) == 6,
            "an unknown status": lambda: (
                {test["status"] for test in report["tests"]} <= STATUSES
            ),
            "it took too long": lambda: report["seconds"] < 6 * (SECONDS + 1.5),
            "too long a report": lambda: len(done.stdout + done.stderr) < LONGEST,
            "it steers a terminal": lambda: "\\u001b" not in done.stdout,
            "files changed": lambda: field.files() == before,
            "a message went out": lambda: silent(listener),
        }
        return Tried(
            report, tuple(name for name, holds in checks.items() if not holds())
        )


def silent(listener: socket.socket) -> bool:
    """Return whether nothing has come through the network."""
    try:
        return not listener.recv(1)
    except BlockingIOError:
        return True


def attempt_all(sources: Mapping[str, str], level: str) -> dict[str, Tried]:
    """Submit many sources, a few at a time: most of them wait for their end."""
    with ThreadPoolExecutor(2) as pool:
        tried = pool.map(lambda source: attempt(source, level), sources.values())
        return dict(zip(sources, tried, strict=True))


def command_of(process: Path) -> list[str]:
    """Return the command line of a process, empty where it has ended."""
    try:
        return (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return []


def orphans() -> set[str]:
    """Return this checkout's workers whose grading process is there no more."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        if worker.__file__ in command_of(process):
            try:
                status = (process / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # it has ended in the meantime
                continue
            above = command_of(process.with_name(status[1]))
            if not any("python" in part or "bwrap" in part for part in above[:1]):
                found.add(process.name)
    return found


def orphans_in_the_end(seconds: float = 10.0) -> set[str]:
    """Return the orphans that are still there after a while."""
    deadline = time.monotonic() + seconds
    while (found := orphans()) and time.monotonic() < deadline:
        time.sleep(0.05)
    return found


def class_of(attack: Path) -> str:
    """Return the class that an attack names before the colon of its docstring."""
    name = attack.read_text().removeprefix('"""').partition(":")[0]
    assert name in CLASSES, f"{attack}: {name!r} is no class of attacks"
    return name


def table(held: Mapping[str, Iterable[str]]) -> str:
    """Return the table of the documentation: held attacks by class and level."""
    lines = ["| what is tried | attacks | " + " | ".join(held) + " |"]
    lines += ["|---|---|" + "---|" * len(held)]
    for name, said in CLASSES.items():
        own = {path.stem for path in ATTACKS if class_of(path) == name}
        cells = [str(len(own & set(stems))) for stems in held.values()]
        lines.append(f"| {said} | {len(own)} | " + " | ".join(cells) + " |")
    sums = [str(len(set(stems))) for stems in held.values()]
    lines.append(f"| **held in all** | {len(ATTACKS)} | " + " | ".join(sums) + " |")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Try everything and write the table."""
    held = {}
    for level in LEVELS:
        tried = attempt_all({p.stem: p.read_text() for p in ATTACKS}, level)
        held[level] = [name for name, result in tried.items() if not result.broken]
        for name, result in tried.items():
            if result.broken:
                print(f"{level}: {name}: {', '.join(result.broken)}")
        print(f"{level}: {len(held[level])} of {len(ATTACKS)} held")
    TABLE.write_text(table(held), encoding="utf-8")


if __name__ == "__main__":
    main()
