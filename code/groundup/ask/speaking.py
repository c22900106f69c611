"""What the book's language model says to a question and the best line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from groundup.generative.rag.entries import CONTROL
from groundup.generative.rag.prompts import BEGUN
from groundup.generative.rag.reader import Reading
from groundup.machine.assembly import Machine
from groundup.machine.chat import pieces

Write = Callable[[str], None]
NO_SPAN = "(it has no words but those of the question)"


def flat(pieces: Iterable[str]) -> Iterator[str]:
    """Yield pieces of an answer on one line, without control characters.

    White space of any length, also from piece to piece, is one space.
    """
    before = ""
    for piece in pieces:
        said = re.sub(r"\s+", " ", CONTROL.sub(" ", piece))
        said = said.removeprefix(" ") if before == " " else said
        before = said[-1:] or before
        yield said


def speak(machine: Machine, question: str, passage: str, write: Write) -> None:
    """Write the answer in words of the passage, then the model's own, as it is made.

    Ctrl-C ends the sentence, and no more.
    """
    try:
        reading = Reading(machine.model, machine.tokenizer, question, passage)
        span = reading.span()
        quoted = passage[span.start : span.end] if span else NO_SPAN
        write(f"SmolLM2, in words of line 1: {quoted}\n")
        write(f"SmolLM2, in its own words: {BEGUN}")
        for piece in flat(pieces(machine, reading.sentence())):
            write(piece)
    except KeyboardInterrupt:
        write(" …")
    write("\n")
