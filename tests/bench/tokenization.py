"""Tokenization beside tokenizers: GPT-2's ids of a megabyte of the standard library."""

from __future__ import annotations

import email
from pathlib import Path

import tokenizers
from groundup.pretrained import gpt2
from groundup.transformers.tokenization import Tokenizer, load_gpt2

from .measure import Benchmark

LIBRARY = Path(email.__file__).parents[1]
files = sorted(LIBRARY.glob("*.py"))
text = "\n".join(f.read_text(encoding="utf-8", errors="ignore") for f in files)
text = text[:1_000_000]

ours = load_gpt2()
files = [str(carried.path()) for carried in (gpt2.TOKENS, gpt2.MERGES)]
peer = tokenizers.Tokenizer(tokenizers.models.BPE.from_file(*files))
peer.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)


def from_nothing(tokenizer: Tokenizer) -> list[int]:
    """Return the ids with no word remembered from an earlier run."""
    tokenizer.cache.clear()
    return tokenizer.encode(text)


BENCHMARKS = [
    # The aim is half a megabyte a second: the library, written in Rust, reads one in
    # about a third of a second on one core.
    Benchmark(
        "encode 1 MB of code, no word known",
        "tokenizers",
        lambda: from_nothing(ours),
        lambda: peer.encode(text),
        aim=6.0,
    ),
    Benchmark(
        "encode 1 MB of code again",
        "tokenizers",
        lambda: ours.encode(text),
        lambda: peer.encode(text),
        aim=1.0,
    ),
]
