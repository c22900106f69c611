"""Files that are made once and kept: whole and right, or not there."""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

STALE = 3600  # seconds after which an unfinished file belongs to nobody


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
