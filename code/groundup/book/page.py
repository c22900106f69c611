"""What a page's template needs: contents, links to run and edit, widgets."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from . import folds
from .catalog import book_root, catalog
from .front import title_of
from .repository import launch_links, repository
from .widget_states import name_widgets, widget_state

# Roles and labels of other packages that confuse a screen reader, and what helps.
MENDED = {
    ' role="doc-biblioentry"': ' role="listitem"',  # deprecated: a list has items
    ' role="doc-backlink"': "",
    ' aria-label="Toggle hidden content"': "",  # the visible words say more
}


def contents(app: Sphinx, page: str) -> list[dict[str, Any]]:
    """Return parts and chapters for the navigation, links relative to `page`."""
    root, book = book_root(app.env), catalog(app.env)
    chapters = [card.docname for card in book.cards]
    parts = []
    for caption, names in book.parts:
        entries = [
            {
                "docname": name,
                "title": app.env.titles[name].astext()
                if name in app.env.titles
                else title_of(root / f"{name}.md"),
                "number": chapters.index(name) + 1 if name in chapters else None,
                "url": app.builder.get_relative_uri(page, name),
                "current": name == page,
            }
            for name in names
        ]
        parts.append({"part": caption, "chapters": entries})
    return parts


def description(doctree: nodes.document | None) -> str:
    """Return the first sentences of a page, at most 155 characters of them."""
    if doctree is None:
        return ""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) > 60:
            return text if len(text) <= 155 else text[:152].rsplit(" ", 1)[0] + " …"
    return ""


def add_context(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Hand the template what it needs as `gu`, and keep scripts out of the head."""
    root = book_root(app.env)
    source = f"{pagename}.md"
    is_page = (root / source).is_file()
    card = catalog(app.env).card(pagename)
    notebook = f"_notebooks/{card.topic}.ipynb" if card else ""
    state = widget_state(app, pagename)
    gu: dict[str, Any] = {
        "is_chapter": card is not None,
        "toc": contents(app, pagename),
        "description": description(doctree),
        "topic": card.topic if card else pagename,
        "notebook_url": context["pathto"](notebook, 1) if notebook else "",
    }
    if is_page:
        topic = card.topic if card else ""
        gu.update(launch_links(repository(root), source, topic))
    context["gu"] = gu
    body = context.get("body", "")
    for theirs, ours in MENDED.items():
        body = body.replace(theirs, ours)
    body = folds.in_lines(body)
    context["body"], gu["widget_state"] = name_widgets(body, state)
    context["script_files"] = [
        s for s in context.get("script_files", []) if getattr(s, "filename", None)
    ]


def setup(app: Sphinx) -> None:
    """Register the template context."""
    app.connect("html-page-context", add_context, priority=900)
