"""Derivations on the page: a list of lines, aligned at their signs, reasons beside.

A screen reader reads each line by its number, and "because" before its reason.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

DERIVATION = "application/vnd.groundup.derivation+json"
BRACKET = re.compile(r"\\left\(")
LONG = 36  # characters of LaTeX in brackets that may be broken


class derivation_list(nodes.General, nodes.Element):
    """The lines of a derivation; `note` says how they were checked."""


class derivation_line(nodes.Part, nodes.TextElement):
    """One line: its two sides, and a reason."""


def derivation_node(record: dict[str, Any]) -> derivation_list:
    """Return the lines that `groundup.formulas.derivation` displayed."""
    reasons = any(row["because"] for row in record["rows"])
    lines = derivation_list(note=record["note"], reasons=reasons)
    for number, row in enumerate(record["rows"], start=1):
        lines += line_node(number, row)
    return lines


def line_node(number: int, row: dict[str, Any]) -> derivation_line:
    """Return one line of a derivation."""
    line = derivation_line()
    line += nodes.inline("", f"Line {number}: ", classes=["gu-hidden"])
    left = [displayed(row["left"])] if row["left"] else []
    line += nodes.inline("", "", *left, classes=["gu-line-left"])
    right = nodes.inline(classes=["gu-line-right"])
    for sign, latex in row["steps"]:
        right += [displayed(rf"{sign} \nobreak {breakable(latex)}"), nodes.Text(" ")]
    line += right
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


def breakable(latex: str) -> str:
    r"""Return LaTeX whose long brackets may be broken: not \left( but \biggl(.

    Only signs outside of all groups can end a line, and `\left … \right` is a group.
    A product of numbers stays together.
    """
    text, start = "", 0
    for bracket in BRACKET.finditer(latex):
        inside = matching(latex, bracket.end())
        opened = latex[: bracket.start()]
        if bracket.start() < start or opened.count("{") != opened.count("}"):
            continue
        if len(inside) < LONG:
            continue
        large = "bigg" if r"\sum" in inside else "Big" if r"\frac" in inside else ""
        text += latex[start : bracket.start()]
        text += rf"\{large}l({inside}\{large}r)" if large else f"({inside})"
        start = bracket.end() + len(inside) + len(r"\right)")
    return (text + latex[start:]).replace(r"\cdot ", r"\cdot \nobreak ")


def matching(latex: str, start: int) -> str:
    r"""Return what is between a `\left(` that ends at `start` and its `\right)`."""
    depth = 1
    for side in re.finditer(r"\\(left|right)(?![a-z])", latex[start:]):
        depth += 1 if side[1] == "left" else -1
        if depth == 0:
            return latex[start : start + side.start()]
    return latex[start:]


def with_math(text: str) -> list[nodes.Node]:
    """Return a text whose parts between dollars are mathematics."""
    return [
        nodes.math(part, part) if number % 2 else nodes.Text(part)
        for number, part in enumerate(text.split("$"))
        if part
    ]


def with_code(text: str) -> list[nodes.Node]:
    """Return a text whose parts between backticks are names in code."""
    return [
        nodes.literal(part, part) if number % 2 else nodes.Text(part)
        for number, part in enumerate(text.split("`"))
        if part
    ]


def how_checked(element: nodes.Element) -> list[nodes.Node]:
    """Return what is to be said about the derivations inside an element."""
    return [
        nodes.paragraph("", "", *with_code(lines["note"]), classes=["gu-small"])
        for lines in element.findall(derivation_list)
    ]


def visit_list(self: Any, node: derivation_list) -> None:
    """Open the list; its role survives a style without numbers."""
    wide = "" if node["reasons"] else " gu-no-reasons"
    self.body.append(f'<ol class="gu-derivation{wide}" role="list">')


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
