"""The kit: what explorables share, in parts of which each takes only what it uses.

A part is a script, a style or both under one name. Every script, of the kit or of an
explorable, names in its first line the parts that it uses: `// kit: elements plot`.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).parent
FIRST = "// kit: "


def named(script: Path) -> list[str]:
    """Return the parts that a script names in its first line, none without such a line.

    Raises ValueError for a name that no part of the kit has.
    """
    first = script.read_text(encoding="utf-8").split("\n", 1)[0]
    names = first.removeprefix(FIRST).split() if first.startswith(FIRST) else []
    known = {path.stem for path in HERE.glob("*.js")}
    if unknown := sorted(set(names) - known):
        raise ValueError(
            f"{script.name} asks for {', '.join(unknown)}: the kit has no such part,"
            f" only {', '.join(sorted(known))}"
        )
    return names


def used(scripts: Iterable[Path]) -> list[str]:
    """Return the parts that scripts use, what a part uses itself before it."""
    found: dict[str, None] = {}
    for name in (name for script in scripts for name in named(script)):
        if name not in found:
            part = HERE / f"{name}.js"
            found |= dict.fromkeys([*used([part]), name])
    return list(found)
