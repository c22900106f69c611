"""`groundup watch` grades at every save and goes on to the next exercise."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest

from tests.answers import wrong_answer

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
SOFTMAX = "transformers/attention/softmax"
GRADIENT = "algorithms/linear_regression/gradient"
COMMAND = [sys.executable, "-u", "-c", "from groundup.grader.cli import main; main()"]


def interruptible() -> None:
    """Hear interrupts, as in a terminal; what runs in the background ignores them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


class Watch:
    """The command at work in a folder of its own, with two exercises."""

    def __init__(self, folder: Path) -> None:
        self.work = folder / "work"
        for name in (GRADIENT, SOFTMAX):
            shutil.copytree(EXERCISES / name, folder / "exercises" / name)
        self.process = subprocess.Popen(
            [*COMMAND, "watch"],
            cwd=folder,
            env={**os.environ, "GROUNDUP_EXERCISES": str(folder / "exercises")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            preexec_fn=interruptible,
        )
        self.limit = Timer(60, self.process.kill)
        self.limit.start()

    def until(self, text: str) -> str:
        """Return what is printed up to a line with a text."""
        assert self.process.stdout
        said = []
        for line in self.process.stdout:
            said.append(line)
            if text in line:
                return "".join(said)
        raise AssertionError(f"{text!r} was never said:\n{''.join(said)}")


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Watch]:
    started = Watch(tmp_path)
    yield started
    started.limit.cancel()
    started.process.kill()
    started.process.communicate()


def test_every_save_is_graded_and_a_pass_leads_on(watch: Watch) -> None:
    watch.until("(gradient): work/gradient.py")
    watch.until("0 of 6 points")
    file = watch.work / "gradient.py"
    file.write_text(wrong_answer(EXERCISES / GRADIENT, "missing_two"))
    assert "and the 2 stays" in watch.until("groundup hint gradient")
    file.write_text((EXERCISES / GRADIENT / "solution.py").read_text())
    watch.until("All tests passed: 6 of 6 points.")
    watch.until("(softmax): work/softmax.py")
    watch.until("0 of 6 points")
    # Saved as many editors do it: another file is put in its place.
    other = watch.work / ".softmax.swp"
    other.write_text((EXERCISES / SOFTMAX / "solution.py").read_text())
    other.replace(watch.work / "softmax.py")
    watch.until("All tests passed: 6 of 6 points.")
    watch.until("Every exercise has passed.")
    assert watch.process.wait(10) == 0


def test_an_interrupt_ends_it_without_a_traceback(watch: Watch) -> None:
    watch.until("0 of 6 points")
    watch.process.send_signal(signal.SIGINT)
    said, _ = watch.process.communicate(timeout=20)
    assert "Traceback" not in said
