"""Formula boxes, references to them, a chapter's summary and the formula index."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole
from sphinx.util.nodes import make_refnode

from . import source_pages
from .catalog import catalog
from .outputs import anchor, chapter_summary, formula_box, raw

logger = logging.getLogger(__name__)


class formula_reference(nodes.Inline, nodes.Element):
    """A `{formula}` role, resolved when every chapter has been read."""


class formula_index(nodes.General, nodes.Element):
    """The place of the formula index of a `part`."""


class FormulaRole(SphinxRole):
    """`{formula}` followed by an id: a link that reads "formula 1.2"."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return a reference to resolve later."""
        reference = formula_reference(target=self.text.strip())
        self.set_source_info(reference)
        return [reference], []


class FormulaIndex(SphinxDirective):
    """`{formula-index} part`: a table of all formulas of a part."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the place where the table will stand."""
        return [formula_index(part=self.arguments[0])]


def records(env: BuildEnvironment) -> dict[str, list[dict[str, Any]]]:
    """Return the formulas of each page, as its boxes recorded them."""
    if not hasattr(env, "gu_formulas"):
        env.gu_formulas = {}  # type: ignore[attr-defined]
    return cast("dict[str, list[dict[str, Any]]]", env.gu_formulas)  # type: ignore[attr-defined]


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the formula boxes of a page that was read."""
    boxes = [box["record"] for box in doctree.findall(formula_box)]
    records(app.env).pop(app.env.docname, None)
    if boxes:
        records(app.env)[app.env.docname] = boxes


def purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget the formulas of a page that changed or went away."""
    records(env).pop(docname, None)


def merge(
    app: Sphinx, env: BuildEnvironment, names: set[str], other: BuildEnvironment
) -> None:
    """Take over the formulas that a parallel reader found."""
    records(env).update(
        {name: found for name, found in records(other).items() if name in names}
    )


