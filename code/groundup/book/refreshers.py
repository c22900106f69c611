"""The texts of refreshers: `chapters/refreshers/<concept>.md`."""

from __future__ import annotations

import re
from pathlib import Path

from .front import title_of

FOLDER = "chapters/refreshers"
LONGEST = 120  # words
DRAWN = re.compile(r"<svg.*?</svg>|<[^>]+>", re.DOTALL)
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]+\$", re.DOTALL)


def read(path: Path) -> str:
    """Return the text of a refresher without its title.

    Raises ValueError where there is none of this name, and for one that is too long.
    """
    if not path.is_file():
        known = ", ".join(sorted(p.stem for p in path.parent.glob("*.md")))
        raise ValueError(f"there is none; there are {known}")
    text = path.read_text(encoding="utf-8").replace(f"# {title_of(path)}\n", "", 1)
    if (found := words(text)) > LONGEST:
        raise ValueError(f"{found} words, at most {LONGEST} expected")
    return text.strip() + "\n"


def words(text: str) -> int:
    """Return the number of words; a formula is one, a drawing none."""
    plain = FORMULA.sub(" formula ", DRAWN.sub(" ", text))
    return sum(any(c.isalnum() for c in word) for word in plain.split())
