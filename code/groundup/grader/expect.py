"""What the tests of an exercise say: comparisons whose failure a learner can read.

Lists and tuples of numbers are accepted where an array is expected: the tests are
about the numbers and their shape, not about the container.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .verdict import Verdict, labeled, show

COARSER = ContextVar("COARSER", default=1.0)  # how much, where inputs are float32


@contextmanager
def rounded(times: float) -> Iterator[None]:
    """Allow for inputs that are rounded so many times as coarsely."""
    token = COARSER.set(times)
    try:
        yield
    finally:
        COARSER.reset(token)


def expect(condition: bool | np.bool_, says: str) -> None:
    """Raise a verdict with this sentence unless the condition holds."""
    __tracebackhide__ = True
    if not condition:
        raise Verdict(says)


def expect_close(
    got: Any,
    want: ArrayLike,
    *,
    scale: ArrayLike | None = None,
    tolerance: float = 1e-12,
    says: str = "",
) -> None:
    """Raise a verdict unless the numbers and their shape are as expected.

    A difference may be `tolerance` times `scale`: the size of the numbers that went
    into the result, one for all or one for each entry; by default the largest
    expected entry. `says` is a sentence to add to the verdict.
    """
    __tracebackhide__ = True
    wanted = np.asarray(want, dtype=float)
    mine = numbers(got, wanted)
    if scale is None:
        scale = np.max(np.abs(wanted), initial=0.0)
    allowed = (
        COARSER.get()
        * tolerance
        * np.broadcast_to(np.asarray(scale, float), wanted.shape)
    )
    difference = np.abs(mine - wanted)
    if np.all(difference <= allowed):  # False where something is nan
        return
    raise Verdict("\n".join(filter(None, [says, *report(mine, wanted, allowed)])))


def numbers(got: Any, wanted: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return an answer as an array of real numbers of the expected shape."""
    __tracebackhide__ = True
    expected = f"expected {kind_of(wanted.shape)}"
    if got is None:
        raise Verdict(f"You returned None, {expected}: is there a `return`?")
    try:
        mine = np.asarray(got) if numeric(got) else np.asarray("")
    except ValueError:
        raise Verdict(f"You returned rows of different lengths, {expected}.") from None
    if mine.dtype.kind not in "biuf":
        raise Verdict(f"You returned {show(got)}, {expected} of real numbers.")
    if mine.shape != wanted.shape:
        lines = [
            f"You returned {kind_of(mine.shape)}, {expected}.",
            labeled("yours     ", show(mine)),
            labeled("expected  ", show(wanted)),
        ]
        raise Verdict("\n".join(lines))
    return mine.astype(float)


def numeric(value: Any) -> bool:
    """Tell whether a value is made of numbers alone.

    Of a long text beside many short ones NumPy would make a table of long ones.
    """
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list | tuple):
            waiting += part
        elif isinstance(part, np.ndarray | np.generic):
            if part.dtype.kind not in "biufc":
                return False
        elif not isinstance(part, int | float):
            return False
    return True


def kind_of(shape: tuple[int, ...]) -> str:
    """Return a shape in words."""
    return f"an array of shape {shape}" if shape else "one number"


def report(
    mine: NDArray[np.float64], wanted: NDArray[np.float64], allowed: NDArray[np.float64]
) -> list[str]:
    """Return the lines that set an answer beside the expected one."""
    lines = [
        labeled("yours     ", show(mine if mine.shape else float(mine))),
        labeled("expected  ", show(wanted if wanted.shape else float(wanted))),
    ]
    if not np.isfinite(mine).all():
        lines.append("  Some entries are not finite: was something divided by 0?")
        return lines
    difference = np.abs(mine - wanted)
    # Where the difference is largest compared with what is allowed there.
    worst = np.unravel_index(np.argmax(difference / (allowed + 1e-300)), mine.shape)
    place = f" at [{', '.join(map(str, worst))}]" if worst else ""
    lines.append(f"  largest difference {difference[worst]:.3g}{place}")
    return lines


def expect_parts(got: Any, *names: str) -> tuple[Any, ...]:
    """Return the parts of a tuple; raises a verdict unless each name has one."""
    __tracebackhide__ = True
    if isinstance(got, tuple | list) and len(got) == len(names):
        return tuple(got)
    wanted = f"expected {len(names)} values: `return {', '.join(names)}`"
    if isinstance(got, tuple | list):
        raise Verdict(f"You returned {len(got)} values, {wanted}.")
    raise Verdict(f"You returned {show(got)}, {wanted}.")
