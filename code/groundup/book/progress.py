"""`{progress-panel}`: the place where a reader's own progress is shown.

Below it are the machines that answers become parts of: what is ticked is lit.

Exercises are kept by `topic/id`. Earlier books kept them by short names, which the
panel knows how to read.
"""

from __future__ import annotations

import json
from html import escape

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from groundup.bodies import BODIES, Body, drawing
from groundup.grader.known import names_of

from .catalog import book_root
from .outputs import raw


class ProgressPanel(SphinxDirective):
    """The panel itself is drawn in the browser; it alone knows the progress."""

    def run(self) -> list[nodes.Node]:
        """Return the panel's place, with a sentence for readers without scripts."""
        exercises = book_root(self.env) / "exercises"
        names = {known: name for name, known in names_of(exercises).items()}
        known = escape(json.dumps({k: n for k, n in names.items() if k != n}))
        return [
            raw(
                f'<div id="gu-progress" data-names="{known}"><noscript>'
                "<p>Your progress is kept by a script in your browser, and scripts are"
                " off.</p></noscript></div>"
            ),
            *(raw(drawing(body)) for body in BODIES if self.has_exercises(body, names)),
        ]

    def has_exercises(self, body: Body, names: dict[str, str]) -> bool:
        """Tell whether the book has the exercises that make a machine's parts."""
        return all(organ.exercise in names.values() for organ in body.organs)


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("progress-panel", ProgressPanel)
