"""What `make bench` measured: `benchmarks/<topic>.json`, and a table of it as text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FOLDER = Path("benchmarks")
NOTHING = "Nothing was measured in this copy of the book yet: `make bench` does it."
HEADS = ["What", "Threads", "Ratio"]
Measured = dict[str, Any]


def measured(root: Path, topic: str = "*") -> list[Measured]:
    """Return what was measured of a topic, or of all in the order of their names."""
    files = sorted((root / FOLDER).glob(f"{topic}.json"))
    return [json.loads(path.read_text(encoding="utf-8")) for path in files]


def as_markdown(root: Path, topic: str) -> str:
    """Return a topic's table for a notebook, which knows no directives."""
    results = [r for part in measured(root, topic) for r in part["results"]]
    if not results:
        return NOTHING
    cells = [HEADS, ["---"] * len(HEADS)]
    cells += [[compared(r), str(r["threads"]), f"{r['ratio']:.2f}"] for r in results]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def compared(result: Measured) -> str:
    """Return what was measured, and compared with what."""
    return f"{result['name']}, compared with {result['peer']}"
