"""What stands at the top of a MyST file: its front matter and its title."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def front_matter(path: Path) -> dict[str, Any]:
    """Return the YAML block at the top of a MyST file, empty if there is none."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith("---\n"):
        return {}
    block, closed, _ = text[4:].partition("\n---\n")
    if not closed:
        raise ValueError(f"{path}: the front matter opened by --- is never closed")
    data = yaml.safe_load(block)
    if not isinstance(data, dict):
        raise ValueError(f"{path}: the front matter is not a mapping of keys to values")
    return data


def title_of(path: Path) -> str:
    """Return the text of the first level-one heading of a MyST file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            return line[2:].strip()
    raise ValueError(f"{path}: no title (a line that starts with '# ')")
