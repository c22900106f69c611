"""What must hold on Windows and macOS: three answers graded, one chapter executed.

Needs what `pip install -c constraints.txt -e ".[learn]"` installs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import jupytext
from groundup.grader.exercise import load
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[1]
EXERCISE = ROOT / "exercises/algorithms/linear_regression/gradient"
CHAPTER = ROOT / "chapters/algorithms/linear_regression.md"
LEVELS = {"win32": "process", "darwin": "limits"}  # the page on exercises says so
ANSWERS = {  # and the status of a check
    "right": ((EXERCISE / "solution.py").read_text("utf-8"), 0),
    "wrong": ({w.name: w.source for w in load(EXERCISE).wrong}["missing_two"], 1),
    "endless": ("def gradient(X, y, w):\n    while True: pass\n", 1),
}


def typed(*words: str, folder: str, status: int = 0) -> bytes:
    """Type a command of the grader's; returns what it printed."""
    command = shutil.which("groundup", path=sysconfig.get_path("scripts"))
    assert command, "the command groundup is not installed"
    done = subprocess.run([command, *words], cwd=folder, stdout=subprocess.PIPE)
    if "--json" not in words:
        sys.stdout.buffer.write(done.stdout)  # in whatever encoding it is
        sys.stdout.buffer.flush()
    assert done.returncode == status, f"{words}: status {done.returncode}"
    return done.stdout


def grade() -> None:
    """Start an exercise, and check answers to it as a learner does."""
    with tempfile.TemporaryDirectory() as folder:
        typed("start", "gradient", folder=folder)
        file = Path(folder, "work", "gradient.py")
        assert file.read_text("utf-8") == (EXERCISE / "starter.py").read_text("utf-8")
        for name, (source, status) in ANSWERS.items():
            file.write_text(source, "utf-8")
            typed("check", "gradient", folder=folder, status=status)
            said = typed("check", "gradient", "--json", folder=folder, status=status)
            report = json.loads(said)
            level = report["sandbox"]
            assert level == LEVELS.get(sys.platform, level), level
            statuses = {test["status"] for test in report["tests"]}
            assert (name == "right") == (statuses == {"pass"}), report
            assert (name == "endless") == (statuses == {"timeout"}), report
        assert "line 2:  while True" in report["tests"][0]["message"]
        typed("list", folder=folder)
        print(f"sandbox level: {level}")


def execute() -> None:
    """Execute a chapter; a cell that raises ends this with its error."""
    where = {"metadata": {"path": str(CHAPTER.parent)}}
    NotebookClient(
        jupytext.read(CHAPTER), timeout=600, kernel_name="python3", resources=where
    ).execute()


if __name__ == "__main__":
    for what in (grade, execute):
        begun = time.monotonic()
        what()
        print(f"{what.__name__}: {time.monotonic() - begun:.0f} s", flush=True)
