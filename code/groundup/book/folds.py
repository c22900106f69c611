"""What a page folds: cells that only check, and listings too long for a glance.

A cell tagged `check` derives, verifies or prepares. Its output stays in sight, and its
source is folded below it. A listing of the library that is wider or longer than a
reader takes in at a glance is folded under the name of its function.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.directives.code import LiteralInclude
from sphinx.transforms.post_transforms import SphinxPostTransform

from .derivations import how_checked

CHECKED = "How this was checked"
COLUMNS, LINES = 64, 20  # of a listing that stays open
PRE = re.compile(r"(<div class=\"highlight\"><pre>)(.*?)(</pre>)", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
UNCOLORED = re.compile(r"<span class=\"[np]\">([^<]*)</span>")  # names and brackets
INDENT = re.compile(r"^(?:<span></span>)?(?:<span class=\"w\">)?( *)")


class Listing(LiteralInclude):
    """A part of the library's source, folded where it is long."""

    def run(self) -> list[nodes.Node]:
        """Return the listing, or what folds it."""
        found = super().run()
        name = self.options.get("pyobject")
        if not name or fits(found[0].astext()):
            return found
        return [folded(f"The library's code: {name}", found)]


def fits(source: str) -> bool:
    """Tell whether a listing is short and narrow enough to stay open."""
    lines = source.splitlines()
    return len(lines) <= LINES and max(map(len, lines), default=0) <= COLUMNS


def folded(prompt: str, inside: list[nodes.Node]) -> nodes.Element:
    """Return an element that shows `prompt` until it is opened."""
    fold: nodes.Element = HideCodeCellNode(prompt_show=prompt, prompt_hide=prompt)
    fold["classes"].append("above-input")
    fold.extend(inside)
    return fold


class FoldChecks(SphinxPostTransform):
    """Put the source of a cell tagged `check` below its output, folded."""

    default_priority = 198  # before myst-nb folds the cells it knows of
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Fold all such cells of one page."""
        for cell in list(self.document.findall(nodes.container)):
            if "tag_check" in cell["classes"]:
                source, *outputs = cell.children
                said = how_checked(cell)
                cell.clear()
                cell.extend([*outputs, folded(CHECKED, [*said, source])])


def in_lines(body: str) -> str:
    """Return a page whose code is made of lines that know their own indentation.

    A narrow screen breaks a long line, and what follows hangs below its beginning.
    Names and brackets, which have no color, are no elements: a tenth of a page less.
    """
    return PRE.sub(lambda match: match[1] + lines(match[2]) + match[3], body)


def lines(code: str) -> str:
    """Return highlighted code, each line an element of its own."""
    *rows, rest = UNCOLORED.sub(r"\1", code).split("\n")
    if rest:
        rows.append(rest)
    return "".join(f'<span class="l"{hang(row)}>{row}\n</span>' for row in rows)


def hang(row: str) -> str:
    """Return the attribute that says how far a line is indented, if it is."""
    spaces = len(INDENT.match(row)[1])  # type: ignore[index]
    return f' style="--in:{spaces}"' if spaces and TAG.sub("", row).strip() else ""


def setup(app: Sphinx) -> None:
    """Register the listing and the fold."""
    app.add_directive("literalinclude", Listing, override=True)
    app.add_post_transform(FoldChecks)
