"""The command's verdict is the same where POSIX and UTF-8 are missing.

Windows and macOS are not at hand here. What they lack is taken away instead, from the
process that grades and from the one that runs the answer.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from groundup.formulas import peak_megabytes
from groundup.grader.parts import Limits
from groundup.grader.process import Outcome, Worker, send
from groundup.grader.terminal import plain_signs

from tests.answers import wrong_answer

ROOT = Path(__file__).resolve().parents[2]
GRADIENT = "algorithms/linear_regression/gradient"
SOLUTION = (ROOT / "exercises" / GRADIENT / "solution.py").read_text("utf-8")
WRONG = wrong_answer(ROOT / "exercises" / GRADIENT, "missing_two")
COMMAND = [sys.executable, "-c", "from groundup.grader.cli import main; main()"]
ANSWERS = {  # with what the first test says of them: its status, and a line of theirs
    "right": (SOLUTION, "pass", None),
    "a misconception": (WRONG, "fail", None),
    "an endless loop": ("def gradient(X, y, w):\n    while True: pass\n", "timeout", 2),
    "an error": (
        'def gradient(X, y, w):\n    print("λ → ✓")\n    raise ValueError("λ → ✓")\n',
        "error",
        3,
    ),
}
# What Windows does not have, taken away before anything of ours is imported.
MISSING = """
import faulthandler, os, signal, socket, subprocess, sys

class Refuses:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name in ("resource", "fcntl", "pwd", "grp", "termios"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

for name in ("resource", "fcntl", "pwd", "grp", "termios"):
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Refuses)
subprocess.Popen.kill = lambda self: self.send_signal(9)  # needs no SIGKILL there
for module, names in {
    os: "fork forkpty killpg setsid getsid setpgid getpgid getuid geteuid getgid"
    " getegid getgroups setuid setgid setgroups mkfifo register_at_fork nice chown"
    " sched_getaffinity sched_setaffinity sysconf getloadavg O_CLOEXEC O_PATH",
    signal: "SIGKILL SIGURG SIGHUP SIGUSR1 SIGUSR2 SIGALRM SIGCHLD SIGPIPE SIGSTOP"
    " SIGCONT SIGQUIT alarm setitimer pthread_kill pthread_sigmask sigwait",
    socket: "AF_UNIX",
    faulthandler: "register unregister",
}.items():
    for name in names.split():
        delattr(module, name)
"""
# Where the answer runs, nothing starts a process: Python may take itself for Windows's.
WORKER = """
import ctypes, platform, runpy, sysconfig
import numpy

sys.platform = "win32"
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")
"""
# Python as the grader starts it, with the prelude before the file it is to run. The
# last option counts only where none before it asks for UTF-8.
PYTHON = """\
#!{python} -I
import os, sys
at = next(n for n, a in enumerate(sys.argv) if a.endswith(".py") and n)
command = [{python!r}, *sys.argv[1:at], "-X", "utf8=0", {worker!r}, *sys.argv[at:]]
os.execve({python!r}, command, {{**os.environ, "LC_ALL": "C"}})
"""


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """A Python whose processes lack what Windows lacks, and take no text for UTF-8."""
    worker, python = tmp_path / "its_worker.py", tmp_path / "python"
    worker.write_text(MISSING + WORKER)
    python.write_text(PYTHON.format(python=sys.executable, worker=str(worker)))
    python.chmod(0o755)
    return python


@pytest.fixture
def lacking(tmp_path: Path, python: Path) -> dict[str, str]:
    """The environment of a command that lacks what Windows lacks."""
    (tmp_path / "site").mkdir()
    text = MISSING + f"sys.executable = {str(python)!r}\n"
    (tmp_path / "site/sitecustomize.py").write_text(text)
    path = os.pathsep.join([str(tmp_path / "site"), str(ROOT / "code")])
    nothing = str(tmp_path / "site")  # on the path: no bubblewrap either
    return {"PYTHONPATH": path, "PATH": nothing, "LC_ALL": "C", "PYTHONUTF8": "0"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder whose name is not ASCII, beside an exercise that waits two seconds."""
    for path in (ROOT / "exercises" / GRADIENT).rglob("*.*"):
        copy = tmp_path / "exercises" / path.relative_to(ROOT / "exercises")
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = path.read_bytes().replace(b"seconds: 5", b"seconds: 2")
        copy.write_bytes(text)
    (tmp_path / "Jürgen/work").mkdir(parents=True)
    return tmp_path / "Jürgen"


