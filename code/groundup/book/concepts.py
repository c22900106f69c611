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

from . import library
from .cards import Card, Concept, order_problems, read_cards, read_concepts
from .first_page import shown
from .road import COMING, Coming, read_road, road_problems

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
        from groundup.widgets import ConceptMap  # heavy: only where a map is drawn

        root = library.root(self.env)
        road = read_road(root)
        self.note_dependencies(road)
        concepts = read_concepts(root)
        chapters = [self.entry(chapter, concepts) for chapter in road]
        wishes = yaml.safe_load("\n".join(self.content)) or {}
        given = {"selected": self.options["chosen"]} if "chosen" in self.options else {}
        try:
            widget = ConceptMap(chapters, wishes=list(wishes.items()), **given)
        except ValueError as error:
            logger.warning("concept-map: %s", error, location=self.get_location())
            return []
        return shown(self.env, widget)

    def entry(
        self, chapter: Card | Coming, concepts: dict[str, Concept]
    ) -> dict[str, Any]:
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
        return {
            **told,
            "status": "ready",
            "url": address(self.env.docname, chapter.docname),
            "objectives": chapter.objectives,
            "teaches": [concepts[i].name for i in chapter.teaches if i in concepts],
            "needs": [concepts[i].name for i in chapter.needs if i in concepts],
        }

    def note_dependencies(self, road: Sequence[Card | Coming]) -> None:
        """Have the page read again when a chapter comes or changes its card."""
        pages = [f"{c.docname}.md" for c in road if isinstance(c, Card)]
        for name in ["_toc.yml", "chapters/concepts.yml", str(COMING), *pages]:
            if (path := library.root(self.env) / name).is_file():
                self.env.note_dependency(str(path))


def check_order(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn, and so fail a strict build, where a concept or chapter comes too early."""
    root = library.root(env)
    problems = order_problems(read_cards(root), read_concepts(root))
    for problem in [*problems, *road_problems(read_road(root))]:
        logger.warning("%s", problem)


def setup(app: Sphinx) -> None:
    """Register the directive and the check of the order of concepts."""
    app.add_directive("concept-map", ConceptMapDirective)
    app.connect("env-check-consistency", check_order)
