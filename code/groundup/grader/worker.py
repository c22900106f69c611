"""The child's side: runs learners' files, one call at a time, in a process of its own.

Started as a file with `python -I`, so it imports nothing of this package but two files
beside it: the walls, and the forbidden names. Requests and answers are lines of JSON;
arrays travel as dtype, shape and bytes, with how these lay in memory, never as pickles,
so that the parent only ever receives exact arrays, numbers and texts; an object of a
learner's own class stays here and travels as a number. The source of a learner's file
comes with the request, and is read here alone: behind the walls no file but Python's
own can be read, and a source that brings Python's parser down does it here.
"""

from __future__ import annotations

import base64
import errno
import faulthandler
import importlib.machinery
import importlib.util
import io
import json
import linecache
import os
import runpy
import signal
import sys
import traceback
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

BESIDE = Path(__file__).with_name
forbidden = runpy.run_path(str(BESIDE("forbidden.py")))
Forbidden, forbidden_uses = forbidden["Forbidden"], forbidden["forbidden_uses"]
SHORTCUTS = forbidden["Shortcuts"]()
CONTAINERS = (list, tuple, dict)
LATE = 0.2  # seconds after the end of a call's time, where we end ourselves
TIME_IS_OVER = "Timeout ("  # how faulthandler begins to tell of it
NAME = "submission"  # of the module that a learner's file becomes
PRINTS = 1_000_000  # characters that one call may print
KINDS = "biufcUS"  # booleans, numbers and texts: what can be sent byte by byte
ROWS, COLUMNS, GAPS = "rows", "columns", "gaps"  # how an array's entries lie


def pack(value: Any, handle: Callable[[Any], Any] = lambda value: None) -> Any:
    """Return plain data as JSON can hold it; raises TypeError for anything else.

    `handle` returns what stands for an object that is no plain data, None for no such.
    """
    if isinstance(value, np.ndarray | np.generic):
        if value.dtype.kind not in KINDS:
            raise TypeError(f"an array of dtype {value.dtype}")
        array = np.asarray(value)
        content = base64.b64encode(array.tobytes()).decode("ascii")
        kind = "array" if isinstance(value, np.ndarray) else "scalar"
        apart = [] if array.flags.c_contiguous else [layout(array)]
        return {kind: [array.dtype.str, list(array.shape), content, *apart]}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, CONTAINERS):
        known = None if type(value) in CONTAINERS else handle(value)
        content = packed(value, handle)
        return {"own": [*known, content]} if known else content
    if known := handle(value):
        return {"handle": known}
    raise TypeError(f"a value of type {type(value).__name__}")


def packed(value: Any, handle: Callable[[Any], Any]) -> Any:
    """Return a list, tuple or dictionary as JSON can hold it, whatever its class."""
    if isinstance(value, list):
        return [pack(item, handle) for item in value]
    if isinstance(value, tuple):
        return {"tuple": [pack(item, handle) for item in value]}
    items = [[pack(k, handle), pack(v, handle)] for k, v in value.items()]
    return {"dict": items}


def unpack(value: Any, handled: Callable[..., Any]) -> Any:
    """Return the plain data that `pack` packed; `handled` returns a handle's object.

    Of a container of somebody's own class it gets the content, too.
    """
    if isinstance(value, list):
        return [unpack(item, handled) for item in value]
    if not isinstance(value, dict):
        return value
    [(kind, content)] = value.items()
    if kind == "tuple":
        return tuple(unpack(item, handled) for item in content)
    if kind == "dict":
        return {unpack(k, handled): unpack(item, handled) for k, item in content}
    if kind == "handle":
        return handled(content)
    if kind == "own":
        *handle, inner = content
        return handled(handle, unpack(inner, handled))
    dtype, shape, text, *apart = content
    if np.dtype(dtype).kind not in KINDS:
        raise ValueError(f"an array of dtype {dtype}")
    array = np.frombuffer(base64.b64decode(text), dtype).reshape(shape).copy()
    if kind == "array":
        return laid_out(array, apart[0]) if apart else array
    return array[()]


def layout(array: np.ndarray) -> str:
    """Return how an array's entries lie in memory: row by row, by column, or apart."""
    if array.flags.c_contiguous:
        return ROWS
    return COLUMNS if array.flags.f_contiguous else GAPS


