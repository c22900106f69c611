"""A learner's file as an object with functions to call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, cast

import numpy as np

from .exercise import Exercise
from .kinds import PLAIN, SameNumbers, arrays, turned
from .process import Handle, Kept, Outcome, Worker, handled
from .sentences import is_notebook, sentence, source_of
from .verdict import Verdict
from .worker import laid_out, layout, pack


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
    def arguments(self) -> dict[int | str, Any]:
        """The arguments by their place or name."""
        return dict(enumerate(self.args)) | dict(self.kwargs)

    @property
    def name(self) -> str:
        """The function as a learner knows it: a method with its class."""
        return f"{self.on.type}.{self.function}" if self.on else self.function


NO_CALL = Call("", (), {}, Outcome("value"))


class Submission:
    """A learner's file under one test, with the calls that the test has made.

    The file is run afresh for every Submission, so no test sees what another left.
    """

    def __init__(self, path: Path, exercise: Exercise, worker: Worker) -> None:
        self.path, self.exercise, self.worker = path, exercise, worker
        self.made: list[Call] = []
        worker.begin()
        self.begin(PLAIN)

    def begin(self, kind: SameNumbers) -> None:
        """Begin anew, with arguments turned into a kind of the same numbers."""
        self.kind = kind
        self.calls: list[Call] = []
        if kind is PLAIN:
            self.plain = self.calls
        self.returned: set[int] = set()  # arrays of the file's own, by identity
        self.loaded = False

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
        names = self.exercise.forbidden
        args = turned(self.kind, call.args, self.returned)
        kwargs = turned(self.kind, call.kwargs, self.returned)
        call = replace(call, args=args, kwargs=kwargs)
        outcome = self.load() or self.worker.ask(request(self.path, False, call, names))
        args, kwargs = copied(call.args), copied(call.kwargs)
        call = replace(call, args=args, kwargs=kwargs, outcome=outcome)
        if outcome.kind == "method":
            return lambda *args, **kwargs: self.reach(
                cast(Handle, call.on), call.function, args, kwargs
            )
        self.calls.append(call)
        self.made.append(call)
        if outcome.kind == "value":
            self.returned |= set(map(id, arrays(outcome.value)))
            return self.alive(outcome.value)
        expected = self.exercise.signatures.get(call.name)
        raise Verdict(sentence(call.name, outcome, self.path, expected))

    def load(self) -> Outcome | None:
        """Run the file, if that was not done; returns what went wrong, if anything did.

        A file that could not be loaded is not tried again for every test.
        """
        if self.loaded:
            return None
        if not self.path.is_file():
            starter = str(self.exercise.folder / "starter.py")
            return Outcome("absent", text=starter)
        broken, key = self.worker.broken, (self.path, source_of(self.path))
        if key not in broken and is_notebook(key[1]):
            broken[key] = Outcome("error", loading=True)
        if key not in broken:
            only = request(self.path, True, NO_CALL, self.exercise.forbidden)
            outcome = self.worker.ask(only)
            if outcome.kind == "value":
                self.loaded = True
                return None
            broken[key] = replace(outcome, loading=True)
        return broken[key]

    def alive(self, value: Any) -> Any:
        """Return a value whose handles reach this file's objects."""
        if isinstance(value, Handle):
            return replace(value, ask=self.reach)
        if isinstance(value, tuple | list):
            content = (list if isinstance(value, list) else tuple)(
                map(self.alive, value)
            )
            if isinstance(value, Kept):
                return handled([value.number, value.type], content)
            return content
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


def copied(value: Any) -> Any:
    """Return plain data of which a test may change the original from now on.

    Arrays lie in memory as they did: that is part of what was handed in.
    """
    if isinstance(value, np.ndarray):
        return laid_out(value.copy(), layout(value))
    if type(value) in (list, tuple):
        return type(value)(map(copied, value))
    if type(value) is dict:
        return {key: copied(item) for key, item in value.items()}
    return value


def request(
    path: Path,
    fresh: bool,
    call: Call,
    forbidden: tuple[str, ...],
    source: str | None = None,
) -> dict[str, Any]:
    """Return what a worker needs to know to make a call.

    `source` is the text of a file that is not on disk.
    """
    return {
        "path": str(path),
        "source": source_of(path) if source is None else source,
        "fresh": fresh,
        "forbidden": forbidden,
        "on": call.on and as_data(call.on),
        "get": call.get,
        "function": call.function,
        "args": pack(call.args, as_data),
        "kwargs": pack(call.kwargs, as_data),
    }


def as_data(value: Any) -> list[Any] | None:
    """Return [number, class name] of what a worker keeps, None for anything else."""
    return [value.number, value.type] if isinstance(value, Handle | Kept) else None
