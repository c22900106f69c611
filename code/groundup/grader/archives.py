"""The files of what somebody hands in: a folder, an archive, or a single file.

Archives are read in memory, nothing of them is unpacked; links are not followed, and
what is too large is left unread.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from .answers import may_count

LARGEST = 1_000_000  # bytes of one answer; files above are not read
LARGEST_OF_ALL = 20_000_000  # bytes of all files of a submission that are read
LARGEST_ARCHIVE = 50_000_000  # bytes that a tar archive may unpack to
MOST = 2_000  # files of one submission that are looked at
OPENERS: dict[str, Callable[[Path], Any]] = {
    ".tar": lambda path: path.open("rb"),
    ".tgz": gzip.open,
    ".tar.gz": gzip.open,
    ".tar.bz2": bz2.open,
    ".tar.xz": lzma.open,
}
ARCHIVES = (".zip", *OPENERS)


def limited(files: Iterable[tuple[str, bytes]]) -> Iterator[tuple[str, bytes]]:
    """Yield files as long as they are not too many; raises ValueError if too large."""
    total = 0
    for name, content in islice(files, MOST):
        total += len(content)
        if total > LARGEST_OF_ALL:
            raise ValueError(f"it has more than {LARGEST_OF_ALL:,} bytes of answers")
        yield name, content


def read_files(entry: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files that may hold answers: each with its place in what was handed in.

    Raises what the readers of archives raise, for archives that cannot be read.
    """
    if entry.is_dir():
        for path in sorted(entry.rglob("*")):
            name = path.relative_to(entry).as_posix()
            if may_count(name) and path.is_file() and not path.is_symlink():
                with path.open("rb") as file:
                    yield from small(name, file)
    elif entry.suffix.lower() == ".zip":
        with zipfile.ZipFile(entry) as archive:
            for info in archive.infolist()[:MOST]:
                name = info.filename.replace("\\", "/")  # some of Windows's programs
                if may_count(name) and not info.is_dir():
                    with archive.open(info) as file:
                        yield from small(name, file)
    elif may_count(entry.name):
        with entry.open("rb") as file:
            yield from small(entry.name, file)
    else:
        ending = next(e for e in OPENERS if entry.name.lower().endswith(e))
        with (
            OPENERS[ending](entry) as unpacked,
            tarfile.open(fileobj=Capped(unpacked), mode="r|") as archive,
        ):
            for member in archive:
                if member.isfile() and may_count(member.name):
                    content = archive.extractfile(member)
                    if content:
                        yield from small(member.name, content)


class Capped(io.RawIOBase):
    """A file that refuses to be read further than an archive may reach."""

    def __init__(self, file: Any) -> None:
        super().__init__()
        self.file, self.left = file, LARGEST_ARCHIVE

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; raises ValueError where they are too many."""
        content: bytes = self.file.read(size)
        self.left -= len(content)
        if self.left < 0:
            raise ValueError(f"it unpacks to more than {LARGEST_ARCHIVE:,} bytes")
        return content


def small(name: str, file: Any) -> Iterator[tuple[str, bytes]]:
    """Yield a file's name and content, unless it is too large to be an answer."""
    content = file.read(LARGEST + 1)
    if len(content) <= LARGEST:
        yield name, content
