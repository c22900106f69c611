"""What a cell displays, turned into page elements: formula boxes, explorables."""

from __future__ import annotations

import json
import re
from itertools import groupby
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform

from .derivations import DERIVATION, derivation_node

if TYPE_CHECKING:
    from myst_nb.core.render import MimeData, NbElementRenderer

FORMULA = "application/vnd.groundup.formula+json"
SUMMARY = "application/vnd.groundup.summary+json"
EXPLORABLE = "application/vnd.groundup.explorable+json"


class formula_box(nodes.General, nodes.Element):
    """A boxed formula; `record` is what `groundup.formulas.verify` displayed."""


class chapter_summary(nodes.General, nodes.Element):
    """The formulas of a chapter; `record` is what `summary()` displayed."""


def anchor(formula_id: str) -> str:
    """Return the HTML id of a formula: `linear_regression.gradient` and the like."""
    return "formula-" + re.sub(r"[^a-z0-9]+", "-", formula_id.lower())


def raw(html: str) -> nodes.raw:
    """Return a node that writes `html` as it is."""
    return nodes.raw("", html, format="html")


def _record(content: Any) -> dict[str, Any]:
    return dict(json.loads(content) if isinstance(content, str) else content)


def formula_nodes(record: dict[str, Any]) -> list[nodes.Element]:
    """Return the box of one verified formula; its note is written by the translator."""
    box = formula_box(record=record, ids=[anchor(record["id"])])
    box += nodes.math_block(
        record["latex"],
        record["latex"],
        nowrap=False,
        number=None,
        label=None,
        docname=None,
    )
    return [box]


def derivation_nodes(record: dict[str, Any]) -> list[nodes.Element]:
    """Return the lines of a derivation, and the box of the formula that it reaches."""
    box = formula_nodes(record["formula"]) if record["formula"] else []
    return [derivation_node(record), *box]


def explorable_nodes(record: dict[str, Any]) -> list[nodes.Element]:
    """Return the figure that the page's widget host brings to life."""
    name, caption, (wide, narrow) = record["name"], record["caption"], record["room"]
    return [
        raw(
            f'<figure class="gu-explorable" id="explorable-{name}"'
            f' data-model-id="{record["model_id"]}">'
            '<div class="gu-explorable-poster"'
            f' style="--gu-room: {wide}; --gu-room-narrow: {narrow}">'
            f"{record['poster']}</div>"
            '<div class="gu-explorable-mount"></div>'
            f"<figcaption>{caption}</figcaption></figure>"
        )
    ]


class Renderer:
    """The plug-in that myst-nb asks about each output of a cell."""

    mime_priority_overrides = [
        ("html", FORMULA, 1),
        ("html", DERIVATION, 1),
        ("html", SUMMARY, 1),
        ("html", EXPLORABLE, 1),
    ]

    @staticmethod
    def handle_mime(
        renderer: NbElementRenderer, data: MimeData, inline: bool
    ) -> list[nodes.Element] | None:
        """Return the elements for a mime type of this book, None for any other."""
        if inline:
            return None
        if data.mime_type == FORMULA:
            return formula_nodes(_record(data.content))
        if data.mime_type == DERIVATION:
            return derivation_nodes(_record(data.content))
        if data.mime_type == SUMMARY:
            return [chapter_summary(record=_record(data.content))]
        if data.mime_type == EXPLORABLE:
            return explorable_nodes(_record(data.content))
        return None


class JoinPrinted(SphinxTransform):
    """Make one block of what a cell printed in one go.

    A kernel sends what was printed whenever a fifth of a second has passed. Where that
    cuts is chance, so the pieces are put together again, blank lines and parts of lines
    too. myst-nb's own `merge_streams` ends every piece with a new line.
    """

    default_priority = 10  # before anything looks into the blocks

    def apply(self, **kwargs: Any) -> None:
        """Join the pieces in every cell of one page."""
        for cell in list(self.document.findall(nodes.container)):
            if "cell_output" in cell["classes"]:
                join_printed(cell)


def join_printed(cell: nodes.Element) -> None:
    """Replace neighbors that were printed to the same stream by one block."""
    for name, group in groupby(list(cell.children), key=stream):
        if name:
            first, *others = (cast(nodes.literal_block, block) for block in group)
            text = "".join(block.rawsource for block in (first, *others))
            first.rawsource = text.rstrip() + "\n"
            first[:] = [nodes.Text(first.rawsource)]
            for block in others:
                cell.remove(block)


def stream(output: nodes.Node) -> str:
    """Return the class of the stream that was printed to, "" for other outputs."""
    classes = output["classes"] if isinstance(output, nodes.literal_block) else []
    return next((name for name in ("stderr", "stream") if name in classes), "")


def setup(app: Sphinx) -> None:
    """Register what puts the pieces together."""
    app.add_transform(JoinPrinted)
