"""Re-executes a chapter when the library it imports has changed, and only then.

Jupyter's cache knows a notebook by its own cells. Here each chapter also has a
fingerprint of the library files behind it; where that differs from the one of the
cached run, the cached run is dropped before the page is read.

A cell that fails ends a strict build. A reader's build warns and goes on: a figure that
another processor rounds otherwise must not keep anybody from reading.
"""

from __future__ import annotations

import json
from pathlib import Path

from docutils import nodes
from jupyter_cache import get_cache
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from . import library
from .absent import missing
from .cards import Card
from .catalog import book_root, catalog

logger = logging.getLogger(__name__)


def cache_folder(app: Sphinx) -> Path:
    """Return the folder of the notebook cache, as myst-nb chooses it."""
    configured = app.config.nb_execution_cache_path
    default = Path(app.outdir).parent / ".jupyter_cache"
    return Path(configured) if configured else default


def extra_inputs(root: Path, card: Card | None) -> list[Path]:
    """Return the files that a chapter names under `groundup.reads`."""
    return [root / name for name in card.reads] if card else []


def drop_stale_runs(
    app: Sphinx,
    env: BuildEnvironment,
    added: set[str],
    changed: set[str],
    removed: set[str],
) -> list[str]:
    """Forget cached runs whose library has changed; return their pages to re-read."""
    folder = cache_folder(app)
    memory = folder / "library.json"
    before = json.loads(memory.read_text()) if memory.is_file() else {}
    now: dict[str, str] = {}
    for docname in sorted(env.found_docs):
        path = Path(env.doc2path(docname))
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".md" and "{code-cell}" in text:
            card = catalog(env).card(docname)
            extra = extra_inputs(book_root(env), card)
            absent = " without ".join(["", *missing(card)])
            now[docname] = library.fingerprint(text, extra) + absent
    stale = [name for name in now if before.get(name) != now[name]]
    if stale and folder.is_dir():
        forget(folder, [Path(env.doc2path(name)) for name in stale])
    folder.mkdir(parents=True, exist_ok=True)
    memory.write_text(json.dumps(now, indent=1))
    return stale


def forget(folder: Path, paths: list[Path]) -> None:
    """Remove the cached runs of these notebooks."""
    cache = get_cache(folder)
    for record in cache.list_cache_records():
        if Path(record.uri) in paths:
            logger.info("the library behind %s changed: it runs again", record.uri)
            cache.remove_cache(record.pk)


def go_on(app: Sphinx, config: Config) -> None:
    """Let a chapter run on past a cell that fails, unless warnings are errors."""
    if not (app.warningiserror or app.keep_going):
        config.nb_execution_allow_errors = True


def warn_of_failures(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of cells that failed, of this run or of one that was kept."""
    for shown in doctree.findall(nodes.literal_block):
        if "traceback" in shown["classes"]:
            last = shown.astext().strip().rsplit("\n", 1)[-1]
            logger.warning("a cell failed: %s", last, location=app.env.docname)


def setup(app: Sphinx) -> None:
    """Ask, before pages are read, which ones the library has outdated."""
    app.connect("config-inited", go_on, priority=100)
    app.connect("env-get-outdated", drop_stale_runs)
    app.connect("doctree-read", warn_of_failures)