def typed(home: Path, environment: dict[str, str], *words: str) -> tuple[int, bytes]:
    """Type a command; returns its status and all that it printed, as bytes."""
    done = subprocess.run(
        [*COMMAND, *words],
        cwd=home,
        env={**os.environ, "GROUNDUP_EXERCISES": "../exercises", **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=120,
    )
    return done.returncode, done.stdout


def verdict(home: Path, environment: dict[str, str]) -> tuple[int, dict[str, Any]]:
    """Return the status and the verdict of a check, without its time."""
    status, said = typed(home, environment, *"check gradient --json --seed 7".split())
    assert status < 2, said.decode(errors="replace")
    report = json.loads(said)
    del report["seconds"]
    return status, report


@pytest.mark.parametrize(
    ("answer", "encoding"),
    [(answer, "cp1252") for answer in ANSWERS]
    + [("a misconception", encoding) for encoding in ("cp437", "ascii")],
)
def test_the_verdict_is_the_same(
    home: Path, lacking: dict[str, str], answer: str, encoding: str
) -> None:
    source, *expected = ANSWERS[answer]
    (home / "work/gradient.py").write_text(source, "utf-8")
    status, here = verdict(home, {"PYTHONPATH": str(ROOT / "code")})
    assert [here["tests"][0][key] for key in ("status", "line")] == expected
    assert status == (answer != "right")
    lacking["PYTHONIOENCODING"] = encoding
    elsewhere = verdict(home, lacking)
    # What the answer's process lacks, it lacks indeed: no walls, no limits.
    assert here.pop("sandbox") != "process" == elsewhere[1].pop("sandbox")
    assert elsewhere == (status, here)


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "gbk", "ascii"])
def test_every_encoding_gets_what_it_has(
    home: Path, lacking: dict[str, str], encoding: str
) -> None:
    lacking["PYTHONIOENCODING"] = encoding
    (home / "work/gradient.py").write_text(WRONG, "utf-8")
    status, said = typed(home, lacking, "check", "gradient")
    text = said.decode(encoding)
    assert status == 1
    assert "x x x x + x" in text and "1 of 6 points. Next: groundup hint" in text
    (home / "work/gradient.py").write_text(SOLUTION, "utf-8")
    assert typed(home, lacking, "check", "gradient")[0] == 0
    progress = json.loads((home / "work/progress.json").read_text("utf-8"))
    assert progress["exercises"]["linear_regression/gradient"]["tries"] == 2
    status, said = typed(home, lacking, "list")
    assert (status, "  + gradient " in said.decode(encoding)) == (0, True)
    status, said = typed(home, lacking, "hint", "λ")
    assert status == 2 and b"there is no exercise" in said


def test_what_an_encoding_lacks_is_written_in_plain_signs() -> None:
    def written(text: str, encoding: str) -> str:
        error = UnicodeEncodeError(encoding, text, 0, len(text), "lacking")
        return plain_signs(error)[0]

    assert written("✓✗…", "ascii") == "+x..."
    assert written("λ\udcff", "cp1252") == r"\u03bb\udcff"


@pytest.fixture
def worker(python: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A process for answers that lacks what Windows lacks."""
    monkeypatch.delattr(signal, "SIGURG")
    monkeypatch.setattr(sys, "executable", str(python))
    started = Worker(Limits(seconds=0.5, megabytes=512), strongest="limits")
    yield started
    started.stop()


def endless() -> dict[str, Any]:
    """Return what is asked of a process that never answers."""
    request = {"path": "ä.py", "fresh": True, "forbidden": [], "on": None, "get": False}
    source = "def f():\n    while True: pass\n"
    request |= {"source": source, "function": "f"}
    return {**request, "args": {"tuple": []}, "kwargs": {"dict": []}}


def test_a_loop_s_line_is_told_where_no_signal_can_ask(worker: Worker) -> None:
    outcome = worker.ask(endless())
    assert outcome == Outcome("timeout", text="0.5 s", line=2)
    assert worker.level == "process"


def test_an_endless_call_ends_where_nobody_is_left_to_end_it(worker: Worker) -> None:
    process = worker.start()
    send(process, {**endless(), "seconds": 0.5})
    assert process.wait(timeout=10) == 1


def test_a_crash_of_windows_is_told_as_the_signal_that_it_is_elsewhere() -> None:
    ended = SimpleNamespace(wait=lambda timeout: 0xC0000005)
    process = cast("subprocess.Popen[bytes]", ended)
    assert Worker(Limits(1, 512)).exit_code(process) == -signal.SIGSEGV


def test_a_chapter_s_memory_is_unknown_where_nothing_counts_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "resource", None)
    assert peak_megabytes() == 0
