"""A learner's file as an object with functions to call, and what its failures mean."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, cast

from .exercise import Exercise
from .process import Handle, Outcome, Worker
from .verdict import Verdict, clip
from .worker import pack


@dataclass(frozen=True)
class Call:
    """A call that a test made, and its outcome.

    `on` is the object whose method it was, None for a function; `get` is true where an
    attribute was read.
    """

    function: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    outcome: Outcome
    on: Handle | None = None
    get: bool = False

    @property
    def name(self) -> str:
        """The function as a learner knows it: a method with its class."""
        return f"{self.on.type}.{self.function}" if self.on else self.function


class Submission:
    """A learner's file under one test, with the calls that the test has made.

    The file is run afresh for every Submission, so no test sees what another left.
    """

    def __init__(self, path: Path, exercise: Exercise, worker: Worker) -> None:
        self.path, self.exercise, self.worker = path, exercise, worker
        worker.begin()
        self.calls: list[Call] = []

    def call(self, function: str, *args: Any, **kwargs: Any) -> Any:
        """Call a function of the file; raises Verdict where that gives no value."""
        __tracebackhide__ = True
        return self.ask(Call(function, args, kwargs, Outcome("value")))

    def reach(self, handle: Handle, name: str, *called: Any) -> Any:
        """Read an attribute of an object, or call its method with (args, kwargs)."""
        __tracebackhide__ = True
        args, kwargs = called or ((), {})
        what = Call(name, args, kwargs, Outcome("value"), handle, get=not called)
        if not called and name == "__call__":
            return lambda *args, **kwargs: self.reach(handle, name, args, kwargs)
        return self.ask(what)

    def ask(self, call: Call) -> Any:
        """Make a call, remember it, and return its value or raise a Verdict."""
        __tracebackhide__ = True
        if self.path.is_file():
            names = self.exercise.forbidden
            outcome = self.worker.ask(request(self.path, not self.calls, call, names))
        else:
            starter = str(self.exercise.folder / "starter.py")
            outcome = Outcome("absent", text=starter)
        call = replace(call, outcome=outcome)
        if outcome.kind == "method":
            return lambda *args, **kwargs: self.reach(
                cast(Handle, call.on), call.function, args, kwargs
            )
        self.calls.append(call)
        if outcome.kind == "value":
            return self.alive(outcome.value)
        raise Verdict(sentence(call.name, outcome, self.path))

    def alive(self, value: Any) -> Any:
        """Return a value whose handles reach this file's objects."""
        if isinstance(value, Handle):
            return replace(value, ask=self.reach)
        if isinstance(value, tuple | list):
            return type(value)(map(self.alive, value))
        return value


class Functions:
    """What tests know as `sol`: `sol.name(*data)` calls `name` in the learner's file.

    Arguments and results are plain data: None, booleans, numbers, texts, arrays, and
    lists, tuples and dictionaries of them; they are passed by value.
    """

    def __init__(self, submission: Submission) -> None:
        self._submission = submission

    def __getattr__(self, function: str) -> Callable[..., Any]:
        return partial(self._submission.call, function)


def request(
    path: Path, fresh: bool, call: Call, forbidden: tuple[str, ...]
) -> dict[str, Any]:
    """Return what a worker needs to know to make a call."""
    return {
        "path": str(path),
        "source": path.read_text(encoding="utf-8-sig", errors="replace"),
        "fresh": fresh,
        "forbidden": forbidden,
        "on": call.on and as_data(call.on),
        "get": call.get,
        "function": call.function,
        "args": pack(call.args, as_data),
        "kwargs": pack(call.kwargs, as_data),
    }


def as_data(value: Any) -> list[Any] | None:
    """Return a handle as [number, class name], None for anything else."""
    return [value.number, value.type] if isinstance(value, Handle) else None


def sentence(function: str, outcome: Outcome, path: Path) -> str:
    """Return what a learner reads about a call that gave no value."""
    what, text = f"`{function}`", outcome.text
    match outcome.kind:
        case "absent":
            return f"There is no file {path} yet: copy {text} there and fill it in."
        case "missing":
            kind = "class " if function[0].isupper() else "function "
            return f"Your file defines no {'' if '.' in function else kind}{what}."
        case "stub":
            return f"{what} is still to be written: it raises NotImplementedError."
        case "timeout":
            return (
                f"{what} ran longer than {text}: is there a loop that never ends?"
                f"{location(path, outcome.line)}"
            )
        case "memory":
            return f"{what} asked for too much memory: {text or 'no more was allowed'}."
        case "unreadable":
            return f"{what} returned {text}: expected arrays, numbers or tuples."
        case "changed":
            return (
                f"{what} changed its input in place. Whoever called it still needs the"
                " data as they were: work on a copy."
            )
        case "ended" if text.startswith("-"):
            crash = f"{what} crashed Python (signal {text[1:]})."
            return crash + location(path, outcome.line)
        case "ended":
            return f"{what} ended Python (exit code {text})."
        case "forbidden":
            where = "Your file" if outcome.line is None else f"Line {outcome.line}"
            return (
                f"{where} uses {text}, which does the work that this exercise asks"
                " of you."
            )
    doing = "Your file could not be loaded:" if outcome.loading else f"{what} raised"
    return f"{doing} {outcome.type}: {text}{location(path, outcome.line)}"


def location(path: Path, line: int | None) -> str:
    """Return the learner's own line, as the end of a sentence."""
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    if line is None or not 0 < line <= len(lines):
        return ""
    return f"\n  line {line}:  {clip(lines[line - 1].strip().expandtabs())}"
