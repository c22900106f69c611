"""What questions and guesses share: how their bodies are read, and pieces of a page."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .outputs import raw

logger = logging.getLogger(__name__)
MARKS = {"[ ] ": False, "[x] ": True}
# Phones correct, capitalize and remember what is typed; numbers are better without.
# Hidden until it comes near: fields.js says why.
INPUT = (
    '<input type="hidden" autocomplete="off" autocapitalize="off" spellcheck="false"'
    ' maxlength="40" size="8">'
)


class box(nodes.General, nodes.Element):
    """A `div` with attributes, and with the anchors that a text puts before it."""


class Case(NamedTuple):
    """An item of a list: what is said, and the reply to it."""

    said: nodes.paragraph
    reply: list[nodes.Node]

    @property
    def name(self) -> str:
        """What is said, without its markup."""
        return " ".join(self.said.astext().split())


class Asking(SphinxDirective):
    """A directive that ends in a list of cases; its argument is an id on the page."""

    required_arguments = 1
    has_content = True
    kept_as: ClassVar[str]  # ids of one kind are different on a page

    def run(self) -> list[nodes.Node]:
        """Return what the page shows; nothing, and a warning, where it is malformed."""
        try:
            self.note_id()
            body = self.parse_content_to_nodes()
            cases = read_cases(body.pop()) if ends_in_list(body) else []
            return self.page_elements(body, cases)
        except ValueError as problem:
            logger.warning(
                "%s %s: %s",
                self.name,
                self.arguments[0],
                problem,
                location=self.get_location(),
            )
            return []

    @abstractmethod
    def page_elements(
        self, body: list[nodes.Node], cases: list[Case]
    ) -> list[nodes.Node]:
        """Return what the page shows; raises ValueError with what is wrong."""

    def note_id(self) -> None:
        """Remember the id; raises ValueError if it is not the first on this page."""
        seen = self.env.temp_data.setdefault(f"gu_{self.kept_as}", set())
        if self.arguments[0] in seen:
            raise ValueError("the id is used twice on this page")
        seen.add(self.arguments[0])

    @property
    def id(self) -> str:
        """The id in the page, such as `guess-slope`."""
        return f"{self.kept_as}-{self.arguments[0]}"

    @property
    def address(self) -> str:
        """The id in the book, under which the browser keeps what a reader says."""
        topic = self.env.docname.removeprefix("chapters/")
        return f"{topic}/{self.arguments[0]}"

    def question(self, asked: list[nodes.Node]) -> list[nodes.Node]:
        """Return what is asked, as the name of the group around it."""
        opening = f'<div id="{self.id}-asked" class="gu-asked">'
        return [raw(opening), *asked, raw("</div>")]

    def group(self, css_class: str, **attributes: str) -> box:
        """Return an empty box with the id, named by what is asked in it."""
        named = {"role": "group", "aria-labelledby": f"{self.id}-asked", **attributes}
        return box(ids=[self.id], classes=[css_class], attributes=named)


def ends_in_list(body: list[nodes.Node]) -> bool:
    """Tell whether the last element is a list with marks."""
    return bool(body) and isinstance(body[-1], nodes.bullet_list)


def read_cases(found: nodes.Node) -> list[Case]:
    """Return the cases of a list; raises ValueError for one without a paragraph."""
    cases = []
    for item in found.children:
        first = item.children[0] if item.children else None
        if not isinstance(first, nodes.paragraph):
            raise ValueError("every item of the list begins with a line of text")
        cases.append(Case(first, list(item.children[1:])))
    return cases


def names(cases: list[Case]) -> list[str]:
    """Return what the cases say."""
    return [case.name for case in cases]


def marked(case: Case) -> bool | None:
    """Take the mark off a case: True for `[x]`, False for `[ ]`, None without one."""
    lead = case.said.children[0]
    for mark, right in MARKS.items():
        if isinstance(lead, nodes.Text) and lead.startswith(mark):
            case.said.replace(lead, nodes.Text(lead[len(mark) :]))
            return right
    return None


def label(case: Case) -> nodes.inline:
    """Return what a case says, as a part of a line.

    Raises ValueError for a formula alone: as a name, screen readers pass it over.
    """
    words = [child for child in case.said.children if not isinstance(child, nodes.math)]
    if not any(child.astext().strip() for child in words):
        raise ValueError(f"{case.name!r} is a formula alone; a choice needs a word")
    return nodes.inline("", "", *(child.deepcopy() for child in case.said.children))


def visit_box(self: Any, node: box) -> None:
    """Open a box."""
    self.body.append(self.starttag(node, "div", "", **node["attributes"]))


def depart_box(self: Any, node: box) -> None:
    """Close a box."""
    self.body.append("</div>")


def setup(app: Sphinx) -> None:
    """Register the box."""
    app.add_node(box, html=(visit_box, depart_box))
