"""`{pages-of-parts}`: links from a page to those that it has for each part.

Of `appendices/notation` these are the pages `appendices/notation/<part>`.
"""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from groundup.parts import PARTS

from .catalog import catalog

logger = logging.getLogger(__name__)


class PagesOfParts(SphinxDirective):
    """Links in reading order, and a warning for a part that lacks its page."""

    def run(self) -> list[nodes.Node]:
        """Return the list."""
        here, book = self.env.docname, catalog(self.env)
        with_chapters = {card.part for card in book.cards}
        links = []
        for part, title in PARTS.items():
            page = f"{here}/{part}"
            if page in book.pages:
                uri = self.env.app.builder.get_relative_uri(here, page)
                link = nodes.reference("", title, refuri=uri, internal=True)
                links.append(nodes.list_item("", nodes.paragraph("", "", link)))
            elif part in with_chapters:
                said = "the page %s.md is missing"
                logger.warning(said, page, location=self.get_location())
        return [nodes.bullet_list("", *links)]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("pages-of-parts", PagesOfParts)