def laid_out(array: np.ndarray, order: str) -> np.ndarray:
    """Return an array of the same entries that lie otherwise.

    With gaps, it is every second entry of a larger array.
    """
    if order == GAPS:
        return np.repeat(array, 2, axis=-1)[..., ::2]
    return np.asarray(array, order="F" if order == COLUMNS else "C")


class Absent(ModuleNotFoundError):
    """A file imports a package that is neither Python's own nor NumPy."""


class OnlyNumPy:
    """Finds no other package, whatever this machine has: the verdict hangs on none."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> None:
        """Leave Python's own modules and NumPy to others, raise Absent for the rest."""
        SHORTCUTS.refuse("import", (name,))  # `importlib` raises no event of its own
        first = name.partition(".")[0]
        own = first in sys.stdlib_module_names or first.startswith("_sysconfigdata")
        if not own and first != "numpy":
            raise Absent(f"No module named {name!r}", name=name)


class TooMuchPrinted(OSError):
    """A file prints more than anybody reads."""


class Screen(io.TextIOWrapper):
    """Where a file prints to: nobody sees it, and no call prints without end."""

    left = PRINTS

    def write(self, text: str) -> int:
        """Take a text; raises TooMuchPrinted where it is too long."""
        self.left -= len(text)
        if self.left < 0:
            raise TooMuchPrinted(errno.EFBIG, os.strerror(errno.EFBIG))
        return len(text)


class Warned:
    """The first warning of NumPy's arithmetic in a call, and the file's line of it."""

    def __init__(self) -> None:
        self.path, self.first = "", []  # type: tuple[str, list[Any]]

    def begin(self, path: str) -> None:
        """Begin a call of a file."""
        self.path, self.first = path, []

    def take(self, message: Warning | str, *about: Any, **more: Any) -> None:
        """Take a warning in place of printing it; nobody would see it."""
        if self.first or " encountered in " not in str(message):
            return
        frame = sys._getframe()
        while frame.f_back and frame.f_code.co_filename != self.path:
            frame = frame.f_back
        own = frame.f_code.co_filename == self.path
        self.first = [str(message), frame.f_lineno if own else None]


class File:
    """A learner's file that was run, and the objects of its classes by number."""

    def __init__(self, path: str, source: str) -> None:
        self.module = load(path, source)
        self.objects: list[Any] = []
        self.numbers: dict[int, int] = {}  # by identity: none of the objects goes away

    def handle(self, value: Any) -> list[Any] | None:
        """Return [number, class name] for an object of a class of the file.

        So it does for lists, tuples and dictionaries of any class but the plain ones.
        """
        own = type(value).__module__ == self.module.__name__
        if not (own or isinstance(value, CONTAINERS)):
            return None
        number = self.numbers.setdefault(id(value), len(self.objects))
        if number == len(self.objects):
            self.objects.append(value)
        return [number, type(value).__name__]

    def handled(self, handle: list[Any], content: Any = None) -> Any:
        """Return the object that a handle stands for.

        A container is as it was sent: where it is not any more, its content is given.
        """
        if content is None:
            return self.objects[handle[0]]
        known = self.objects[handle[0]] if handle[0] < len(self.objects) else None
        same = isinstance(known, CONTAINERS) and (
            plainly(packed(known, self.handle)) == plainly(packed(content, self.handle))
        )
        return known if same else content


def plainly(value: Any) -> Any:
    """Return packed data without the numbers of containers of own classes."""
    if isinstance(value, dict) and "own" in value:
        return plainly(value["own"][-1])
    if isinstance(value, dict):
        return {kind: plainly(content) for kind, content in value.items()}
    return list(map(plainly, value)) if isinstance(value, list) else value


def load(path: str, source: str) -> types.ModuleType:
    """Run a learner's file as Python runs a module; nothing of this file is its."""
    spec = importlib.machinery.ModuleSpec(NAME, None, origin=path)
    module = importlib.util.module_from_spec(spec)
    module.__file__ = path
    linecache.cache[path] = (len(source), None, source.splitlines(True), path)
    sys.modules[NAME] = module
    try:
        exec(compile(source, path, "exec", dont_inherit=True), module.__dict__)
    except BaseException:
        sys.modules.pop(NAME, None)
        raise
    return module


