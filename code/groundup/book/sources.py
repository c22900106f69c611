"""The bibliography: one file a part, `chapters/<part>/references.bib`, as found."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config


def bibliographies(root: Path) -> list[str]:
    """Return the files of all parts, relative to the folder of the book."""
    found = root.glob("chapters/*/references.bib")
    return sorted(path.relative_to(root).as_posix() for path in found)


def configure(app: Sphinx, config: Config) -> None:
    """Tell sphinxcontrib-bibtex of the files."""
    config.bibtex_bibfiles = bibliographies(Path(app.srcdir))


def setup(app: Sphinx) -> None:
    """Look for the files when the configuration is read."""
    app.connect("config-inited", configure)
