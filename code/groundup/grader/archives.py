"""The files of what somebody hands in: a folder, an archive, or a single file.

Archives are read in memory, nothing of them is unpacked; links are not followed, and
what is too large is left unread. An archive that lies in a folder is looked into, one
that lies in an archive is not.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from .answers import is_hidden, may_count

LARGEST = 1_000_000  # bytes of one answer; files above are not read
LARGEST_OF_ALL = 20_000_000  # bytes of all files of a submission that are read
LARGEST_ARCHIVE = 50_000_000  # bytes that a tar archive may unpack to
MOST = 2_000  # files of one submission that are looked at
MOST_ARCHIVES = 20  # in one folder
OPENERS: dict[str, Callable[[Path], Any]] = {
    ".tar": lambda path: path.open("rb"),
    ".tgz": gzip.open,
    ".tar.gz": gzip.open,
    ".tar.bz2": bz2.open,
    ".tar.xz": lzma.open,
}
ARCHIVES = (".zip", *OPENERS)


@dataclass(frozen=True)
class File:
    """A file with its place in what was handed in; no content where none was read."""

    name: str
    content: bytes | None = None
    why: str = ""  # what kept it from being read, if it might have been an answer

    def __str__(self) -> str:
        """Return its name, and why it was not read."""
        return f"{self.name} ({self.why})" if self.why else self.name


@dataclass
class Contents:
    """What somebody handed in: files that were read, by name, and the others."""

    files: dict[str, bytes] = field(default_factory=dict)
    others: list[File] = field(default_factory=list)


def contents(found: Iterable[File]) -> Contents:
    """Return files in memory, not too many; raises ValueError if too large."""
    kept, total = Contents(), 0
    for file in found:
        if file.content is None:
            if len(kept.others) < MOST:
                kept.others.append(file)
            continue
        total += len(file.content)
        if total > LARGEST_OF_ALL:
            raise ValueError(f"it has more than {LARGEST_OF_ALL:,} bytes of answers")
        if len(kept.files) == MOST:
            break
        kept.files[file.name] = file.content
    return kept


def is_archive(name: str) -> bool:
    """Tell by its name whether a file is an archive that can be read."""
    return name.lower().endswith(ARCHIVES)


def read_files(entry: Path, name: str = "") -> Iterator[File]:
    """Yield the files that somebody handed in, with the content of possible answers.

    `name` says what a single file was called when it was handed in. A bad archive in
    a folder spoils nothing. Raises what the readers of archives raise, for an entry
    that is an archive and cannot be read.
    """
    name = name or entry.name
    if entry.is_dir():
        yield from in_folder(entry)
    elif is_archive(name):
        yield from unpacked(entry, name)
    else:
        yield small(name, partial(entry.open, "rb"))


def in_folder(folder: Path) -> Iterator[File]:
    """Yield the files of a folder, and those in its archives."""
    archives = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink() or is_hidden(name) or not path.is_file():
            continue
        archives += is_archive(name)
        if not is_archive(name):
            yield small(name, partial(path.open, "rb"))
        elif archives > MOST_ARCHIVES:
            yield File(name, why=f"more than {MOST_ARCHIVES} archives")
        else:
            try:
                for found in unpacked(path, name):
                    yield File(f"{name}/{found.name}", found.content, found.why)
            except Exception as error:  # archives can be broken in so many ways
                yield File(name, why=f"cannot be read: {error}")


def unpacked(path: Path, name: str) -> Iterator[File]:
    """Yield the files of an archive, of the kind that its name says."""
    if name.lower().endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist()[:MOST]:
                inner = info.filename.replace("\\", "/")  # some of Windows's programs
                if not (info.is_dir() or is_hidden(inner)):
                    yield small(inner, partial(archive.open, info))
        return
    ending = next(e for e in OPENERS if name.lower().endswith(e))
    with (
        OPENERS[ending](path) as opened,
        tarfile.open(fileobj=Capped(opened), mode="r|") as tar,
    ):
        for member in tar:
            if member.isfile() and not is_hidden(member.name):
                yield small(member.name, partial(tar.extractfile, member))


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


def small(name: str, opened: Callable[[], Any]) -> File:
    """Return a file, with its content if that may be an answer and is not too large."""
    if not may_count(name):
        return File(name)
    with opened() as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        return File(name, why=f"more than {LARGEST:,} bytes")
    return File(name, content)
