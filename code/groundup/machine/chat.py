"""A conversation in the terminal, streamed; Ctrl-C ends an answer, not the talk."""

from __future__ import annotations

import codecs
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import numpy as np

from groundup.transformers.language_model import Conversation

from .assembly import Machine
from .guard import Guard

SLOW_SECONDS = 2.0  # a token that takes longer: the part that took most of it is named
PROBE = "Give me three facts about penguins."
PROBE_TOKENS = 16
Write = Callable[[str], None]


def pieces(machine: Machine, tokens: Iterator[int]) -> Iterator[str]:
    """Yield the text of tokens as soon as its characters are complete."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    for token in tokens:
        yield decoder.decode(machine.tokenizer.decode_bytes([token]))
    yield decoder.decode(b"", final=True)


def rate(machine: Machine) -> float:
    """Return how many tokens the machine makes in a second, on a short answer."""
    talk = Conversation(machine.model, machine.tokenizer)
    tokens = talk.answer(PROBE, limit=PROBE_TOKENS)
    next(tokens)  # the prompt is read
    begun = time.perf_counter()
    made = sum(1 for _ in tokens)
    return made / (time.perf_counter() - begun)


class Talk:
    """A conversation with a machine, written piece by piece."""

    def __init__(
        self,
        machine: Machine,
        write: Write,
        *,
        t: float = 0.0,
        p: float = 1.0,
        seed: int = 0,
        limit: int = 300,
    ) -> None:
        self.machine, self.write, self.limit = machine, write, limit
        self.choose = machine.chooser(np.random.default_rng(seed), t, p)
        self.conversation = Conversation(machine.model, machine.tokenizer)
        self.named: set[str] = set()

    def say(self, text: str) -> str:
        """Write the answer to a message, and return it as far as it came.

        Ctrl-C ends the answer; what was said of it is remembered in the conversation.
        """
        said, begun, count = "", time.perf_counter(), 0
        tokens = self.conversation.answer(text, limit=self.limit, choose=self.choose)
        with closing(tokens):
            try:
                for piece in pieces(self.machine, self.watched(tokens)):
                    said += piece
                    count += 1
                    self.write(piece)
            except KeyboardInterrupt:
                self.write(" …")
        seconds = time.perf_counter() - begun
        made = max(count - 1, 0)  # the last piece is the rest of a character
        self.write(f"\n[{made} tokens, {made / seconds:.1f} tokens per second]\n")
        self.tell_printed()
        return said.strip()

    def watched(self, tokens: Iterator[int]) -> Iterator[int]:
        """Yield tokens; a slow one names the part that took most of its time."""
        guards = self.machine.guards
        first = True
        while True:
            before = {id(guard): guard.seconds for guard in guards}
            begun = time.perf_counter()
            token = next(tokens, None)
            if token is None:
                return
            took = time.perf_counter() - begun
            if took > SLOW_SECONDS and guards and not first:
                self.name_slow(
                    max(guards, key=lambda g: g.seconds - before[id(g)]), took
                )
            first = False  # with the first token, the whole prompt was read
            yield token

    def name_slow(self, guard: Guard, took: float) -> None:
        """Say once of a part that it is slow."""
        if guard.organ.name not in self.named:
            self.named.add(guard.organ.name)
            self.write(
                f"\n[{guard.organ.name} is slow: this token took {took:.1f} s]\n"
            )

    def tell_printed(self) -> None:
        """Say of parts that print what their first line is, once."""
        for guard in self.machine.guards:
            if (line := guard.printed.first_line) and line not in self.named:
                self.named.add(line)
                self.write(f"[{guard.organ.name} prints: {line}]\n")
