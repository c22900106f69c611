"""The built book in one file: `python -m groundup.book.archive _build/html book.zip`.

Unpacked anywhere, `index.html` opens from disk, animations and search included.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

FOLDER = "ground-up"
LEFT_OUT = {".buildinfo", "objects.inv", ".nojekyll", ".git"}


def pack(built: Path, target: Path) -> Path:
    """Write the pages below one folder into a zip; returns the zip.

    Raises FileNotFoundError where no book was built.
    """
    if not (built / "index.html").is_file():
        raise FileNotFoundError(f"no built book in {built}: run make book first")
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as file:
        for path in sorted(built.rglob("*")):
            inside = path.relative_to(built)
            if path.is_file() and not LEFT_OUT & set(inside.parts):
                file.write(path, f"{FOLDER}/{inside.as_posix()}")
    return target


def main(arguments: Sequence[str]) -> int:
    """Pack the book; the arguments are the folder of the pages and the zip."""
    if len(arguments) != 2:
        print("usage: python -m groundup.book.archive PAGES ZIP", file=sys.stderr)
        return 2
    try:
        packed = pack(Path(arguments[0]), Path(arguments[1]))
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{packed}: {packed.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
