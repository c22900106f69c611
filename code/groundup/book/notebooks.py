"""Writes the chapters as notebooks into a folder: `python -m groundup.book.notebooks`.

What a reader has changed there is never written over.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import nbformat

from . import plain
from .front import front_matter

FOLDER = "notebooks"
MARK = "groundup"  # in a notebook's metadata: the hash of its sources as written


def chapters(root: Path) -> Iterator[Path]:
    """Yield the files of the book's chapters, which are those with a card."""
    for path in sorted(root.glob("chapters/*/*.md")):
        if "groundup" in front_matter(path):
            yield path


def hashed(book: Any) -> str:
    """Return the hash of what stands in a notebook's cells, outputs apart."""
    sources = [(cell["cell_type"], "".join(cell["source"])) for cell in book["cells"]]
    return hashlib.sha256(json.dumps(sources).encode()).hexdigest()


def changed(path: Path) -> bool:
    """Tell whether a notebook that is there is no longer as it was written."""
    if not path.exists():
        return False
    try:
        book = json.loads(path.read_text(encoding="utf-8"))
        return bool(book["metadata"][MARK] != hashed(book))
    except (OSError, ValueError, KeyError, TypeError):
        return True  # whatever it is, it is not ours


def write(root: Path, folder: Path) -> list[Path]:
    """Write the notebook of each chapter; return those that are kept as they are."""
    kept = []
    for chapter in chapters(root):
        target = folder / chapter.parent.name / f"{chapter.stem}.ipynb"
        if changed(target):
            kept.append(target)
            continue
        book = plain.notebook(root, chapter)
        book.metadata[MARK] = hashed(book)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = nbformat.writes(book)
        fresh = target.with_suffix(".part")
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(target)
    return kept


def main(arguments: Sequence[str]) -> int:
    """Write the notebooks of the book that lies in this folder, and say where."""
    root = Path(arguments[0] if arguments else ".")
    for kept in write(root, root / FOLDER):
        print(f"{kept} is as you changed it; delete it, and it is written anew.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
