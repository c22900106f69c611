"""What the command prints: every text, whatever the encoding of its output lacks.

A console of Windows, a pipe or a file may have a few hundred characters and no more. A
sign that is not among them is written in plain ones; no verdict is lost over it.
"""

from __future__ import annotations

import codecs
import io
import sys
from collections.abc import Iterator

ERRORS = "groundup.plain"  # the name under which codecs know `plain_signs`
PLAIN = {"✓": "+", "✗": "x", "·": ".", "…": "...", "→": "->", "×": "x", "−": "-"}
PLAIN |= {"–": "-", "—": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "\ufffd": "?"}
PLAIN |= {"■": "#", "□": "-"}
PLAIN |= {"≤": "<=", "≥": ">=", "≠": "!=", "≈": "~", "²": "^2", "ᵀ": "^T"}


def plain_signs(error: UnicodeError) -> tuple[str, int]:
    """Return plain signs for those that an encoding lacks, and where to go on.

    What has no plain sign is written as Python writes it in a string: `\\u03bb`.
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    return "".join(PLAIN.get(sign) or escaped(sign) for sign in lacking), error.end


def escaped(sign: str) -> str:
    """Return a character in ASCII, as an escape."""
    return sign.encode("ascii", "backslashreplace").decode("ascii")


def take_any_text() -> None:
    """Make standard output and standard error refuse no text from now on."""
    codecs.register_error(ERRORS, plain_signs)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=ERRORS)


def say(text: str = "", err: bool = False) -> None:
    """Print a text at once, in the encoding that the stream has.

    Typer's own `echo` takes ASCII for a mistake and writes UTF-8 instead.
    """
    print(text, file=sys.stderr if err else sys.stdout, flush=True)


def write(text: str) -> None:
    """Write a piece of an answer, at once."""
    print(text, end="", flush=True)


def typed(prompt: str) -> Iterator[str]:
    """Yield what is typed until an empty line or the end; a pipe gets no prompt."""
    shown = prompt if sys.stdin.isatty() else ""
    while True:
        try:
            text = input(shown).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if not text:
            return
        yield text
