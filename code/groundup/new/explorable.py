"""`groundup new explorable`: the folder of a new explorable, to be written over.

It is about a number that each step multiplies, and passes the tests that hold for all.
"""

from __future__ import annotations

import re
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"
WIDGETS = "code/groundup/widgets"


def create(book: Path, name: str) -> Path:
    """Write the files of a new explorable and its test; returns its folder.

    Raises ValueError for a name that is no name in Python or is taken, and for a folder
    that is not one of a book.
    """
    if not (book / WIDGETS).is_dir():
        raise ValueError(f"an explorable belongs to a book: {book} has no {WIDGETS}")
    if not re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name):
        raise ValueError(f"a name is a Python name in lower case, not {name!r}")
    folder = book / WIDGETS / name
    if folder.exists():
        raise ValueError(f"the name {name!r} is taken by {folder}")
    for template in sorted((TEMPLATES / "explorable").iterdir()):
        put(template, folder, name)
    put(TEMPLATES / "test_NAME_page.py.txt", book / "tests/widgets", name)
    return folder


def put(template: Path, folder: Path, name: str) -> None:
    """Write one file with the names of the explorable in the places for them."""
    text = template.read_text(encoding="utf-8")
    for place, word in {
        "NAME": name,
        "CLASS": name.title().replace("_", ""),
        "DASHED": name.replace("_", "-"),
    }.items():
        text = text.replace(place, word)
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / template.name.removesuffix(".txt").replace("NAME", name)
    file.write_text(text, encoding="utf-8", newline="\n")
