"""The process in which learners' files run, and what comes of a call to it.

It is started when needed, gets plain data, gives plain data back, and is ended from
outside when a call lasts too long. Whatever it says is taken for data, never for a
verdict: that is made in this process alone.
"""

from __future__ import annotations

import atexit
import base64
import contextlib
import json
import math
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import numpy as np

from . import worker
from .exercise import PACKAGED
from .parts import Limits
from .verdict import plain
from .walls import LEVELS

# One thread for the linear algebra: the same result and the same memory everywhere.
THREADS = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL")}
THREADS |= {"VECLIB_MAXIMUM_THREADS": "1"}  # of macOS
KEPT = ("PATH", "LANG", "LC_ALL", "SYSTEMROOT")  # of our environment; nothing else
SECONDS_TO_START = 60.0
LONGEST_ANSWER = 16_000_000  # bytes of one answer: more than any exercise asks for
MOST_PARTS = 1_000_000  # entries of its lists: each takes many times its bytes here
MOST_ENTRIES = 2_000_000  # of an array, where no length counts as less than one
LONGEST_TEXT = 100_000  # characters of a text, and a tenth of it in an array
LAST_LINE = 1_000_000  # of a file, as far as one is told
UNASKED = 4  # answers that are kept before anybody asks for them
LONGEST_PRINT = 2_000_000  # bytes of what a learner's file printed that are read
PRINTED = 4000  # characters of what a learner's file printed that are shown
KINDS = {"value", "method", "stub", "missing", "error", "memory", "changed"}
KINDS |= {"unreadable", "forbidden", "package", "printed"}
BUSIEST = 20  # calls of full length that one process may work through
SHORT = 0.1  # of the limit is left for a call after one that did not end
PATIENCE = 4  # calls of full length that one test waits for
SECONDS_FOR_THE_LINE = 0.1  # in which a process may say where it was
SECONDS_TO_END = 2.0  # in which one that nobody can ask does so by itself
AT = r'File "{}", line ([0-9]{{1,6}}) in'  # in what faulthandler prints
# How a crash ends a process of Windows, as the signal that ends it elsewhere.
CRASHES = {0xC0000005: -11, 0xC00000FD: -11, 0xC000001D: -4, 0xC0000094: -8}
CRASHES |= {0xC0000409: -6}
# What NumPy says of arithmetic.
WARNING = re.compile(
    r"(overflow|underflow|divide by zero|invalid value) encountered in [a-z0-9_ ]{1,40}"
)
# What a process sees inside bubblewrap, beside Python's own folders.
SYSTEM = ("/usr", "/lib", "/lib64", "/bin", "/etc/ld.so.cache", "/etc/localtime")


@dataclass(frozen=True)
class Outcome:
    """What came of a call: a value, or the way in which it failed.

    `kind` is value, stub, missing, error, package, printed, memory, timeout, ended,
    changed or unreadable, and absent or forbidden where the file was not run at all.
    `loading` is true where no function of the file could be called. `warned` is the
    first warning of NumPy's arithmetic, and the line of the file that it is about.
    """

    kind: str
    value: Any = None
    type: str = ""
    text: str = ""
    line: int | None = None
    loading: bool = False
    warned: tuple[str, int | None] = ("", None)