def with_index(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Ask for the pages that list formulas to be written again."""
    return [name for name in env.found_docs if "/formula_index/" in name]


def numbered(
    env: BuildEnvironment,
) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield page, number ("1.2": chapter, formula) and record in reading order."""
    order = [n for n in catalog(env).pages if n in records(env)]
    for chapter, docname in enumerate(order, start=1):
        for count, record in enumerate(records(env)[docname], start=1):
            yield docname, f"{chapter}.{count}", record


def part_of(docname: str) -> str:
    """Return the part of a page: its folder in `chapters`."""
    return docname.removeprefix("chapters/").split("/")[0]


def duplicate_ids(env: BuildEnvironment) -> list[str]:
    """Return the formula ids that more than one box claims."""
    ids = [record["id"] for _, _, record in numbered(env)]
    return sorted({id_ for id_ in ids if ids.count(id_) > 1})


def check_consistency(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn, and so fail a strict build, where an id stands for two formulas."""
    for id_ in duplicate_ids(env):
        logger.warning("the formula %s is verified in two places", id_)


def note(record: dict[str, Any], number: str, source: str) -> str:
    """Return the line below a boxed formula, as HTML."""
    error = power_of_ten(float(record["largest_error"]))
    part = f" ({escape(record['part'])})" if record["part"] else ""
    return (
        f'<p class="gu-formula-note"><span class="gu-formula-number">{number}</span>'
        f' <span class="gu-formula-title">{escape(record["title"])}</span>'
        ' <span class="gu-formula-check">formula and code compared'
        f"{part} at {record['points']} points, largest error {error}</span>"
        f' <a class="gu-formula-source" href="{source}"><code>'
        f"{escape(source_pages.short_name(record['function']))}</code></a></p>"
    )


def power_of_ten(value: float) -> str:
    """Return a small number as HTML in scientific notation, zero as 0."""
    if value == 0:
        return "0"
    mantissa, exponent = f"{value:.0e}".split("e")
    return f"{mantissa}·10<sup>{int(exponent)}</sup>".replace("<sup>-", "<sup>−")


class ResolveFormulas(SphinxPostTransform):
    """Fill in numbers, links and lists once all chapters are known."""

    default_priority = 8  # after myst-nb has chosen what each output shows

    def run(self, **kwargs: Any) -> None:
        """Resolve boxes, references, summaries and the index of one page."""
        known = {r["id"]: (doc, number, r) for doc, number, r in numbered(self.env)}
        for box in list(self.document.findall(formula_box)):
            if box.get("number") is None:
                _, box["number"], _ = known[box["record"]["id"]]
        for reference in list(self.document.findall(formula_reference)):
            self.resolve(reference, known)
        for summary in list(self.document.findall(chapter_summary)):
            rows = [known[f["id"]] for f in summary["record"]["formulas"]]
            summary.replace_self(self.table(rows, with_chapter=False))
        for index in list(self.document.findall(formula_index)):
            rows = [row for row in known.values() if part_of(row[0]) == index["part"]]
            index.replace_self(self.table(rows, with_chapter=True))

    def resolve(self, reference: formula_reference, known: dict[str, Any]) -> None:
        """Replace one reference by a link, or warn that its formula is unknown."""
        target = reference["target"]
        if target not in known:
            logger.warning("no formula %s in the book", target, location=reference)
            reference.replace_self(nodes.literal(target, target))
            return
        docname, number, record = known[target]
        reference.replace_self(self.link(docname, record, f"formula {number}"))

    def link(self, docname: str, record: dict[str, Any], text: str) -> nodes.reference:
        """Return a link to a formula's box."""
        return make_refnode(
            self.app.builder,
            self.env.docname,
            docname,
            anchor(record["id"]),
            nodes.inline(text, text),
            record["title"],
        )

    def table(self, rows: list[Any], *, with_chapter: bool) -> nodes.Element:
        """Return formulas as a table: number, name, formula, code, chapter."""
        heads = ["No.", "Formula", "Function"] + ["Chapter"] * with_chapter
        body = [self.row(*row, with_chapter=with_chapter) for row in rows]
        return simple_table(heads, body, "gu-formula-index")

    def row(
        self, docname: str, number: str, record: dict[str, Any], *, with_chapter: bool
    ) -> list[list[nodes.Node]]:
        """Return the cells of one formula."""
        math = nodes.math(record["latex"], record["latex"])
        name = nodes.paragraph("", record["title"], classes=["gu-formula-name"])
        source = source_pages.source_link(
            self.app, self.env.docname, record["function"]
        )
        cells: list[list[nodes.Node]] = [
            [nodes.paragraph("", "", self.link(docname, record, number))],
            [name, nodes.paragraph("", "", math)],
            [nodes.paragraph("", "", raw(source))],
        ]
        if with_chapter:
            title = self.env.titles[docname].astext()
            link = make_refnode(
                self.app.builder,
                self.env.docname,
                docname,
                "",
                nodes.inline(title, title),
            )
            cells.append([nodes.paragraph("", "", link)])
        return cells


def simple_table(
    heads: list[str], rows: list[list[list[nodes.Node]]], css_class: str
) -> nodes.table:
    """Return a docutils table from headings and cells."""
    group = nodes.tgroup(cols=len(heads))
    group += [nodes.colspec(colwidth=1) for _ in heads]
    head = nodes.thead("", table_row([[nodes.paragraph("", h)] for h in heads]))
    group += [head, nodes.tbody("", *(table_row(row) for row in rows))]
    return nodes.table("", group, classes=[css_class])


def table_row(cells: list[list[nodes.Node]]) -> nodes.row:
    """Return one row of a docutils table."""
    return nodes.row("", *(nodes.entry("", *cell) for cell in cells))


def visit_box(self: Any, node: formula_box) -> None:
    """Open the box of a formula."""
    self.body.append(
        f'<div class="gu-formula" id="{node["ids"][0]}" role="group"'
        f' aria-label="Formula {node["number"]}: {escape(node["record"]["title"])}">'
        '<div class="gu-formula-math">'
    )


def depart_box(self: Any, node: formula_box) -> None:
    """Close the box with its note: number, name, check, source."""
    app, record = self.builder.app, node["record"]
    page = self.builder.current_docname
    source = source_pages.source_url(app, page, record["function"])
    self.body.append(f"</div>{note(record, node['number'], source)}</div>")


def setup(app: Sphinx) -> None:
    """Register the role, the directive and the events of formulas."""
    app.add_node(formula_box, html=(visit_box, depart_box))
    for place in (chapter_summary, formula_index, formula_reference):
        app.add_node(place)
    app.add_role("formula", FormulaRole())
    app.add_directive("formula-index", FormulaIndex)
    app.add_post_transform(ResolveFormulas)
    app.connect("doctree-read", collect)
    app.connect("env-purge-doc", purge)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", with_index)
    app.connect("env-check-consistency", check_consistency)
