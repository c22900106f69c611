"""`{progress-panel}`: the place where a reader's own progress is shown."""

from __future__ import annotations

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from .outputs import raw


class ProgressPanel(SphinxDirective):
    """The panel itself is drawn in the browser; it alone knows the progress."""

    def run(self) -> list[nodes.Node]:
        """Return the panel's place, with a sentence for readers without scripts."""
        return [
            raw(
                '<div id="gu-progress"><noscript><p>Your progress is kept by a script'
                " in your browser, and scripts are off.</p></noscript></div>"
            )
        ]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("progress-panel", ProgressPanel)
