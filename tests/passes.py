"""A pass that is kept: one small file outside of the checkout, whole or not at all."""

from __future__ import annotations

import json
import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from tests.machine import digest

DAYS = 60  # what nobody asked for is removed


def folder(what: str = "passes") -> Path:
    """Return where passes are kept, or something else: outside the checkout."""
    given = os.environ.get("GROUNDUP_KEPT")
    return Path(given or platformdirs.user_cache_path("groundup")).resolve() / what


@dataclass
class Check:
    """A test whose pass may be kept: its inputs, and what became of it."""

    test: str
    inputs: frozenset[Path]
    digest: str
    seconds: float = 0.0
    outcomes: list[str] = field(default_factory=list)
    read: set[Path] = field(default_factory=set)  # of the checkout, while it ran

    @property
    def entry(self) -> Path:
        """The file that keeps the pass."""
        name = digest([self.digest, self.test])
        return folder() / name[:2] / name[2:]

    def kept(self) -> float | None:
        """Return the seconds of the pass that is kept, None where none is."""
        try:
            told, proof = self.entry.read_text(encoding="utf-8").splitlines()
            found = json.loads(told)
            if proof != digest([told]) or found["test"] != self.test:
                return None
            os.utime(self.entry)  # somebody asked for it
            return float(found["seconds"])
        except (OSError, ValueError, KeyError, TypeError):  # absent, or damaged
            return None

    def keep(self) -> None:
        """Keep the pass; the entry is there as a whole or not at all."""
        told = json.dumps({"test": self.test, "seconds": round(self.seconds, 3)})
        with suppress(OSError):  # a folder that cannot be written keeps nothing
            self.entry.parent.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.entry.parent, prefix=".")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(f"{told}\n{digest([told])}\n")
            os.replace(name, self.entry)


def clear_out() -> None:
    """Remove the passes that nobody has asked for in a while."""
    oldest = time.time() - DAYS * 24 * 3600
    for path in folder().glob("*/*"):
        with suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()
