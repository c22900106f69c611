"""The process in which learners' files run, and what comes of a call to it.

It is started when needed, gets plain data, gives plain data back, and is ended from
outside when a call lasts too long. Whatever it says is taken for data, never for a
verdict: that is made in this process alone.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from . import worker
from .parts import Limits
from .walls import LEVELS

# One thread for the linear algebra: the same result and the same memory everywhere.
THREADS = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")  # of our environment; nothing else
SECONDS_TO_START = 60.0
LONGEST_ANSWER = 256_000_000  # bytes of one answer: more than any exercise asks for
PRINTED = 4000  # characters of what a learner's file printed that are shown
KINDS = ("value", "stub", "missing", "error", "memory", "changed", "unreadable")


@dataclass(frozen=True)
class Outcome:
    """What came of a call: a value, or the way in which it failed.

    `kind` is value, stub, missing, error, memory, timeout, ended, changed or
    unreadable, and absent or forbidden where the file was not run at all.
    """

    kind: str
    value: Any = None
    type: str = ""
    text: str = ""
    line: int | None = None
    loading: bool = False


class Worker:
    """A process that runs learners' files; started when needed, ended from outside.

    `level` is that of the walls around it, known once it has started; `weakest` is the
    lowest that is accepted.
    """

    def __init__(self, limits: Limits, weakest: str = "process") -> None:
        self.limits, self.weakest = limits, weakest
        self.level = ""
        self.process: subprocess.Popen[bytes] | None = None
        self.answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.scratch: Path | None = None

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process, behind its walls, and a thread for its answers."""
        self.scratch = Path(tempfile.mkdtemp(prefix="groundup-"))
        home = {"HOME": str(self.scratch), "TMPDIR": str(self.scratch)}
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        with (self.scratch / "printed").open("wb") as printed:
            process = subprocess.Popen(
                [sys.executable, "-I", "-B", worker.__file__]
                + [str(self.limits.megabytes)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=printed,
                cwd=self.scratch,
                env={**kept, **home, **THREADS},
                start_new_session=True,
            )
        # A queue for each process: late answers of one that was ended go nowhere.
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        assert process.stdout
        collector = (process.stdout, answers)
        threading.Thread(target=collect, args=collector, daemon=True).start()
        self.process, self.answers = process, answers
        # NumPy's import is not timed, nor are the walls.
        ready = answers.get(timeout=SECONDS_TO_START)
        if not ready:
            said = self.printed()
            self.stop()
            raise RuntimeError(f"the worker process could not start:\n{said}")
        self.level = str(json.loads(ready)["level"])
        if LEVELS.index(self.level) < LEVELS.index(self.weakest):
            self.stop()
            raise RuntimeError(
                f"the walls on this machine reach {self.level!r},"
                f" {self.weakest!r} was asked for"
            )
        return process

    def ask(self, request: dict[str, Any]) -> Outcome:
        """Send a request and wait for its answer, as long as the limit allows."""
        process = self.process or self.start()
        sender = threading.Thread(target=send, args=(process, request), daemon=True)
        sender.start()  # a worker that reads nothing must not make us wait
        try:
            line = self.answers.get(timeout=self.limits.seconds)
        except queue.Empty:
            self.stop()
            return Outcome("timeout", text=f"{self.limits.seconds:g} s")
        if not line:
            self.kill()
            code = process.wait()
            self.stop()
            return Outcome("ended", text=str(code))
        try:
            return read_answer(line)
        except (ValueError, TypeError, KeyError, MemoryError, RecursionError):
            self.stop()
            return Outcome("unreadable", text="something that is no answer")

    def printed(self) -> str:
        """Return the beginning of what the files printed."""
        if self.scratch is None:
            return ""
        with (self.scratch / "printed").open("rb") as file:
            return file.read(4 * PRINTED).decode("utf-8", "replace")[:PRINTED]

    def kill(self) -> None:
        """Kill the process and all that it may have started."""
        if self.process:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (AttributeError, ProcessLookupError, PermissionError):
                self.process.kill()

    def stop(self) -> None:
        """End the process, if there is one, and remove what it left."""
        if self.process:
            self.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe:
                    try:
                        pipe.close()
                    except OSError:  # what was still to be sent cannot be
                        pass
        if self.scratch:
            shutil.rmtree(self.scratch, ignore_errors=True)
        self.process = self.scratch = None


def send(process: subprocess.Popen[bytes], request: dict[str, Any]) -> None:
    """Write a request; a process that has ended tells so by its silence."""
    assert process.stdin
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
    except (OSError, ValueError):
        pass


def collect(pipe: IO[bytes], answers: queue.SimpleQueue[bytes]) -> None:
    """Put the lines of a pipe into a queue; an empty one when it has ended."""
    try:
        while line := pipe.readline(LONGEST_ANSWER):
            if not line.endswith(b"\n"):  # cut off, or too long to be an answer
                break
            answers.put(line)
    except (OSError, ValueError, MemoryError):
        pass
    answers.put(b"")


def read_answer(line: bytes) -> Outcome:
    """Return an answer as an outcome; raises ValueError for what is no answer."""
    answer = json.loads(line)
    if not isinstance(answer, dict) or answer.get("kind") not in KINDS:
        raise ValueError("no kind of answer")
    at = answer.get("line")
    return Outcome(
        answer["kind"],
        worker.unpack(answer.get("value")),
        type=str(answer.get("type", ""))[:PRINTED],
        text=str(answer.get("text", ""))[:PRINTED],
        line=at if type(at) is int else None,
        loading=answer.get("loading") is True,
    )
