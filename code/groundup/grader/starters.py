"""Starters: the solution with its regions taken out, written beside it.

`python -m groundup.grader.starters exercises` writes every starter anew.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

BEGIN = "# BEGIN SOLUTION"
END = "# END SOLUTION"


def generate(source: str, path: Path) -> str:
    """Return the starter of a solution.

    A region inside a function becomes `raise NotImplementedError`; a region at the
    left margin (an import, a function of the author's own) disappears.
    Raises ValueError where there is no region, or where one does not open and close.
    """
    lines: list[str] = []
    opened, regions = 0, 0
    for number, line in enumerate(source.splitlines(), start=1):
        mark = line.strip()
        if mark == (END if opened else BEGIN):
            if not opened and (indent := line.partition("#")[0]):
                lines.append(f"{indent}raise NotImplementedError")
            regions += not opened
            opened = 0 if opened else number
        elif mark in (BEGIN, END):
            raise ValueError(f"{path}, line {number}: {mark} does not belong here")
        elif not opened:
            lines.append(line)
    if opened or not regions:
        raise ValueError(
            f"{path}: expected regions between '{BEGIN}' and '{END}', found"
            f" {f'one open since line {opened}' if opened else 'none'}"
        )
    text = "\n".join(lines).rstrip() + "\n"
    return re.sub("\n{4,}", "\n\n\n", text)  # where a region at the margin was


def starter_of(folder: Path, source: str, *, broken: bool) -> str:
    """Return the starter of an exercise, of which `source` is the solution.

    A file to be mended is an author's work; any other starter is generated. Raises
    ValueError as `generate`, and where there is no file to be mended.
    """
    if not broken:
        return generate(source, folder / "solution.py")
    file = folder / "starter.py"
    if not file.is_file():
        raise ValueError(f"{file}: this file, which is to be mended, is missing")
    return file.read_text(encoding="utf-8")


def without_markers(source: str) -> str:
    """Return a solution without the lines that mark its regions."""
    lines = source.splitlines()
    return "\n".join(n for n in lines if n.strip() not in (BEGIN, END)) + "\n"


def write(root: Path) -> list[Path]:
    """Write the starters below a folder; return those that were not up to date."""
    changed = []
    for path in sorted(root.rglob("solution.py")):
        starter = path.with_name("starter.py")
        source = path.read_text(encoding="utf-8")
        if BEGIN not in source and starter.is_file():
            continue  # a file to be mended, and not generated
        text = generate(source, path)
        if not starter.is_file() or starter.read_text(encoding="utf-8") != text:
            starter.write_text(text, encoding="utf-8")
            changed.append(starter)
    return changed


if __name__ == "__main__":
    for written in write(Path(sys.argv[1] if len(sys.argv) > 1 else "exercises")):
        print(f"wrote {written}")
