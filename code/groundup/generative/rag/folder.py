"""One's own texts as entries: paragraphs of .txt and .md files, with file and line."""

from __future__ import annotations

import codecs
import os
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from .entries import CONTROL, Entry, printable

SUFFIXES = (".txt", ".md")
MOST_FILES = 10_000
LARGEST = 5_000_000  # bytes of a file
LONGEST = 80  # words of an entry; a longer paragraph is cut after a sentence
BINARY = 0.1  # a file with a larger share of control characters is no text
# Marks at the beginning of a file that tell its encoding; the longer ones first.
BEGINNINGS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
NEW_LINE = re.compile(r"\r\n|\r|\n")
HEADING = re.compile(r"(#{1,6})\s+(.*?)[\s#]*")
ITEM = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+|\s*\|")  # of a list, or a table's row
FENCE = re.compile(r"\s*(?:```|~~~)")
Words = list[tuple[str, int]]  # each with the number of its line


class Folder(NamedTuple):
    """What a folder says, and sentences about files that were not read as they are."""

    entries: list[Entry]
    remarks: list[str]


def read_folder(folder: Path) -> Folder:
    """Return the paragraphs of all .txt and .md files below a folder.

    Folders whose names begin with a dot are passed over, and so are files that are
    binary or larger than 5 MB, which `remarks` name. Raises ValueError for what is no
    folder, for more than 10,000 files, and where there is no text at all.
    """
    if not folder.is_dir():
        found = "a file" if folder.exists() else "nothing there"
        raise ValueError(f"expected a folder, found {found}: {folder}")
    files = list(islice(files_of(folder), MOST_FILES + 1))
    if not files:
        raise ValueError(f"there is no file that ends in .txt or .md in {folder}")
    if len(files) > MOST_FILES:
        raise ValueError(
            f"{folder} has more than {MOST_FILES:,} files that end in .txt or .md;"
            " expected a folder with fewer"
        )
    entries, remarks = list[Entry](), list[str]()
    for file in sorted(files):
        name = printable(file.relative_to(folder).as_posix())
        try:
            text, remark = read_file(file)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            remarks.append(f"{name} was not read: {reason}")
            continue
        remarks += [f"{name} {remark}"] if remark else []
        entries += entries_of(text, name, file.suffix.lower() == ".md")
    if not any(re.search(r"\w", entry.text) for entry in entries):
        told = "; ".join(["the files have no words", *remarks[:3]])
        raise ValueError(f"there is no text to search in {folder}: {told}")
    return Folder(entries, remarks)


def files_of(folder: Path) -> Iterator[Path]:
    """Yield all files that may be read, however deep; links to folders lead nowhere."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            if name.lower().endswith(SUFFIXES) and path.is_file():
                yield path


def read_file(file: Path) -> tuple[str, str]:
    """Return the text of a file and a remark, empty where it is plain UTF-8.

    Raises ValueError for a file that is too large or no text, OSError for one that
    cannot be opened.
    """
    if (size := file.stat().st_size) > LARGEST:
        raise ValueError(
            f"it has {size / 1e6:,.0f} MB, and at most {LARGEST / 1e6:.0f} are read"
        )
    data, remark = file.read_bytes(), ""
    for mark, encoding in BEGINNINGS.items():
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), ""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
        remark = "is no UTF-8: it was read as Windows-1252"
    signs = sum(1 for sign in CONTROL.finditer(text) if sign[0] not in "\t\n\r\f")
    if "\0" in text or signs > BINARY * len(text):
        raise ValueError("it is binary, no text")
    return text, remark


def entries_of(text: str, name: str, markdown: bool) -> Iterator[Entry]:
    """Yield the paragraphs of a text, each with the headings above it.

    Items of lists and rows of tables are paragraphs. `name` is that of the file.
    """
    headings, words, fenced = dict[int, str](), Words(), False
    for number, line in enumerate(NEW_LINE.split(text), 1):
        heading = HEADING.fullmatch(line) if markdown and not fenced else None
        fence = bool(markdown and FENCE.match(line))
        if heading or fence or not line.strip() or (ITEM.match(line) and not fenced):
            yield from cut(words, " - ".join(headings.values()), name)
            words = []
        fenced ^= fence
        if heading:
            level = len(heading[1])
            headings = {k: v for k, v in headings.items() if k < level}
            headings[level] = printable(heading[2])
        elif not fence:
            words += [(word, number) for word in printable(line).split()]
    yield from cut(words, " - ".join(headings.values()), name)


def cut(words: Words, header: str, name: str) -> Iterator[Entry]:
    """Yield a paragraph, in pieces of at most 80 words, if it has any.

    A piece ends with the last sentence that ends in it, or after 80 words.
    """
    while words:
        length = len(words)
        if length > LONGEST:
            ends = (i for i in range(LONGEST, 0, -1) if ends_sentence(words[i - 1][0]))
            length = next(ends, LONGEST)
        text = " ".join(word for word, _ in words[:length])
        yield Entry(text, header, f"{name}:{words[0][1]}")
        words = words[length:]


def ends_sentence(word: str) -> bool:
    """Tell whether a sentence ends with a word."""
    return word.rstrip("\"')]”’").endswith((".", "!", "?"))


def shortened(remarks: Iterable[str], most: int = 5) -> list[str]:
    """Return the first remarks, and how many more there are."""
    every = list(remarks)
    more = len(every) - most
    return every[:most] + ([f"and {more} more files like these"] if more > 0 else [])
