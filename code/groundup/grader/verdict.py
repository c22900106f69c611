"""What a learner reads when an answer is not right yet."""

from __future__ import annotations

import reprlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

WIDTH = 76
LINES = 6
LONGEST = 10_000  # characters that anything shown may have
MOST = 12  # parts of a tuple that are shown
THRESHOLD = 24  # entries of an array that are all shown
SHORTENED = reprlib.Repr()  # looks at the beginning of a value before it writes it
SHORTENED.maxlist = SHORTENED.maxtuple = SHORTENED.maxdict = 60
SHORTENED.maxstring = SHORTENED.maxother = 1000
SHORTENED.maxlevel = 8


@dataclass(frozen=True)
class Compared:
    """What a test compared: an answer's array as it came, and the expected one.

    `name` is that of the result where there are several.
    """

    mine: NDArray[Any]
    wanted: NDArray[Any]
    name: str = ""


class Verdict(AssertionError):
    """A test's finding about a submission, in words; never a fault of the grader.

    `compared` are the arrays that it is about, if it is about any; `listed` are an
    answer's list or text and the expected one.
    """

    def __init__(
        self,
        says: str,
        compared: Compared | None = None,
        listed: tuple[Any, Any] | None = None,
    ) -> None:
        super().__init__(says)
        self.compared = compared
        self.listed = listed


def show(value: Any, digits: int = 6) -> str:
    """Return a value in a few lines, arrays with their shape; whatever it is."""
    try:
        return clip(written(value, digits))
    except Exception:  # there are values that NumPy cannot write
        return "a value that cannot be shown"


def written(value: Any, digits: int = 6) -> str:
    """Return a value as text, the beginning of a long one."""
    if isinstance(value, float | np.floating):
        return f"{value:.{max(8, digits)}g}"
    if isinstance(value, tuple):
        more = ["…"] if len(value) > MOST else []
        return "(" + ", ".join([*map(written, value[:MOST]), *more]) + ")"
    if not isinstance(value, np.ndarray):
        return SHORTENED.repr(value)
    text = np.array2string(
        value,
        precision=digits,
        threshold=THRESHOLD,
        edgeitems=2,
        max_line_width=WIDTH,
    )
    return text if value.size <= 1 else f"{text}   shape {value.shape}"


def clip(text: str) -> str:
    """Return the first lines of a text, without what would steer a terminal."""
    lines = plain(text[:LONGEST]).splitlines() or [""]
    more = ["…"] if len(lines) > LINES else []
    return "\n".join([line[: 2 * WIDTH] for line in lines[:LINES]] + more)


def plain(text: str) -> str:
    """Return a text in which everything but line ends can be printed."""
    return "".join(c if c.isprintable() or c == "\n" else "\ufffd" for c in text)


def labeled(label: str, text: str, indent: int = 2) -> str:
    """Return a text after its label, its further lines below the first."""
    start = " " * indent + label
    return start + text.replace("\n", "\n" + " " * len(start))
