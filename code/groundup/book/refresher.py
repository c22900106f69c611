"""`{refresher}`: a folded box about a concept, used wherever a text needs it.

Its text is `chapters/refreshers/<concept>.md`: a title, then at most 120 words.
"""

from __future__ import annotations

from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .catalog import book_root
from .front import title_of
from .outputs import raw
from .refreshers import FOLDER, read

logger = logging.getLogger(__name__)


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


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("refresher", Refresher)
