"""`{concept-map}`: the road of all chapters, drawn from their cards."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import yaml
from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .cards import Card
from .catalog import book_root, catalog
from .first_page import shown
from .road import COMING, Coming, road_problems
from .vocabulary import order_problems

logger = logging.getLogger(__name__)


class ConceptMapDirective(SphinxDirective):
    """Draw the road of the book on this page.

    The body has a line for each quick wish, `words: part/topic`; the option `chosen` is
    the topic whose route is shown at first.
    """

    has_content = True
    option_spec = {"chosen": directives.unchanged_required}

    def run(self) -> list[nodes.Node]:
        """Return the explorable and store its state for the page."""
        from groundup.widgets.concept_map import (
            ConceptMap,
        )  # heavy: only where a map is drawn

        road = catalog(self.env).road
        self.note_dependencies(road)
        chapters = [self.entry(chapter) for chapter in road]
        wishes = yaml.safe_load("\n".join(self.content)) or {}
        given = {"selected": self.options["chosen"]} if "chosen" in self.options else {}
        try:
            widget = ConceptMap(chapters, wishes=list(wishes.items()), **given)
        except ValueError as error:
            logger.warning("concept-map: %s", error, location=self.get_location())
            return []
        return shown(self.env, widget)

    def entry(self, chapter: Card | Coming) -> dict[str, Any]:
        """Return what the explorable is told of a chapter."""
        told = {
            "id": chapter.topic,
            "title": chapter.title,
            "part": chapter.part,
            "minutes": chapter.minutes,
            "prerequisites": chapter.prerequisites,
            "question": chapter.question,
        }
        if isinstance(chapter, Coming):
            return {**told, "status": "coming"}
        address = self.env.app.builder.get_relative_uri
        vocabulary = catalog(self.env).vocabulary
        return {
            **told,
            "status": "ready",
            "url": address(self.env.docname, chapter.docname),
            "objectives": chapter.objectives,
            "teaches": vocabulary.taught(chapter),
            "needs": vocabulary.relied_on(chapter),
        }

    def note_dependencies(self, road: Sequence[Card | Coming]) -> None:
        """Have the page read again when a chapter comes or changes its card."""
        pages = [f"{c.docname}.md" for c in road if isinstance(c, Card)]
        for name in ["_toc.yml", str(COMING), *pages]:
            if (path := book_root(self.env) / name).is_file():
                self.env.note_dependency(str(path))


def check_order(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn, and so fail a strict build, where a concept or chapter comes too early."""
    book = catalog(env)
    for problem in [*order_problems(book.cards), *road_problems(book.road)]:
        logger.warning("%s", problem)


def setup(app: Sphinx) -> None:
    """Register the directive and the check of the order of concepts."""
    app.add_directive("concept-map", ConceptMapDirective)
    app.connect("env-check-consistency", check_order)