def explain(error: BaseException, path: str) -> dict[str, Any]:
    """Return what went wrong and on which line of the learner's file."""
    kinds = {NotImplementedError: "stub", MemoryError: "memory", Forbidden: "forbidden"}
    kinds |= {Absent: "package", TooMuchPrinted: "printed"}
    kind = next((kinds[cls] for cls in kinds if isinstance(error, cls)), "error")
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == path]
    if isinstance(error, SyntaxError):
        lines.append(error.lineno)
    names = [cls.__name__ for cls in type(error).__mro__]
    name = next(n for n in names if not n.startswith("_"))  # NumPy's are _Like_This
    line = lines[-1] if lines else None
    text = str(error.name) if isinstance(error, Absent) else str(error)
    return {"kind": kind, "type": name, "text": text, "line": line}


def answer(files: dict[str, File], request: dict[str, Any], warned: Warned) -> Any:
    """Load the file of a request, afresh if asked, and make its call, if any."""
    path, name, banned = request["path"], request["function"], request["forbidden"]
    try:
        if request["fresh"] or path not in files:
            SHORTCUTS.forbid(banned)
            for used, line in forbidden_uses(request["source"], banned):
                return {"kind": "forbidden", "text": used, "line": line}
            files[path] = File(path, request["source"])
    except BaseException as error:
        return {**explain(error, path), "loading": True}
    if not name:  # it was only to be loaded
        return {"kind": "value", "value": None}
    file = files[path]
    warned.begin(path)
    args = unpack(request["args"], file.handled)
    kwargs = unpack(request["kwargs"], file.handled)
    try:
        owner = file.handled(request["on"]) if request["on"] else file.module
        value: Any = getattr(owner, name, KINDS)  # which no file can mean
        if value is KINDS or not (callable(value) or request["on"]):
            return {"kind": "missing"}
        if request["get"]:
            if callable(value):
                return {"kind": "method"}
        else:
            value = value(*args, **kwargs)
    except BaseException as error:  # SystemExit and KeyboardInterrupt, too
        return explain(error, path)
    try:
        after = [pack(args, file.handle), pack(kwargs, file.handle)]
        if plainly(after) != plainly([request["args"], request["kwargs"]]):
            return {"kind": "changed"}
        content = pack(value, file.handle)
        return {"kind": "value", "value": content, "warned": warned.first}
    except TypeError as error:
        return {"kind": "unreadable", "text": str(error)}


def main() -> None:
    """Answer requests until the parent closes the pipe."""
    # What the learner prints must not end up among the answers: standard output
    # becomes standard error, and the answers go through a copy of the original.
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    requests = os.fdopen(os.dup(0), encoding="ascii")
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    # After a crash, and when the parent asks before it ends us, the line is printed.
    faulthandler.enable()
    # Where it cannot ask (Windows), a thread of faulthandler's tells of a call that is
    # too long, and ends us: that helps, too, where nobody is left to do it.
    asked = hasattr(signal, "SIGURG")
    if asked:  # which does nothing to a process that ignores it
        faulthandler.register(signal.SIGURG)
    screen = Screen(open(os.devnull, "wb"), encoding="utf-8")
    sys.stdout = sys.stderr = screen
    walls = runpy.run_path(str(BESIDE("walls.py")))
    level = walls["build"](int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
    print(json.dumps({"level": level}), file=answers, flush=True)
    files: dict[str, File] = {}
    warned = Warned()
    warnings.simplefilter("always", RuntimeWarning)
    warnings.showwarning = warned.take
    sys.meta_path.insert(0, OnlyNumPy)
    for line in requests:
        try:
            screen.left = PRINTS
            request = json.loads(line)
            if not asked:
                seconds = request["seconds"] + LATE
                faulthandler.dump_traceback_later(seconds, exit=True, file=2)
            said = json.dumps(answer(files, request, warned))
        except BaseException:  # a text or a number that cannot be written
            what = "something that cannot be told"
            said = json.dumps({"kind": "unreadable", "text": what})
        faulthandler.cancel_dump_traceback_later()
        print(said, file=answers, flush=True)


if __name__ == "__main__":
    main()
