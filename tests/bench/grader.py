"""How long a learner waits for a verdict: figures with an aim, no library beside them.

How many submissions are graded a minute is measured by `tests.bench.submissions`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from groundup.grader.exercise import load

from tests.answers import wrong_answer

from .measure import Figure

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
SOFTMAX = EXERCISES / "transformers/attention/softmax"
SOLUTION = (SOFTMAX / "solution.py").read_text(encoding="utf-8")
COMMAND = [sys.executable, "-u", "-c", "from groundup.grader.cli import main; main()"]
LOOP = "def softmax(x):\n    while True:\n        pass\n"
BENCHMARKS: list[Any] = []
RUNS = 9


def environment(exercises: Path = EXERCISES) -> dict[str, str]:
    """Return the environment of a learner."""
    return {**os.environ, "GROUNDUP_EXERCISES": str(exercises)}


@contextmanager
def started(command: list[str], folder: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command that is talked to, and end it."""
    running = subprocess.Popen(
        command,
        cwd=folder,
        env=environment() | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        yield running
    finally:
        running.terminate()
        running.communicate()


def until(running: subprocess.Popen[str], *texts: str) -> None:
    """Read lines until one has a text; raises RuntimeError at the end."""
    assert running.stdout
    for line in running.stdout:
        if any(text in line for text in texts):
            return
    raise RuntimeError(f"nothing of {texts} was said")


def ask(running: subprocess.Popen[str], source: str, folder: str) -> None:
    """Send a source to a grading process, as a notebook does."""
    assert running.stdin
    request = {"id": "softmax", "source": source, "folder": folder}
    running.stdin.write(json.dumps(request) + "\n")
    running.stdin.flush()


def cold_check() -> float:
    """Return the seconds of `groundup check`, started anew each time."""
    file = str(SOFTMAX / "solution.py")
    lasted = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run(
            [*COMMAND, "check", "softmax", "--file", file, "--json"],
            env=environment(),
            stdout=subprocess.DEVNULL,
            check=True,
        )
        lasted.append(time.perf_counter() - start)
    return median(lasted)


def warm_check() -> float:
    """Return the seconds in which a notebook's check is answered."""
    with tempfile.TemporaryDirectory() as folder:
        server = [sys.executable, "-m", "groundup.grader.server"]
        with started(server, folder) as running:
            until(running, "ready")
            lasted = []
            for _ in range(RUNS + 1):
                start = time.perf_counter()
                ask(running, SOLUTION, folder)
                until(running, '"report"')
                lasted.append(time.perf_counter() - start)
                time.sleep(0.5)  # a learner reads; the next process gets ready
            return median(lasted[1:])


def watched_save() -> float:
    """Return the seconds from a save to its score under `groundup watch`."""
    with tempfile.TemporaryDirectory() as folder:
        with started([*COMMAND, "watch", "softmax"], folder) as running:
            until(running, "of 6 points")
            wrong = wrong_answer(SOFTMAX, "first_axis")
            file = Path(folder, "work/softmax.py")
            lasted = []
            for number in range(RUNS):
                time.sleep(0.7)
                start = time.perf_counter()
                file.write_text(f"{wrong}# {number}\n", encoding="utf-8")
                until(running, "of 6 points")
                lasted.append(time.perf_counter() - start)
            return median(lasted)


def endless_loop() -> float:
    """Return the seconds beyond the limit until a notebook's card tells of a loop."""
    limit = load(SOFTMAX).limits.seconds
    with tempfile.TemporaryDirectory() as folder:
        server = [sys.executable, "-m", "groundup.grader.server"]
        with started(server, folder) as running:
            until(running, "ready")
            for source, answer in ((SOLUTION, '"report"'), (LOOP, '"first"')):
                time.sleep(1)
                start = time.perf_counter()
                ask(running, source, folder)
                until(running, answer)
            return time.perf_counter() - start - limit


FIGURES = [
    Figure("a check in a notebook, warm", "s", 0.1, warm_check),
    Figure("groundup check, cold", "s", 0.8, cold_check),
    Figure("watch: from save to score", "s", 0.6, watched_save),
    Figure("an endless loop: from its limit to the message", "s", 0.3, endless_loop),
]
