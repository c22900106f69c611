"""Names of students and files, which the same person and program write differently."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Container


def clean(name: str) -> str:
    """Return a name as one text, however its accents and spaces are written.

    What cannot be printed, or was no text at all, is written as an escape: names that
    differ stay different.
    """
    text = unicodedata.normalize("NFC", " ".join(name.split()))
    return "".join(c if c.isprintable() else escaped(c) for c in text)


def escaped(sign: str) -> str:
    """Return a character that cannot be printed in ASCII."""
    return sign.encode("unicode_escape").decode("ascii")


def folded(name: str) -> str:
    """Return a name without the difference of capital and small letters."""
    return unicodedata.normalize("NFC", name.lower())


def squeezed(name: str) -> str:
    """Return the letters and digits of a name alone, as Canvas writes names."""
    return "".join(c for c in folded(name) if c.isalnum() or c == "_")


def free(name: str, taken: Container[str]) -> str:
    """Return a name that is not taken: itself, else with a number."""
    numbered = (f"{name} ({number})" for number in itertools.count(2))
    return next(n for n in itertools.chain([name], numbered) if n not in taken)
