"""Derivations on the page: a list of lines, aligned at their signs, reasons beside.

A screen reader reads each line by its number, and "because" before its reason.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

DERIVATION = "application/vnd.groundup.derivation+json"


class derivation_list(nodes.General, nodes.Element):
    """The lines of a derivation; `note` says how they were checked."""


class derivation_line(nodes.General, nodes.Element):
    """One line: its two sides, and a reason."""


def derivation_node(record: dict[str, Any]) -> derivation_list:
    """Return the lines that `groundup.derivation` displayed."""
    lines = derivation_list(note=record["note"], name=record["id"])
    for number, row in enumerate(record["rows"], start=1):
        lines += line_node(number, row)
    return lines


def line_node(number: int, row: dict[str, str]) -> derivation_line:
    """Return one line of a derivation."""
    line = derivation_line()
    line += nodes.inline("", f"Line {number}: ", classes=["gu-hidden"])
    for side in ("left", "right"):
        part = nodes.inline(classes=[f"gu-line-{side}"])
        if latex := row[side]:
            part += displayed(latex)
        line += part
    if row["because"]:
        because = nodes.inline(classes=["gu-because"])
        because += nodes.inline("", "because ", classes=["gu-hidden"])
        because.extend(with_math(row["because"]))
        line += because
    return line


def displayed(latex: str) -> nodes.math:
    """Return mathematics as large as a displayed formula, which may be broken."""
    text = rf"\displaystyle {latex}"
    return nodes.math(text, text)


def with_math(text: str) -> list[nodes.Node]:
    """Return a text whose parts between dollars are mathematics."""
    return [
        nodes.math(part, part) if number % 2 else nodes.Text(part)
        for number, part in enumerate(text.split("$"))
        if part
    ]


def how_checked(element: nodes.Element) -> list[nodes.Node]:
    """Return what is to be said about the derivations inside an element."""
    return [
        nodes.paragraph("", lines["note"], classes=["gu-small"])
        for lines in element.findall(derivation_list)
    ]


def visit_list(self: Any, node: derivation_list) -> None:
    """Open the list; its role survives a style without numbers."""
    self.body.append('<ol class="gu-derivation" role="list">')


def depart_list(self: Any, node: derivation_list) -> None:
    """Close the list."""
    self.body.append("</ol>")


def visit_line(self: Any, node: derivation_line) -> None:
    """Open a line."""
    self.body.append("<li>")


def depart_line(self: Any, node: derivation_line) -> None:
    """Close a line."""
    self.body.append("</li>")


def setup(app: Sphinx) -> None:
    """Register what a derivation is made of."""
    app.add_node(derivation_list, html=(visit_list, depart_list))
    app.add_node(derivation_line, html=(visit_line, depart_line))