@dataclass(frozen=True, repr=False)
class Handle:
    """An object of a learner's class, which stays in the worker: its number, its class.

    `ask(handle, name, get, args, kwargs)` reads an attribute or calls a method of it.
    """

    number: int
    type: str
    ask: Callable[..., Any] = field(default=print, compare=False)

    def __getattr__(self, name: str) -> Any:
        """Return an attribute's value, or a method to call."""
        if name.startswith("__"):  # NumPy and others look what we are
            raise AttributeError(name)
        return self.ask(self, name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the object itself."""
        return self.ask(self, "__call__", args, kwargs)

    def __repr__(self) -> str:
        """Return what a learner reads where such an object is not expected."""
        return f"an object of your class {self.type[:80]}"


class Kept:
    """A list, tuple or dictionary of a learner's class: plain data that goes back.

    `number` and `type` are those of the object, which stays in the worker.
    """

    number: int
    type: str


KEPT_KINDS: dict[type, type] = {
    kind: type(kind.__name__, (Kept, kind), {}) for kind in worker.CONTAINERS
}


class Worker:
    """A process that runs learners' files; started when needed, ended from outside.

    `level` is that of the walls around it, known once it has started; `weakest` is the
    lowest that is accepted, `strongest` the highest that is tried.
    """

    def __init__(
        self, limits: Limits, weakest: str = "process", strongest: str = LEVELS[-1]
    ) -> None:
        self.limits, self.weakest, self.strongest = limits, weakest, strongest
        self.level = self.untouched = ""  # `untouched` is for `reuse` alone
        self.seconds, self.waited, self.reason = limits.seconds, 0.0, ""
        self.contained = weakest == LEVELS[-1]
        self.broken: dict[tuple[Path, str], Outcome] = {}  # what could not be loaded
        self.process: subprocess.Popen[bytes] | None = None
        self.answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self.scratch: Path | None = None

    def begin(self) -> None:
        """Begin a test: what others have waited for does not count against it."""
        self.waited = 0.0

    def start(self) -> subprocess.Popen[bytes]:
        """Start the process behind its walls, in a container where they are too low.

        Raises RuntimeError where it does not start, or where the walls are too low.
        """
        process = self.launch()
        low = LEVELS.index(self.level) < LEVELS.index("walls")
        if low and self.strongest == LEVELS[-1] and shutil.which("bwrap"):
            self.stop()
            self.contained = True
            process = self.launch()
        if LEVELS.index(self.level) < LEVELS.index(self.weakest):
            self.stop()
            raise RuntimeError(
                f"the walls on this machine reach {self.level!r},"
                f" {self.weakest!r} was asked for"
            )
        return process

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the process, and a thread for its answers."""
        self.scratch = Path(tempfile.mkdtemp(prefix="groundup-"))
        home = "/tmp" if self.contained else str(self.scratch)
        kept = {name: os.environ[name] for name in KEPT if name in os.environ}
        # What a learner prints or reads is UTF-8, whatever the system takes a text for.
        command = [sys.executable, "-I", "-B", "-X", "utf8", worker.__file__]
        command += [str(self.limits.megabytes), str(self.busiest()), self.strongest]
        with (self.scratch / "printed").open("wb") as printed:
            try:
                process = subprocess.Popen(
                    [*(container() if self.contained else []), *command],
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=printed,
                    cwd=self.scratch,
                    env={**kept, "HOME": home, "TMPDIR": home, **THREADS},
                    start_new_session=True,
                )
            except FileNotFoundError as error:
                self.stop()
                raise RuntimeError(f"{error.filename} is not installed") from None
        # A queue for each process: late answers of one that was ended go nowhere.
        answers: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        assert process.stdout
        collector = (process.stdout, answers)
        threading.Thread(target=collect, args=collector, daemon=True).start()
        self.process, self.answers = process, answers
        # NumPy's import is not timed, nor are the walls.
        try:
            ready = answers.get(timeout=SECONDS_TO_START)
        except queue.Empty:
            ready = b""
        if not ready:
            said = self.printed()
            self.stop()
            raise RuntimeError(f"the worker process could not start:\n{said}")
        reached = str(json.loads(ready)["level"])
        self.level = LEVELS[-1] if self.contained else reached
        return process

    def ask(self, request: dict[str, Any]) -> Outcome:
        """Send a request and wait for its answer, as long as the limit allows.

        After a call that did not end, further ones get a tenth of the limit: the
        learner waits once. So do they after several that were long.
        """
        process = self.process or self.start()
        begun = time.monotonic()
        timed = {**request, "seconds": self.seconds}
        sender = threading.Thread(target=send, args=(process, timed), daemon=True)
        sender.start()  # a worker that reads nothing must not make us wait
        try:
            line = self.answers.get(timeout=self.seconds)
        except queue.Empty:
            at = self.where(request["path"], ask=True)
            self.stop()
            lasted = f"{self.seconds:g} s"
            if self.seconds < self.limits.seconds:
                lasted += f", which is what calls get after {self.reason}"
            else:
                self.reason = "one that did not end"
            self.seconds = SHORT * self.limits.seconds
            return Outcome("timeout", text=lasted, line=at)
        self.waited += time.monotonic() - begun
        if self.waited > PATIENCE * self.limits.seconds:
            self.seconds = SHORT * self.limits.seconds
            self.reason = "others that were long"
        if not line:
            code = self.exit_code(process)
            at = self.where(request["path"])
            self.stop()
            return Outcome("ended", text=str(code), line=at)
        try:
            return read_answer(line, of_object=request["get"])
        except Exception:  # whatever it is that it sent
            self.stop()
            return Outcome("unreadable", text="something that is no answer")

    def busiest(self) -> int:
        """Return the seconds of work after which a process ends by itself.

        A call's limit is kept from outside; this is for a process that nobody ends.
        """
        return int(BUSIEST * self.limits.seconds) + 60

    def exit_code(self, process: subprocess.Popen[bytes]) -> int:
        """Return how a process that says no more ended, negative for a signal."""
        try:
            code = process.wait(timeout=1)
        except subprocess.TimeoutExpired:  # it has only closed its pipe
            self.kill()
            code = process.wait()
        if self.contained and code > 128:
            return 128 - code
        return CRASHES.get(code, code)

    def where(self, path: str, ask: bool = False) -> int | None:
        """Return the line of a file at which the process crashed, or is now."""
        told = path.encode("ascii", "backslashreplace").decode("ascii")
        at = re.compile(AT.format(re.escape(told)))
        before = self.asked(at) if ask else 0
        lines = at.findall(self.printed(whole=True)[before:])
        return int(lines[0]) if lines else None

    def asked(self, at: re.Pattern[str]) -> int:
        """Make the process print where it is; returns where in the text that begins.

        Where there is no signal to ask with, it has watched its time by itself.
        """
        before = len(self.printed(whole=True))
        if hasattr(signal, "SIGURG"):
            self.signal(signal.SIGURG)
            until = time.monotonic() + SECONDS_FOR_THE_LINE
            while time.monotonic() < until and not (
                at.search(self.printed(whole=True)[before:])
            ):
                time.sleep(0.002)
            return before
        if self.process:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(SECONDS_TO_END)
        return self.printed(whole=True).rfind(worker.TIME_IS_OVER)

    def printed(self, whole: bool = False) -> str:
        """Return what the files printed, by default its beginning."""
        if self.scratch is None:
            return ""
        with (self.scratch / "printed").open("rb") as file:
            text = file.read(LONGEST_PRINT).decode("utf-8", "replace")
        return text if whole else text[:PRINTED]

    def signal(self, number: int) -> None:
        """Send a signal to the process and all that it may have started."""
        if self.process:
            try:
                os.killpg(self.process.pid, number)
            except (AttributeError, ProcessLookupError, PermissionError):
                pass

    def kill(self) -> None:
        """Kill the process and all that it may have started."""
        if self.process:
            self.signal(getattr(signal, "SIGKILL", 9))
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
            remove(self.scratch)
        self.process = self.scratch = None


SPARES: dict[tuple[Limits, str, str], list[Worker]] = {}


def prepared(limits: Limits, weakest: str, strongest: str) -> Worker:
    """Return a worker, one that has been started already if there is such a one."""
    spares = SPARES.get((limits, weakest, strongest), [])
    while spares:
        spare = spares.pop()
        if spare.process and spare.process.poll() is None:
            return spare
        spare.stop()
    return Worker(limits, weakest, strongest)


def prepare(limits: Limits, weakest: str = LEVELS[0]) -> None:
    """Start a worker, NumPy loaded, for the check to come; nobody waits for it."""
    spare = Worker(limits, weakest)
    try:
        spare.start()
    except RuntimeError:  # the check itself will say why
        return
    for old in SPARES.setdefault((limits, weakest, LEVELS[-1]), []):
        old.stop()
    SPARES[limits, weakest, LEVELS[-1]] = [spare]


@atexit.register
def discard() -> None:
    """End the workers that nobody has asked for."""
    while SPARES:
        for spare in SPARES.popitem()[1]:
            spare.stop()


def remove(folder: Path) -> None:
    """Remove a folder, again where the system still holds a file of it (Windows)."""
    for _ in range(5):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)


