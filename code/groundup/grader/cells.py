"""The code cells of a notebook: read as text, their magics left out, parsed.

Nothing of a notebook runs here. What IPython alone understands is left out line by
line: `%matplotlib inline`, `!pip install …`, `softmax?` and the first line of a cell
such as `%%time`; the rest of the cell counts.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

EXERCISE = "%%exercise"
MOST_MAGICS = 100  # lines of one cell that are left out one by one
# Cells whose first line says that the rest is no Python of this notebook.
FOREIGN = {"bash", "cmd", "html", "HTML", "javascript", "js", "latex", "markdown"}
FOREIGN |= {"perl", "ruby", "script", "sh", "svg", "SVG", "system", "sx", "!"}
MAGIC = re.compile(r"\s*(?:[%!?]|[\w., ]+=\s*[%!]|.*\?\s*$)")
BROKEN = (SyntaxError, ValueError, RecursionError, MemoryError)  # of Python's parser


@dataclass(frozen=True)
class Cell:
    """A code cell: its text as it was typed, and its tags."""

    typed: str
    tags: frozenset[str] = frozenset()

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without empty ones at the top."""
        text = self.typed.replace("\r\n", "\n").replace("\r", "\n")
        return re.sub(r"\A(?:[^\S\n]*\n)+", "", text).split("\n")

    @cached_property
    def magic(self) -> list[str]:
        """The words of the magic that the cell begins with; none where it has none."""
        return self.lines[0].split() if self.lines[0].startswith("%%") else []

    @property
    def is_exercise(self) -> bool:
        """Whether the cell begins with `%%exercise`."""
        return self.magic[:1] == [EXERCISE]

    @property
    def marks(self) -> frozenset[str]:
        """The ids that the cell says it answers; `%%exercise` goes before tags."""
        return frozenset(self.magic[1:2]) if self.is_exercise else self.tags

    @property
    def source(self) -> str:
        """The text without the magic at the top."""
        if self.magic and self.magic[0][2:] in FOREIGN:
            return ""
        return "\n".join(self.lines[1:] if self.magic else self.lines)

    @cached_property
    def python(self) -> tuple[str, ast.Module] | None:
        """The text without any magic, and its tree; None where it is no Python."""
        lines = self.source.split("\n")
        for _ in range(MOST_MAGICS):
            text = "\n".join(lines)
            try:
                return text, ast.parse(text)
            except SyntaxError as error:
                if not left_out(lines, (error.lineno or 0) - 1):
                    return None
            except BROKEN:
                return None
        return None


def left_out(lines: list[str], number: int) -> bool:
    """Put `pass` where a line is IPython's alone, with what it goes on in.

    Tells whether it was such a line.
    """
    if not (0 <= number < len(lines) and MAGIC.match(lines[number])):
        return False
    indent = lines[number][: -len(lines[number].lstrip())]
    goes_on = lines[number].endswith("\\")
    lines[number] = f"{indent}pass"
    while goes_on and (number := number + 1) < len(lines):
        goes_on = lines[number].endswith("\\")
        lines[number] = ""
    return True


def read_cells(content: bytes | str) -> list[Cell]:
    """Return the code cells of a notebook; one that is no notebook has none."""
    try:
        cells = json.loads(content)["cells"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return list(filter(None, map(read_cell, cells if isinstance(cells, list) else [])))


def read_cell(cell: Any) -> Cell | None:
    """Return a code cell; None for other cells, and for what is no cell."""
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return None
    metadata = cell.get("metadata")
    tags = metadata.get("tags") if isinstance(metadata, dict) else None
    return Cell(joined(cell.get("source")), frozenset(texts(tags)))


def joined(source: Any) -> str:
    """Return a cell's text, which a notebook keeps whole or in lines."""
    return source if isinstance(source, str) else "".join(texts(source))


def texts(value: Any) -> Iterable[str]:
    """Return the texts of a list, of anything else none."""
    parts = value if isinstance(value, list) else []
    return (part for part in parts if isinstance(part, str))
