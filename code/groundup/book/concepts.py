"""`{concept-map}`: the map of chapters and concepts, drawn from the chapter cards."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from ipywidgets.embed import dependency_state
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from . import library
from .cards import order_problems, read_cards, read_concepts
from .outputs import EXPLORABLE, explorable_nodes

logger = logging.getLogger(__name__)


class ConceptMapDirective(SphinxDirective):
    """Draw the map of the book on this page."""

    def run(self) -> list[nodes.Node]:
        """Return the explorable and store its state for the page."""
        from groundup.widgets import ConceptMap  # heavy: only where a map is drawn

        root = library.root(self.env)
        concepts = read_concepts(root)
        cards = read_cards(root)
        for name in ("_toc.yml", "chapters/concepts.yml"):
            self.env.note_dependency(str(root / name))
        for path in ConceptMap.folder.glob("*.*"):
            self.env.note_dependency(str(path))
        for card in cards:
            self.env.note_dependency(str(root / f"{card.docname}.md"))

        def names(ids: tuple[str, ...]) -> list[str]:
            return [concepts[id_].name for id_ in ids if id_ in concepts]

        chapters = [
            {
                "id": card.topic,
                "title": card.title,
                "part": card.part,
                "url": self.env.app.builder.get_relative_uri(
                    self.env.docname, card.docname
                ),
                "teaches": names(card.teaches),
                "needs": names(card.needs),
                "status": "ready",
            }
            for card in cards
        ]
        widget = ConceptMap(chapters=chapters)
        states(self.env)[self.env.docname] = dependency_state([widget])
        data, _ = widget._repr_mimebundle_()
        return [*explorable_nodes(data[EXPLORABLE])]


def states(env: BuildEnvironment) -> dict[str, Any]:
    """Return the widget states of pages that are no notebooks."""
    if not hasattr(env, "gu_widget_states"):
        env.gu_widget_states = {}  # type: ignore[attr-defined]
    return env.gu_widget_states  # type: ignore[attr-defined,no-any-return]


def check_order(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn, and so fail a strict build, where a concept is needed too early."""
    root = library.root(env)
    for problem in order_problems(read_cards(root), read_concepts(root)):
        logger.warning("%s", problem)


def setup(app: Sphinx) -> None:
    """Register the directive and the check of the order of concepts."""
    app.add_directive("concept-map", ConceptMapDirective)
    app.connect("env-check-consistency", check_order)
