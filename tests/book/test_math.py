"""A short formula keeps its punctuation; everything around it stays as it was."""

from __future__ import annotations

from typing import Any, cast

import pytest
from docutils import nodes
from docutils.utils import new_document
from groundup.book.math import keep_together


def document(*pieces: str) -> nodes.document:
    """Return a page of one paragraph; a piece in dollars is a formula."""
    paragraph = nodes.paragraph()
    for piece in pieces:
        kind = nodes.math if piece.startswith("$") else nodes.Text
        text = piece.strip("$")
        paragraph += nodes.math(text, text) if kind is nodes.math else nodes.Text(text)
    page = new_document("page")
    page += paragraph
    return page


def kept(*pieces: str) -> tuple[str, list[str]]:
    """Return the text of the page, and the texts that stay on one line."""
    page = document(*pieces)
    keep_together(cast(Any, None), page, "page")
    return page.astext(), [n.astext() for n in page.findall(nodes.inline)]


@pytest.mark.parametrize(
    ("pieces", "together"),
    [
        (("compared with ", "$s_1$", ". Then"), ["s_1."]),
        (("the row (", "$x_i$", ") and"), ["(x_i)"]),
        (("the ", "$y$", "-axis points up"), ["y-axis"]),
        (("from ", "$a$", " to ", "$b$", ", and"), ["b,"]),
        (("the weight ", "$w$", " alone"), []),
        (("so ", "$" + "x + " * 9 + "y$", "."), []),
    ],
)
def test_what_touches_a_formula_stays_with_it(
    pieces: tuple[str, ...], together: list[str]
) -> None:
    text, found = kept(*pieces)
    assert found == together
    assert text == "".join(piece.strip("$") for piece in pieces)
