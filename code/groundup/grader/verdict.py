"""What a learner reads when an answer is not right yet."""

from __future__ import annotations

from typing import Any

import numpy as np

WIDTH = 76
LINES = 6
LONGEST = 10_000  # characters of a value that are looked at


class Verdict(AssertionError):
    """A test's finding about a submission, in words; never a fault of the grader."""


def show(value: Any) -> str:
    """Return a value in a few lines, arrays with their shape."""
    if isinstance(value, float | np.floating):
        return f"{value:.8g}"
    if isinstance(value, tuple):
        return "(" + ", ".join(show(item) for item in value) + ")"
    if not isinstance(value, np.ndarray):
        return clip(repr(value))
    text = np.array2string(
        value, precision=6, threshold=24, edgeitems=2, max_line_width=WIDTH
    )
    return clip(text if value.size <= 1 else f"{text}   shape {value.shape}")


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
