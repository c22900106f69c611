"""How tall a section will be, roughly: a browser lays it out when it comes near.

Until then the section takes the height guessed here. A guess that is too small would
let it overlap the next one, so text is counted as on a phone and all else generously.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from docutils import nodes
from sphinx.application import Sphinx

from . import deeper
from .derivations import derivation_line

CHARACTERS = 40  # in a line of text
LINE, CODE_LINE = 30, 21  # heights in pixels, as all below
PARAGRAPH, BLOCK, FORMULA, FIGURE, ROW = 24, 60, 110, 500, 70
UNIT = 1000


def pieces(section: nodes.Element) -> Iterator[nodes.Node]:
    """Yield the leaves of a section's layout that are not folded."""
    folded = 0
    for node in section.findall():
        if isinstance(node, nodes.raw):
            text = node.astext()
            folded += text.count("<details") - text.count("</details>")
        if folded == 0 and not deeper.folded(node.parent):
            yield node


def height(section: nodes.Element) -> int:
    """Return a generous guess of a section's height in pixels."""
    total = 0
    for node in pieces(section):
        if isinstance(node, nodes.paragraph | nodes.title):
            lines = math.ceil(len(node.astext()) / CHARACTERS)
            total += lines * LINE + PARAGRAPH
        elif isinstance(node, deeper.deeper):
            total += BLOCK
        elif isinstance(node, nodes.literal_block):
            total += (node.astext().count("\n") + 1) * CODE_LINE + BLOCK
        elif isinstance(node, nodes.math_block | derivation_line):
            total += FORMULA
        elif isinstance(node, nodes.row):
            total += ROW
        elif isinstance(node, nodes.raw):
            text = node.astext()
            total += text.count("<svg") * FIGURE + text.count("<summary") * BLOCK
    return total


def guess(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Mark the sections of a page with their heights in thousands of pixels."""
    for page in doctree.children:
        if isinstance(page, nodes.section):
            for section in page.children:
                if isinstance(section, nodes.section):
                    tall = math.ceil(height(section) / UNIT)
                    section["classes"].append(f"gu-tall-{min(tall, 16)}")


def setup(app: Sphinx) -> None:
    """Guess when a page is complete."""
    app.connect("doctree-resolved", guess, priority=900)