def container() -> list[str]:
    """Return the command of a container that sees Python and the system, read-only.

    Exercises that are installed among Python's packages are not seen.
    """
    options = ["--unshare-all", "--die-with-parent", "--dev", "/dev", "--proc", "/proc"]
    options += ["--tmpfs", "/tmp", "--chdir", "/tmp"]
    own = [worker.BESIDE(f"{name}.py") for name in ("worker", "walls", "forbidden")]
    seen = [*SYSTEM, sys.prefix, sys.base_prefix, *own]
    for path in dict.fromkeys(map(str, seen)):
        options += ["--ro-bind-try", path, path]
    options += ["--tmpfs", str(PACKAGED)] if PACKAGED.is_dir() else []
    return ["bwrap", *options, "--"]


def send(process: subprocess.Popen[bytes], request: dict[str, Any]) -> None:
    """Write a request; a process that has ended tells so by its silence."""
    assert process.stdin
    try:
        process.stdin.write(json.dumps(request).encode() + b"\n")
        process.stdin.flush()
    except (OSError, ValueError):
        pass


def collect(pipe: IO[bytes], answers: queue.SimpleQueue[bytes]) -> None:
    """Put the lines of a pipe into a queue; an empty one when no more are taken."""
    try:
        while line := pipe.readline(LONGEST_ANSWER):
            if not line.endswith(b"\n"):  # cut off, or too long to be an answer
                break
            if answers.qsize() >= UNASKED:  # nobody answers ahead but to flood us
                break
            answers.put(line)
    except (OSError, ValueError, MemoryError):
        pass
    answers.put(b"")


