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

from . import predictions
from .cells import EXERCISE, Cell
from .exercise import Exercise
from .finding import NoAnswer, answer_in, module
from .grading import Report, TestResult
from .known import known_ids
from .learner import LearnerError, exercises_folder, find, work_folder
from .rendering import card, running_card, trouble_card
from .slices import DEFINES, IMPORTS, Statement, needed, statements

PATIENCE = 1.5  # seconds that a cell waits for its verdict
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
LOOPS = (ast.For, ast.AsyncFor, ast.While)


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
        request = {"id": id_, "source": source, "folder": str(work_folder())}
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
    """Grade what the cells that were run define, and all that it needs of them."""
    shell = get_ipython()
    typed = shell.history_manager.input_hist_raw if shell else []  # type: ignore[union-attr]
    here = Cell(f"check({id_!r})")  # wherever the call came from
    grade_cells([*map(Cell, typed), here], id_)


def predict(id_: str, number: float | str) -> None:
    """Keep what you expect to measure; the first prediction stays."""
    try:
        exercise = find(id_, exercises_folder())
        predictions.keep(exercise, work_folder(), str(number))
    except ValueError as error:
        display(HTML(trouble_card(id_, str(error))))


def grade_cells(cells: list[Cell], id_: str) -> bool:
    """Find the answer in cells and grade it; else say on a card why not."""
    try:
        folder = exercises_folder()
        exercise = find(id_, folder)
        if first := predictions.missing(exercise, work_folder()):
            raise LearnerError(f"{first}, or predict({id_!r}, …) in a cell")
        source, _ = answer_in(cells, exercise.id, exercise.starter, known_ids(folder))
    except NoAnswer as error:
        said = f"{error}: run the cell with your answer to {id_!r} first"
        display(HTML(trouble_card(id_, said)))
    except LearnerError as error:
        display(HTML(trouble_card(id_, str(error))))
    else:
        submit(exercise, source)
        return True
    return False


def submit(exercise: Exercise, source: str) -> None:
    """Show a card, and wait a moment for the verdict that fills it."""
    handle = display(HTML(running_card(exercise.id)), display_id=True)
    assert handle
    SERVER.check(exercise.id, source, handle).join(PATIENCE)


def defined(cell: Cell) -> str:
    """Return what a cell defines, and what its definitions need and is soon done.

    No loop is among it, and no call of a function of the cell: these may never end.
    """
    found = list(statements([cell]))
    named = {n for s in found if isinstance(s.node, DEFINES) for n in s.binds}
    functions = {n for s in found if isinstance(s.node, FUNCTIONS) for n in s.binds}
    used = {id(s) for s in needed(found, named) if not takes_time(s, functions)}
    always = DEFINES + IMPORTS
    kept = [s for s in found if isinstance(s.node, always) or id(s) in used]
    return module(found, kept)


def takes_time(statement: Statement, functions: set[str]) -> bool:
    """Tell whether a statement loops, or calls one of the functions."""
    loops = any(isinstance(part, LOOPS) for part in ast.walk(statement.node))
    return loops or bool(statement.uses & functions)


@magics_class
class ExerciseMagics(Magics):
    """The magic `%%exercise`."""

    @cell_magic
    def exercise(self, line: str, cell: str) -> None:
        """Grade a cell, and define here what it defines; nothing else of it runs."""
        typed = self.shell.history_manager.input_hist_raw if self.shell else []  # type: ignore[union-attr]
        here = Cell(f"{EXERCISE} {line}\n{cell}")
        graded = grade_cells([*map(Cell, typed), here], line.strip())
        if graded and self.shell and here.python:
            flags = self.shell.compile.flags  # what earlier cells ask of the future
            code = compile(
                defined(here), "<exercise>", "exec", flags=flags, dont_inherit=True
            )
            exec(code, self.shell.user_ns)


def load_ipython_extension(shell: Any) -> None:
    """Register the magic, offer `check` and `predict`, start the grading process."""
    shell.register_magics(ExerciseMagics)
    shell.user_ns |= {"check": check, "predict": predict}
    SERVER.start()
