"""What a learner reads of a test that failed: its sentence, the input, the verdict."""

from __future__ import annotations

import textwrap

import numpy as np

from .exercise import Exercise
from .kinds import PLAIN, SameNumbers
from .runs import Run
from .sentences import location
from .submission import Call, Submission
from .verdict import LONGEST, WIDTH, Verdict, labeled, plain, show

INPUT_HELPS = ("value", "error", "memory", "timeout", "changed", "unreadable")


def unusable(submission: Submission, error: str) -> Verdict:
    """Return the verdict on an answer with which a test could not work.

    The reference solution passes every test, so it is the answer that does not fit.
    """
    last = submission.calls[-1]
    return Verdict(
        f"`{last.name}` returned {show(last.outcome.value)}, with which the test could"
        f" not go on ({error})."
    )


def message(run: Run, told: dict[tuple[str, str], str]) -> str:
    """Return a verdict below its test's sentence and input.

    `told` has what was said of a file that could not be loaded, and by which test.
    """
    parts = [run.test.title, ""]
    if run.test.message:  # a hidden test says nothing else
        return printable([*parts, run.test.message])
    verdict = fill(str(run.verdict))
    if run.last.loading:  # which is said once
        first = told.setdefault((run.exercise.id, verdict), run.test.name)
        again = "See the first test: it is about the file."
        return printable([*parts, verdict if first == run.test.name else again])
    kind = run.submission.kind
    if kind is not PLAIN:
        parts += [fill(kind.says), ""]
    if run.last.kind in INPUT_HELPS and run.submission.calls:
        parts.append(the_call(run.exercise, run.submission.calls[-1], kind))
    return printable([*parts, verdict + fill(warned(run))])


def warned(run: Run) -> str:
    """Return of what NumPy warned, where a number is not finite: that is the cause."""
    text, line = run.last.warned
    compared = run.verdict.compared if run.verdict else None
    if not text or compared is None or np.isfinite(compared.mine).all():
        return ""
    return f"\nNumPy warned first of: {text}.{location(run.submission.path, line)}"


def with_reason(message: str, reason: str) -> str:
    """Return a message with what answers it, if anything does."""
    return printable([message, "", fill(reason)]) if reason else message


def printable(parts: list[str]) -> str:
    """Return text that can be printed, and not without end."""
    return plain("\n".join(parts).expandtabs())[:LONGEST]


def fill(text: str) -> str:
    """Return a text with its sentences broken into lines; what is indented stays."""
    wrap = textwrap.TextWrapper(WIDTH, break_long_words=False, break_on_hyphens=False)
    lines = text.splitlines()
    return "\n".join(n if n.startswith(" ") else wrap.fill(n) for n in lines)


def the_call(exercise: Exercise, call: Call, kind: SameNumbers) -> str:
    """Return the call with its input, a few lines for each argument."""
    names = exercise.signatures.get(call.name, ())
    given = dict(zip(names, call.args, strict=False)) | call.kwargs
    if not given and call.outcome.kind == "value":
        return labeled(f"{call.name}() returned ", show(call.outcome.value), 0)
    lines = [f"{call.name}({', '.join(given)}) with"]
    width = max(map(len, given), default=0)
    for name, value in given.items():
        note = f", {kind.short}" if kind.short and kind.is_it(value) else ""
        lines.append(labeled(f"{name:{width}} = ", show(value) + note))
    return "\n".join(lines)