def read_answer(line: bytes, of_object: bool = False) -> Outcome:
    """Return an answer as an outcome; raises ValueError for what is no answer.

    Only where an attribute of an object was asked for may it be a method.
    """
    if sum(map(line.count, (b",", b"[", b"{"))) > MOST_PARTS:
        raise ValueError("too many parts")
    answer = json.loads(line)
    kinds = KINDS if of_object else KINDS - {"method"}
    if not isinstance(answer, dict) or answer.get("kind") not in kinds:
        raise ValueError("no kind of answer")
    type_, text = answer.get("type", ""), answer.get("text", "")
    if not (isinstance(type_, str) and isinstance(text, str)):
        raise ValueError("no text")
    check_size(answer.get("value"))
    at = answer.get("line")
    return Outcome(
        answer["kind"],
        worker.unpack(answer.get("value"), handled),
        type=plain(type_[:PRINTED]),
        text=plain(text[:PRINTED]),
        line=at if is_line(at) else None,
        loading=answer.get("loading") is True,
        warned=warning(answer.get("warned")),
    )


def is_line(at: Any) -> bool:
    """Tell whether something is the number of a line."""
    return type(at) is int and 0 < at < LAST_LINE


def warning(said: Any) -> tuple[str, int | None]:
    """Return a warning and its line; nothing that NumPy does not say."""
    match said:
        case [str(text), at] if WARNING.fullmatch(text):
            return text, at if is_line(at) else None
    return "", None


def handled(handle: list[Any], content: Any = None) -> Any:
    """Return what stands for an object of a learner's class, or such a container."""
    number, name = handle
    if not (type(number) is int and isinstance(name, str)):
        raise ValueError("no handle")
    if content is None:
        return Handle(number, plain(name[:PRINTED]))
    kept = KEPT_KINDS[type(content)](content)
    kept.number, kept.type = number, plain(name[:PRINTED])
    return kept


def check_size(value: Any) -> None:
    """Raise ValueError for an answer that would take much more than its bytes.

    An array of no entries can still be long, and one of texts pads all to the longest.
    """
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str) and len(part) > LONGEST_TEXT:
            raise ValueError("too long a text")
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            for kind, content in part.items():
                if kind in ("array", "scalar"):
                    check_array(*content)
                else:
                    waiting.append(content)


def check_array(dtype: Any, shape: Any, text: Any, apart: Any = None) -> None:
    """Raise ValueError for an array that is larger than any exercise asks for."""
    kind = np.dtype(dtype)
    lengths = [length for length in shape if type(length) is int and length >= 0]
    if len(lengths) != len(shape) or math.prod(n or 1 for n in lengths) > MOST_ENTRIES:
        raise ValueError("no shape, or too large a one")
    if kind.kind in "US":
        if kind.itemsize > LONGEST_TEXT // 10:
            raise ValueError("too long a text")
        points = np.frombuffer(
            base64.b64decode(text), "u1" if kind.kind == "S" else "u4"
        )
        if points.size and points.max() > sys.maxunicode:
            raise ValueError("no characters")
