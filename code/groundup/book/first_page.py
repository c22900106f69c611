"""What the first page shows: explorables of no notebook, ways to begin, chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from ipywidgets.embed import dependency_state
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from groundup.parts import PARTS

from .cards import Card
from .catalog import book_root, catalog
from .outputs import EXPLORABLE, explorable_nodes
from .repository import launch_links, repository
from .road import COMING

if TYPE_CHECKING:
    from groundup.widgets.explorable import Explorable

logger = logging.getLogger(__name__)


def states(env: BuildEnvironment) -> dict[str, Any]:
    """Return the widget states of pages that are no notebooks."""
    if not hasattr(env, "gu_widget_states"):
        env.gu_widget_states = {}  # type: ignore[attr-defined]
    return env.gu_widget_states  # type: ignore[attr-defined,no-any-return]


def shown(env: BuildEnvironment, widget: Explorable) -> list[nodes.Node]:
    """Return an explorable's figure; its state joins those of the page's others."""
    states(env).setdefault(env.docname, {}).update(dependency_state([widget]))
    for path in widget.folder.glob("*.*"):
        env.note_dependency(str(path))
    data, _ = widget._repr_mimebundle_()
    return [*explorable_nodes(data[EXPLORABLE])]


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Drop the states of a page that is read again."""
    states(env).pop(docname, None)


class Hero(SphinxDirective):
    """`{hero}`: the descent, small and going by itself."""

    def run(self) -> list[nodes.Node]:
        """Return the explorable."""
        from groundup.widgets.gradient_descent import (
            GradientDescent,
        )  # heavy: only where it is shown

        return shown(self.env, GradientDescent.going_by_itself())


class Run(SphinxDirective):
    """`{run} part/topic`: a link that runs a chapter in Binder, then the body.

    Where it is not known where the book is published, there is the body alone.
    """

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the link, where there is one, and what the body says."""
        topic = self.arguments[0]
        repo = repository(book_root(self.env))
        links = launch_links(repo, f"chapters/{topic}.md", topic)
        body = self.parse_content_to_nodes()
        if "binder_url" not in links:
            return body
        link = nodes.reference("", "Open it in Binder", refuri=links["binder_url"])
        return [nodes.paragraph("", "", link, nodes.Text(".")), *body]


class ChapterRole(SphinxRole):
    """A chapter by its topic: a link if it is written, else its title and a mark."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the link or the title; a topic that is not known is warned about."""
        root = book_root(self.env)
        if (root / COMING).is_file():
            self.env.note_dependency(str(root / COMING))
        road = catalog(self.env).road
        found = [chapter for chapter in road if chapter.topic == self.text]
        if not found:
            logger.warning("no chapter %r", self.text, location=self.get_location())
            return [], []
        (chapter,) = found
        if not isinstance(chapter, Card):
            mark = nodes.inline("", "to come", classes=["gu-to-come"])
            return [nodes.Text(f"{chapter.title} "), mark], []
        uri = self.env.app.builder.get_relative_uri(self.env.docname, chapter.docname)
        return [nodes.reference("", chapter.title, refuri=uri, internal=True)], []


class Count(SphinxRole):
    """How many there are: parts, chapters or chapters that are written, in words."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the number; what cannot be counted is warned about."""
        book = catalog(self.env)
        counts = {"parts": PARTS, "chapters": book.road, "written": book.cards}
        counted = counts.get(self.text.lower())
        if counted is None:
            location = self.get_location()
            logger.warning("cannot count %r", self.text, location=location)
            return [], []
        said = in_words(len(counted))
        return [nodes.Text(said.capitalize() if self.text[0].isupper() else said)], []


def in_words(count: int) -> str:
    """Return a number as a sentence has it: a word up to twelve, else in digits."""
    words = "no one two three four five six seven eight nine ten eleven twelve".split()
    return words[count] if count < len(words) else str(count)


def setup(app: Sphinx) -> None:
    """Register directives and roles."""
    app.add_directive("hero", Hero)
    app.add_directive("run", Run)
    app.add_role("chapter", ChapterRole())
    app.add_role("count", Count())
    app.connect("env-purge-doc", forget)
