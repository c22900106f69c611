"""`{refresher}`: a folded box about a concept, used wherever a text needs it.

Its text is `chapters/refreshers/<concept>.md`: a title, then at most 120 words.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .cards import title_of
from .catalog import book_root
from .outputs import raw

logger = logging.getLogger(__name__)
FOLDER = "chapters/refreshers"
LONGEST = 120  # words
DRAWN = re.compile(r"<svg.*?</svg>|<[^>]+>", re.DOTALL)
FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]+\$", re.DOTALL)


class Refresher(SphinxDirective):
    """A refresher; the argument is the name of its file."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the folded text, or a warning and nothing where it cannot be used."""
        root, concept = book_root(self.env), self.arguments[0]
        path = root / FOLDER / f"{concept}.md"
        try:
            text = read(path)
        except ValueError as problem:
            place = self.get_location()
            logger.warning("refresher %s: %s", concept, problem, location=place)
            return []
        self.env.note_dependency(str(path))
        title = f"Refresher: {escape(title_of(path))}"
        opening = f'<details class="gu-refresher"><summary>{title}</summary>'
        return [raw(opening), *self.parse_text_to_nodes(text), raw("</details>")]


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


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("refresher", Refresher)
