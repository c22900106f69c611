"""`{deeper} Title`: a folded section for a second reading.

With a body, the body is folded. Without one, all that follows is, up to the next
heading: such a section can hold cells, which no body can.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

logger = logging.getLogger(__name__)


class deeper(nodes.section):
    """A section that is folded; it has its place among the headings of a page."""


class deeper_title(nodes.title):
    """The title of a folded section, on which it is opened."""


class Deeper(SphinxDirective):
    """A folded section; the argument is its title."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the section, whose anchor is made from the title as of any other."""
        title, _ = self.parse_inline(self.arguments[0])
        section = deeper(gu_open=not self.content)
        section["names"].append(nodes.fully_normalize_name(self.arguments[0]))
        section += deeper_title("", "", nodes.Text("Deeper: "), *title)
        section += self.parse_content_to_nodes()
        self.set_source_info(section)
        self.state.document.note_implicit_target(section, section)
        return [section]


class GatherDeeper(SphinxTransform):
    """Put what follows a section without a body into it."""

    default_priority = 100  # before headings are counted

    def apply(self, **kwargs: Any) -> None:
        """Gather up to the next heading; warn where nothing follows."""
        for section in list(self.document.findall(deeper)):
            if section["gu_open"]:
                gather(section)
                section["gu_open"] = False
            if len(section) < 2:
                name = section["names"][0]
                logger.warning("deeper %s: it is empty", name, location=section)


def gather(section: deeper) -> None:
    """Move all siblings up to the next section into this one."""
    following = section.parent[section.parent.index(section) + 1 :]
    for node in following:
        if isinstance(node, nodes.section):
            break
        section.parent.remove(node)
        section += node


def folded(node: nodes.Node | None) -> bool:
    """Tell whether a node is part of a folded section."""
    return node is not None and (isinstance(node, deeper) or folded(node.parent))


def visit_section(self: Any, node: deeper) -> None:
    """Open the section and its fold."""
    self.section_level += 1
    self.body.append(self.starttag(node, "section", "", CLASS="gu-deeper"))
    self.body.append("<details>")


def depart_section(self: Any, node: deeper) -> None:
    """Close the fold and the section."""
    self.section_level -= 1
    self.body.append("</details></section>")


def visit_title(self: Any, node: deeper_title) -> None:
    """Open the line that a reader opens the section on."""
    self.body.append("<summary>")
    self.visit_title(node)


def depart_title(self: Any, node: deeper_title) -> None:
    """Close that line; a link inside of it could not be reached by all readers."""
    self.body.append(f"{self.context.pop()}</summary>")


def setup(app: Sphinx) -> None:
    """Register the directive and its section."""
    app.add_node(deeper, html=(visit_section, depart_section))
    app.add_node(deeper_title, html=(visit_title, depart_title))
    app.add_directive("deeper", Deeper)
    app.add_transform(GatherDeeper)
