"""Cards of terms: a page holds the definitions of the terms that it links.

`{term}` stays a link to the glossary, for readers without scripts. A script shows the
definition beside the word while it is pointed at, has the focus or was tapped.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.environment import BuildEnvironment

LINK = re.compile(r'href="[^"#]*#(term-[^"]+)"[^>]*><span class="[^"]*std-term')


def linked_terms(body: str) -> list[str]:
    """Return the anchors of the terms that a page links, each once, as they come."""
    return list(dict.fromkeys(LINK.findall(body)))


def places(env: BuildEnvironment) -> dict[str, str]:
    """Return the page of each term by its anchor."""
    objects = env.get_domain("std").get_objects()
    return {anchor: page for _, _, kind, page, anchor, _ in objects if kind == "term"}


def definition(env: BuildEnvironment, page: str, anchor: str) -> list[nodes.Node]:
    """Return what the glossary says of a term: its name, and the definition."""
    for item in env.get_doctree(page).findall(nodes.definition_list_item):
        for term in item.findall(nodes.term):
            if anchor in term["ids"]:
                name = nodes.paragraph("", term.astext(), classes=["gu-term-name"])
                (said,) = item.findall(nodes.definition)
                return [name, *map(plain, said.children)]
    return []


def plain(node: nodes.Node) -> nodes.Node:
    """Return a copy without anchors, in which links to other pages are words."""
    copy = node.deepcopy()
    for link in list(copy.findall(addnodes.pending_xref)):
        link.replace_self(link.children)
    for element in copy.findall(nodes.Element):
        element["ids"] = []
    return copy


def add_definitions(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Put the definitions of a page's terms below its text, out of sight."""
    body = context.get("body", "")
    pages = places(app.env)
    for anchor in linked_terms(body):
        page = pages.get(anchor, pagename)
        if page != pagename:
            opening = f'<template class="gu-definition" data-term="{anchor}">'
            said = definition(app.env, page, anchor)
            body += opening + "".join(rendered(app, n) for n in said) + "</template>"
    context["body"] = body


def rendered(app: Sphinx, node: nodes.Node) -> str:
    """Return a node as HTML."""
    assert isinstance(app.builder, StandaloneHTMLBuilder)
    return app.builder.render_partial(node)["fragment"]


def setup(app: Sphinx) -> None:
    """Add definitions when pages are written."""
    app.connect("html-page-context", add_definitions, priority=800)
