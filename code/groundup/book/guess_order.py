"""Checks of the guesses of a page: what is between them and their answers.

A guess is answered on its page, and not at once: by then the reader has met a heading,
a figure, a table or a derivation. Between two headings there is one guess.
"""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from .asking import box
from .deeper import folded
from .widget_states import widget_state

logger = logging.getLogger(__name__)
DRAWN = re.compile(r"<(figure|table)\b")
DERIVED = "gu-derivation"
BETWEEN = "to find it by (heading, figure, table, derivation)"


def check(app: Sphinx, doctree: nodes.document) -> None:
    """Warn, and so fail a strict build, where a guess is not answered in time."""
    states = [model["state"] for model in widget_state(app, app.env.docname).values()]
    for problem in [*problems(doctree), *unknown_states(doctree, states)]:
        logger.warning("%s", problem, location=app.env.docname)


def problems(doctree: nodes.document) -> list[str]:
    """Return a sentence for each guess that is not answered, or answered at once."""
    found: list[str] = []
    waiting: dict[str, bool] = {}  # the guess, and whether something came since
    headed = True
    for node in doctree.findall(nodes.Element):
        if isinstance(node, box):
            kind, _, name = node["ids"][0].partition("-")
            if kind == "guess":
                if not headed:
                    found.append(f"guess {name}: there is no heading since the last")
                waiting[name], headed = False, False
            elif kind == "answer" and not waiting.pop(name):
                found.append(f"answer {name}: nothing {BETWEEN} since its guess")
        elif separates(node) and not (asked_in(node) or folded(node)):
            waiting = dict.fromkeys(waiting, True)
            headed = headed or isinstance(node, nodes.title)
    return found + [f"guess {name}: it has no answer on this page" for name in waiting]


def unknown_states(doctree: nodes.document, states: list[dict[str, Any]]) -> list[str]:
    """Return a sentence for each guess that follows what no explorable has."""
    found: list[str] = []
    for asked in doctree.findall(box):
        explorable, state = asked.get("gu_follows", (None, None))
        if explorable is None:
            continue
        known = [s for s in states if s.get("name") == explorable and "_esm" in s]
        trait, _, index = state.rstrip("]").partition("[")
        value = known[0].get(trait) if known else None
        if index and isinstance(value, list):
            value = dict(enumerate(value)).get(int(index))
        if not isinstance(value, int | float):
            where = f"the explorable {explorable}" if known else "this page"
            what = f"no number {state}" if known else f"no explorable {explorable}"
            found.append(f"{asked['ids'][0].replace('-', ' ', 1)}: {where} has {what}")
    return found


def separates(node: nodes.Element) -> bool:
    """Tell whether this is a heading, a figure, a table or a derivation."""
    if isinstance(node, nodes.title):
        return isinstance(node.parent, nodes.section)
    if isinstance(node, nodes.raw):
        return DRAWN.search(node.astext()) is not None
    drawn = isinstance(node, nodes.table | nodes.figure | nodes.image)
    return drawn or DERIVED in node.get("classes", ())


def asked_in(node: nodes.Node) -> bool:
    """Tell whether something is a part of a question, a guess or an answer."""
    return node is not None and (isinstance(node, box) or asked_in(node.parent))


def setup(app: Sphinx) -> None:
    """Check each page that was read."""
    app.connect("doctree-read", check)
