"""What two lists or texts show of the commonest slips: facts, as in `slips`."""

from __future__ import annotations

from collections import Counter
from typing import Any


def of_lists(mine: Any, wanted: Any) -> str:
    """Return what an answer has to do with an expected list, tuple or text.

    Raises TypeError where parts of a list cannot be counted.
    """
    if not (is_row(mine) and is_row(wanted)):
        return ""
    if type(mine) is not type(wanted):
        return other_kind(mine, wanted)
    return cut(mine, wanted) or turned(mine, wanted)


def is_row(value: Any) -> bool:
    """Return whether a value is a list, a tuple or a text."""
    return isinstance(value, list | tuple | str)


def other_kind(mine: Any, wanted: Any) -> str:
    """Return whether an answer has what is expected, as another type."""
    kinds: dict[type, str] = {list: "a list", tuple: "a tuple", str: "a text"}
    yours, expected = kinds.get(type(mine)), kinds.get(type(wanted))
    if not (yours and expected and same_parts(mine, wanted)):
        return ""
    return f"You have {yours} where {expected} is expected. What is in it is right."


def same_parts(mine: Any, wanted: Any) -> bool:
    """Return whether two rows of different types have the same parts, or text."""
    text, parts = (mine, wanted) if isinstance(mine, str) else (wanted, mine)
    if not isinstance(text, str):
        return list(mine) == list(wanted)
    texts = all(isinstance(part, str) for part in parts)
    return texts and bool(parts) and text in ("".join(parts), " ".join(parts))


def cut(mine: Any, wanted: Any) -> str:
    """Return how many parts are missing at an end, or too many there."""
    short, long = sorted((mine, wanted), key=len)
    rest = len(long) - len(short)
    if not (short and rest):
        return ""
    ends = ((long[rest:], "beginning"), (long[: len(short)], "end"))
    where = next((name for part, name in ends if part == short), "")
    what = "character" if isinstance(mine, str) else "entry"
    if rest > 1:
        what = "characters" if isinstance(mine, str) else "entries"
    count = {1: "One", 2: "Two"}.get(rest, str(rest))
    verb = "is" if rest == 1 else "are"
    how = "missing" if len(mine) < len(wanted) else "too many"
    return f"{count} {what} {verb} {how} at the {where}." if where else ""


def turned(mine: Any, wanted: Any) -> str:
    """Return whether the right parts are there in another order."""
    if len(wanted) > 1 and mine == wanted[::-1]:
        return "Your result is the expected one in reverse order."
    if mine != wanted and Counter(mine) == Counter(wanted):
        parts = "characters" if isinstance(mine, str) else "entries"
        return f"Your {parts} are the expected ones in another order."
    return ""
