"""Workers that serve one answer of ours after another, in the proofs of exercises.

A learner's answer gets a process that nobody has used. Starting one takes longer than
most tests, though, and the mutants of a solution are many: they share processes, and a
process that one of them has changed is ended.
"""

from __future__ import annotations

from pathlib import Path

from .parts import Limits
from .process import SPARES, Worker, prepared
from .submission import NO_CALL, request

PROBE = Path(__file__).with_name("probe.py")


def taken(limits: Limits, weakest: str, strongest: str) -> Worker:
    """Return a worker that knows how its process was before it ran anything."""
    worker = prepared(limits, weakest, strongest)
    worker.untouched = worker.untouched or state(worker)
    return worker


def put_back(worker: Worker) -> None:
    """Keep a worker for the next answer, unless its process is not as it was."""
    if worker.process is None or state(worker) != worker.untouched:
        worker.stop()
        return
    worker.seconds, worker.waited = worker.limits.seconds, 0.0
    worker.reason, worker.broken = "", {}
    key = worker.limits, worker.weakest, worker.strongest
    SPARES.setdefault(key, []).append(worker)


def state(worker: Worker) -> str:
    """Return what a process says of everything that its files could have changed."""
    call = request(PROBE, True, NO_CALL, ()) | {"function": "state"}
    return str(worker.ask(call).value)
