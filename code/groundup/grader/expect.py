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

from .beside import beside, report, sequences
from .verdict import Compared, Verdict, show

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
    name: str = "",
) -> None:
    """Raise a verdict unless the numbers and their shape are as expected.

    A difference may be `tolerance` times `scale`: the size of the numbers that went
    into the result, one for all or one for each entry; by default the largest
    expected entry. `says` is a sentence to add to the verdict, `name` the name of this
    result where there are several.
    """
    __tracebackhide__ = True
    wanted = np.asarray(want)
    wanted = wanted if wanted.dtype == bool else wanted.astype(float)
    right = wanted.astype(float)
    mine = numbers(got, wanted, name)
    if scale is None:
        scale = np.max(np.abs(right), initial=0.0)
    within = COARSER.get() * tolerance
    allowed = within * np.broadcast_to(np.asarray(scale, float), right.shape)
    with np.errstate(invalid="ignore"):
        difference = np.abs(mine.astype(float) - right)
    if np.all(difference <= allowed):  # False where something is nan
        return
    which = f"Of your results, `{name}` differs." if name else ""
    lines = filter(None, [says, which, *report(mine, wanted, allowed)])
    raise Verdict("\n".join(lines), Compared(mine, wanted, name))


def numbers(got: Any, wanted: NDArray[Any], name: str = "") -> NDArray[Any]:
    """Return an answer as an array of real numbers of the expected shape."""
    __tracebackhide__ = True
    expected = f"expected {kind_of(wanted.shape)}"
    returned = f"Your `{name}` is" if name else "You returned"
    if got is None:
        raise Verdict(f"{returned} None, {expected}: is there a `return`?")
    try:
        mine = np.asarray(got) if numeric(got) else np.asarray("")
    except ValueError:
        made = returned.removesuffix(" is") + " has" if name else returned
        raise Verdict(f"{made} rows of different lengths, {expected}.") from None
    if mine.dtype.kind not in "biuf":
        dtype = f" (dtype {got.dtype})" if isinstance(got, np.ndarray) else ""
        raise Verdict(f"{returned} {show(got)}{dtype}, {expected} of real numbers.")
    if mine.shape != wanted.shape:
        lines = [f"{returned} {kind_of(mine.shape)}, {expected}."]
        lines += beside(show(mine), show(wanted))
        raise Verdict("\n".join(lines), Compared(mine, wanted, name))
    return mine


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


def expect_same(got: Any, want: Any, *, says: str = "", name: str = "") -> None:
    """Raise a verdict unless a text, a list or another value is the expected one."""
    __tracebackhide__ = True
    if type(got) is type(want) and got == want:
        return
    what = (
        f"Of your results, `{name}` differs."
        if name
        else "Your result is not the expected one."
    )
    lines = filter(None, [says, what, *sequences(got, want)])
    raise Verdict("\n".join(lines), listed=(got, want))


def expect_parts(got: Any, *names: str) -> tuple[Any, ...]:
    """Return the parts of a tuple; raises a verdict unless each name has one."""
    __tracebackhide__ = True
    if isinstance(got, tuple | list) and len(got) == len(names):
        return tuple(got)
    wanted = f"expected {len(names)} values: `return {', '.join(names)}`"
    if isinstance(got, tuple | list):
        raise Verdict(f"You returned {len(got)} values, {wanted}.")
    raise Verdict(f"You returned {show(got)}, {wanted}.")
