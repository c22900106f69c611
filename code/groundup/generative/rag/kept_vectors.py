"""Vectors of many texts, made once: kept in blocks on disk, so that work can stop.

A block's name is the SHA-256 of its texts and of the encoder, so that a text that was
changed has no old vector. A block has its name once all of it is written; two processes
at most do the same work twice, and a lock keeps them from that.
"""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from groundup.pretrained.files import cache_folder, finished
from groundup.pretrained.minilm import WEIGHTS

Vectors = NDArray[np.float32]
Encode = Callable[[Sequence[str]], Vectors]
Tell = Callable[[int, int], None]
BLOCK = 256  # texts
KEPT = np.float16  # half the room; cosines change by less than 0.001


class Block(NamedTuple):
    """Some of the texts, from `start` on, and the file of their vectors."""

    start: int
    texts: Sequence[str]
    file: Path


class KeptVectors:
    """The vectors of texts: (n, width), block by block, in a folder of the cache.

    `encode` makes vectors of texts, `name` tells encoders apart. Raises ValueError for
    no texts.
    """

    def __init__(
        self,
        texts: Sequence[str],
        encode: Encode,
        width: int,
        name: str = WEIGHTS.sha256,
        folder: Path | None = None,
    ) -> None:
        if not texts:
            raise ValueError("expected one text or more, found none")
        self.encode, self.width = encode, width
        self.folder = folder or cache_folder() / "vectors"
        self.n_texts = len(texts)
        self.blocks = [
            Block(start, some, self.folder / f"{digest(name, some)}.npy")
            for start in range(0, len(texts), BLOCK)
            for some in [texts[start : start + BLOCK]]
        ]

    def missing(self) -> list[Block]:
        """Return the blocks that are not there yet."""
        return [block for block in self.blocks if not block.file.exists()]

    def build(self, tell: Tell) -> bool:
        """Make all blocks that are missing; `tell` gets how many of how many are there.

        Returns False, and does nothing, while another process makes them. What is
        interrupted goes on where it was.
        """
        lock = self.folder / f"{self.blocks[0].file.stem}.lock"
        with alone(lock) as mine:
            if mine:
                missing, total = self.missing(), len(self.blocks)
                for number, block in enumerate(missing):
                    tell(total - len(missing) + number, total)
                    self.write(block)
                tell(total, total)
        return mine

    def write(self, block: Block) -> None:
        """Make a block and give it its name, once it is whole."""
        buffer = io.BytesIO()
        np.save(buffer, self.encode(block.texts).astype(KEPT), allow_pickle=False)
        data = buffer.getvalue()
        with finished(block.file, hashlib.sha256(data).hexdigest()) as file:
            file.write(data)

    def load(self) -> Vectors | None:
        """Return all vectors, or None as long as a block is missing.

        A file that is none of ours is removed, and its block is missing.
        """
        if self.missing():
            return None
        found = np.empty((self.n_texts, self.width), np.float32)
        for start, texts, file in self.blocks:
            vectors = read(file, (len(texts), self.width))
            if vectors is None:
                file.unlink(missing_ok=True)
                return None
            found[start : start + len(texts)] = vectors
        return found


def digest(name: str, texts: Sequence[str]) -> str:
    """Return the SHA-256 of an encoder's name and texts, in hexadecimal."""
    hashed = hashlib.sha256(name.encode())
    for text in texts:
        data = text.encode()
        hashed.update(len(data).to_bytes(8, "little") + data)  # where each ends counts
    return hashed.hexdigest()


def read(file: Path, shape: tuple[int, int]) -> NDArray[np.float16] | None:
    """Return the vectors of a file, or None where it does not hold such vectors."""
    try:
        vectors = np.load(file, allow_pickle=False)
    except (ValueError, EOFError, OSError):
        return None
    right = isinstance(vectors, np.ndarray) and vectors.dtype == KEPT
    if not right or vectors.shape != shape or not np.isfinite(vectors).all():
        return None
    return np.asarray(vectors)


@contextmanager
def alone(lock: Path) -> Iterator[bool]:
    """Tell whether no other process holds this lock, and hold it until the end.

    The system takes a lock away from a process that ends, however it ends.
    """
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("ab") as file:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
