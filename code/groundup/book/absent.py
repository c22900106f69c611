"""Chapters whose packages are not installed: the page says how to get them.

A chapter names the packages that it runs under `groundup.requires`. Where one is
absent, the page keeps its title and card, and the rest of the book is built as ever.
"""

from __future__ import annotations

from importlib.util import find_spec

from sphinx.application import Sphinx
from sphinx.util import logging

from groundup.extras import ALONE

from .cards import Card
from .catalog import catalog

logger = logging.getLogger(__name__)
NOTE = """\
:::{{note}}
This chapter runs with packages that were not there when the book was built: {packages}.
Where a package index can be reached, `make book` installs them and builds this page.
It needs no account, no key and no graphics card, and no connection from then on.
:::
"""


def missing(card: Card | None) -> list[str]:
    """Return the packages that a chapter requires and that cannot be imported."""
    names = card.requires if card else ()
    return [name for name in names if find_spec(name) is None]


def stub(card: Card) -> str:
    """Return what stands in place of a chapter whose packages are missing."""
    names = (ALONE.get(name, name) for name in missing(card))
    packages = ", ".join(f"`{name}`" for name in names)
    return f"# {card.title}\n\n{NOTE.format(packages=packages)}"


def replace(app: Sphinx, docname: str, source: list[str]) -> None:
    """Put the stub in place of a page that cannot be executed here."""
    card = catalog(app.env).card(docname)
    if card and (names := missing(card)):
        logger.info("%s is not executed: %s missing", docname, ", ".join(names))
        source[0] = stub(card)


def setup(app: Sphinx) -> None:
    """Look at each page before it is parsed."""
    app.connect("source-read", replace)
