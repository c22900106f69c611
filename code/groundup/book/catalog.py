"""What is known of the book before a page is read: read once for each build."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import cast

from sphinx.environment import BuildEnvironment
from sphinx_external_toc.parsing import parse_toc_yaml

from .cards import Card, docnames, read_card
from .road import Coming, merged, read_coming
from .vocabulary import Vocabulary, vocabulary


@dataclass(frozen=True)
class Catalog:
    """The pages in reading order, the cards of the chapters, the chapters to come.

    `parts` are those of the navigation: captions, each with the pages below it.
    """

    parts: tuple[tuple[str, tuple[str, ...]], ...]
    pages: tuple[str, ...]
    cards: tuple[Card, ...]
    coming: tuple[Coming, ...]

    def card(self, docname: str) -> Card | None:
        """Return the card of a page, None for one that is no chapter."""
        return next((card for card in self.cards if card.docname == docname), None)

    @cached_property
    def road(self) -> list[Card | Coming]:
        """Every chapter of the book in reading order."""
        return merged(self.cards, self.coming)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The concepts and the glossary."""
        return vocabulary(self.cards)


def book_root(env: BuildEnvironment) -> Path:
    """Return the folder of the book: the one with `_toc.yml`."""
    return Path(env.srcdir)


def read_catalog(root: Path) -> Catalog:
    """Read contents, cards and chapters to come of the book in a folder."""
    pages = tuple(docnames(root))
    cards = (read_card(root, name) for name in pages)
    parts = tuple(
        (tree.caption or "", tuple(map(str, tree.items)))
        for tree in parse_toc_yaml(root / "_toc.yml").root.subtrees
    )
    return Catalog(parts, pages, tuple(c for c in cards if c), tuple(read_coming(root)))


def catalog(env: BuildEnvironment) -> Catalog:
    """Return the catalog of the book that is built; the first who asks has it read."""
    app = env.app
    if not hasattr(app, "gu_catalog"):
        app.gu_catalog = read_catalog(book_root(env))  # type: ignore[attr-defined]
    return cast(Catalog, app.gu_catalog)  # type: ignore[attr-defined]
