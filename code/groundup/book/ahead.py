"""Runs the chapters that have to run, two at a time, before their pages are read.

Sphinx reads one page after the other, and a page whose notebook is not in the cache
waits until that has run. Here they run side by side, each with one thread for linear
algebra: two threads of one kernel would wait for those of the other, and numbers would
hang on how many processors a machine has. What fails here says nothing: it runs again
where its page is read, and is told of there.
"""

from __future__ import annotations

import logging as standard
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_cache import get_cache
from myst_nb.core.config import NbParserConfig
from myst_nb.core.execute import create_client
from myst_nb.core.execute.base import NotebookClientBase
from myst_nb.core.loggers import SphinxDocLogger
from myst_nb.core.read import create_nb_reader
from myst_parser.config.main import MdParserConfig
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from .absent import missing
from .catalog import catalog

logger = logging.getLogger(__name__)
AT_ONCE = 2
THREADS = ("OMP", "OPENBLAS", "MKL")


class Silent(SphinxDocLogger):
    """Takes what myst-nb says of a run, which is said where the page is read."""

    def __init__(self) -> None:
        standard.LoggerAdapter.__init__(self, standard.getLogger(__name__))

    def log(self, level: int, msg: object, *args: object, **kwargs: Any) -> None:
        """Say nothing."""


def run_ahead(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run those of the pages to read that are not in the cache, the last one first.

    The later a chapter stands, the longer it runs.
    """
    clients = [client for name in reversed(docnames) if (client := waiting(app, name))]
    if len(clients) < 2:  # it runs where it is read
        return
    logger.info("running %d chapters, %d at a time", len(clients), AT_ONCE)
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for client in threads.map(run, clients):
            found = client.exec_metadata
            if found and found["succeeded"]:
                seconds = found["runtime"]
                logger.info(
                    "%s: Executed notebook in %.2f seconds", client.path, seconds
                )


def waiting(app: Sphinx, docname: str) -> NotebookClientBase | None:
    """Return what runs a page's notebook, or None where nothing has to run."""
    path = Path(app.env.doc2path(docname))
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".md" or "{code-cell}" not in text:
        return None
    if missing(catalog(app.env).card(docname)):
        return None
    config: NbParserConfig = app.env.mystnb_config  # type: ignore[attr-defined]
    markdown: MdParserConfig = app.env.myst_config  # type: ignore[attr-defined]
    reader = create_nb_reader(str(path), markdown, config, text)
    if reader is None or config.execution_mode != "cache":
        return None
    notebook = reader.read(text)
    with suppress(KeyError):
        get_cache(config.execution_cache_path).match_cache_notebook(notebook)
        return None
    return create_client(notebook, str(path), config, Silent(), reader.read_fmt)


def run(client: NotebookClientBase) -> NotebookClientBase:
    """Run a notebook, keep what it gave, and return what tells of it."""
    with client:
        return client


def setup(app: Sphinx) -> None:
    """Run chapters when it is known which pages are read, all with one thread."""
    for name in THREADS:
        os.environ.setdefault(f"{name}_NUM_THREADS", "1")
    app.connect("env-before-read-docs", run_ahead)
