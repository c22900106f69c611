"""Exercises in a notebook: `%%exercise <id>` on a cell, or `check("<id>")`.

    %load_ext groundup.grader.notebook

The grading goes on in a process of its own. A cell that waits longer than a moment
gives the kernel back, and its card is filled in when the verdict is there.
"""

from __future__ import annotations

import ast
import contextlib
import json
import os
import subprocess
import sys
import threading
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.core.magic import Magics, cell_magic, magics_class
from IPython.display import HTML, DisplayHandle, display

from .exercise import Exercise
from .grading import Report, TestResult
from .learner import FOLDER, LearnerError, exercises_folder, find
from .rendering import card, running_card, trouble_card

PATIENCE = 1.5  # seconds that a cell waits for its verdict
DEFINES = (ast.FunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)


class Server:
    """The grading process of this kernel; a new check ends one that still runs."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[str] | None = None
        self.busy = False

    def start(self) -> subprocess.Popen[str]:
        """Start the process, if none is waiting; ends one that is at work."""
        if self.process and (self.busy or self.process.poll() is not None):
            self.stop()
        if self.process is None:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "groundup.grader.server"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                encoding="utf-8",
                env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
            )
        return self.process

    def stop(self) -> None:
        """End the process."""
        if self.process:
            self.process.terminate()
            self.process.wait()
            for pipe in (self.process.stdin, self.process.stdout):
                if pipe:
                    with contextlib.suppress(OSError):
                        pipe.close()
        self.process, self.busy = None, False

    def check(self, id_: str, source: str, handle: DisplayHandle) -> threading.Thread:
        """Ask for a verdict; a thread puts it into the card when it comes."""
        process = self.start()
        self.busy = True
        assert process.stdin
        request = {"id": id_, "source": source, "folder": FOLDER}
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.flush()
        thread = threading.Thread(
            target=self.collect, args=(process, id_, handle), daemon=True
        )
        thread.start()
        return thread

    def collect(
        self, process: subprocess.Popen[str], id_: str, handle: DisplayHandle
    ) -> None:
        """Show what the process answers, until it has answered everything."""
        shown = "the grading process ended; a newer check may have replaced this one"
        with contextlib.suppress(OSError, ValueError):
            for line in process.stdout or ():
                answer = json.loads(line)
                if "first" in answer:
                    first = TestResult(**answer["first"])
                    handle.update(HTML(running_card(id_, first)))
                elif "ready" not in answer:
                    self.busy = False
                    handle.update(HTML(rendered(id_, answer)))
                    return
        handle.update(HTML(trouble_card(id_, shown)))


def rendered(id_: str, answer: dict[str, Any]) -> str:
    """Return the card of an answer."""
    if "trouble" in answer:
        return trouble_card(id_, answer["trouble"])
    tests = tuple(TestResult(**test) for test in answer["report"]["tests"])
    return card(Report(**{**answer["report"], "tests": tests}), answer["hint"])


SERVER = Server()


def check(id_: str) -> None:
    """Grade what this notebook defines: its imports, functions and classes."""
    shell = get_ipython()
    cells = shell.history_manager.input_hist_raw if shell else []  # type: ignore[union-attr]
    try:
        exercise = find(id_, exercises_folder())
        submit(exercise, gathered(cells, exercise))
    except LearnerError as error:
        display(HTML(trouble_card(id_, str(error))))


def submit(exercise: Exercise, source: str) -> None:
    """Show a card, and wait a moment for the verdict that fills it."""
    handle = display(HTML(running_card(exercise.id)), display_id=True)
    assert handle
    SERVER.check(exercise.id, source, handle).join(PATIENCE)


def gathered(cells: list[str], exercise: Exercise) -> str:
    """Return the imports, functions and classes of cells, the last of each name."""
    found: dict[str, str] = {}
    for cell in cells:
        body = cell.partition("\n")[2] if cell.startswith("%%exercise") else cell
        for node in definitions(body):
            named = isinstance(node, DEFINES)
            key = node.name if named else ast.unparse(node)  # type: ignore[attr-defined]
            found.pop(key, None)
            found[key] = ast.get_source_segment(body, node) or ""
    wanted = [
        n.name for n in ast.parse(exercise.starter).body if isinstance(n, DEFINES)
    ]
    if missing := [name for name in wanted if name not in found]:
        raise LearnerError(
            f"no cell that was run defines {' or '.join(missing)}:"
            f" run the cell with your answer to {exercise.id!r} first"
        )
    return "\n\n".join(found.values()) + "\n"


def definitions(source: str) -> list[ast.stmt]:
    """Return the imports, functions and classes at the margin of a cell."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic, or a cell that failed
        return []
    return [node for node in body if isinstance(node, DEFINES + IMPORTS)]


@magics_class
class ExerciseMagics(Magics):
    """The magic `%%exercise`."""

    @cell_magic
    def exercise(self, line: str, cell: str) -> None:
        """Grade a cell, and define here what it defines; nothing else of it runs."""
        try:
            exercise = find(line.strip(), exercises_folder())
        except LearnerError as error:
            display(HTML(trouble_card(line, str(error))))
            return
        module = ast.Module(body=definitions(cell), type_ignores=[])
        if module.body and self.shell:
            exec(compile(module, f"<{exercise.id}>", "exec"), self.shell.user_ns)
        submit(exercise, cell)


def load_ipython_extension(shell: Any) -> None:
    """Register the magic, offer `check`, and start the grading process."""
    shell.register_magics(ExerciseMagics)
    shell.user_ns["check"] = check
    SERVER.start()
