"""`{book-glossary}`: every word that the cards of the chapters explain."""

from __future__ import annotations

from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from .cards import Concept
from .catalog import catalog


class BookGlossary(SphinxDirective):
    """The glossary of the book, in the alphabet's order."""

    def run(self) -> list[nodes.Node]:
        """Return the words with their definitions; the page depends on all cards."""
        book = catalog(self.env)
        for card in book.cards:
            self.env.note_dependency(self.env.doc2path(card.docname))
        return self.parse_text_to_nodes(source(book.vocabulary.glossary))


def source(words: Iterable[Concept]) -> str:
    """Return a glossary as MyST has it; words for one thing share a definition."""
    entries = [
        "\n".join([word.name, *word.also, f"  {' '.join(word.gloss.split())}"])
        for word in words
    ]
    return "```{glossary}\n" + "\n\n".join(entries) + "\n```\n"


def rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Ask for pages to be written again where the glossary is not what it was.

    They hold the definitions of the terms that they link.
    """
    now = source(catalog(env).vocabulary.glossary)
    before = getattr(env, "gu_glossary", None)
    env.gu_glossary = now  # type: ignore[attr-defined]
    return [] if before in (None, now) else sorted(env.found_docs)


def setup(app: Sphinx) -> None:
    """Register the directive, and look for changes when pages have been read."""
    app.add_directive("book-glossary", BookGlossary)
    app.connect("env-updated", rewrite)
