"""The process in which learners' files run, and what comes of a call to it.

It is started when needed, gets plain data, gives plain data back, and is ended from
outside when a call lasts too long.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from typing import Any

from . import worker
from .parts import Limits

# One thread for the linear algebra: the same result and the same memory everywhere.
THREADS = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
SECONDS_TO_START = 60.0


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
    """A process that runs learners' files; started when needed, ended from outside."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.process: subprocess.Popen[str] | None = None
        self.answers: queue.SimpleQueue[str] = queue.SimpleQueue()

    def start(self) -> subprocess.Popen[str]:
        """Start the process and a thread that collects its answers."""
        process = subprocess.Popen(
            [sys.executable, "-I", worker.__file__, str(self.limits.megabytes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="ascii",
            cwd=tempfile.gettempdir(),
            env={**os.environ, **THREADS},
        )
        # A queue for each process: late answers of one that was ended go nowhere.
        answers: queue.SimpleQueue[str] = queue.SimpleQueue()

        def collect() -> None:
            assert process.stdout
            for line in process.stdout:
                answers.put(line)
            answers.put("")

        threading.Thread(target=collect, daemon=True).start()
        answers.get(timeout=SECONDS_TO_START)  # "ready": NumPy's import is not timed
        self.process, self.answers = process, answers
        return process

    def ask(self, request: dict[str, Any]) -> Outcome:
        """Send a request and wait for its answer, as long as the limit allows."""
        process = self.process or self.start()
        assert process.stdin
        try:
            print(json.dumps(request), file=process.stdin, flush=True)
            line = self.answers.get(timeout=self.limits.seconds)
        except queue.Empty:
            self.stop()
            return Outcome("timeout", text=f"{self.limits.seconds:g} s")
        except BrokenPipeError:
            line = ""
        if not line:
            code = process.wait()
            self.stop()
            return Outcome("ended", text=str(code))
        answer = json.loads(line)
        return Outcome(**{**answer, "value": worker.unpack(answer.get("value"))})

    def stop(self) -> None:
        """End the process, if there is one."""
        if self.process:
            self.process.kill()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe:
                    pipe.close()
        self.process = None
