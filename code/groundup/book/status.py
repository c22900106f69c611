"""The status page: run time, memory and weight of chapters."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from .benchmarks import number, table
from .catalog import catalog
from .outputs import chapter_summary, raw

LINKED = re.compile(r"""(?:src|href)="([^"#?]+\.(?:css|js|woff2|png|svg))[^"]*\"""")
FROM_CSS = re.compile(r"""url\(["']?([^"')]+\.woff2)""")
WEIGHT = re.compile(r'(<td data-weight="([^"]+)">)[^<]*(</td>)')


class chapter_status(nodes.General, nodes.Element):
    """The place of the table of chapters."""


class ChapterStatus(SphinxDirective):
    """`{chapter-status}`: run time, memory and weight of each chapter."""

    def run(self) -> list[nodes.Node]:
        """Return the place where the table will stand."""
        return [chapter_status()]


def peaks(env: BuildEnvironment) -> dict[str, float]:
    """Return the peak memory in MB of each page that ended with `summary()`."""
    if not hasattr(env, "gu_peaks"):
        env.gu_peaks = {}  # type: ignore[attr-defined]
    return cast("dict[str, float]", env.gu_peaks)  # type: ignore[attr-defined]


def collect(app: Sphinx, doctree: nodes.document) -> None:
    """Remember the peak memory that a page's `summary()` reported."""
    for place in doctree.findall(chapter_summary):
        peaks(app.env)[app.env.docname] = place["record"]["peak_megabytes"]


def merge(
    app: Sphinx, env: BuildEnvironment, names: set[str], other: BuildEnvironment
) -> None:
    """Take over what a parallel reader found."""
    peaks(env).update({n: mb for n, mb in peaks(other).items() if n in names})


def rewrite(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Ask for the status page to be written again at each build."""
    return [name for name in env.found_docs if name.endswith("appendices/status")]


class ResolveStatus(SphinxPostTransform):
    """Writes the table of chapters when all have been executed."""

    default_priority = 8

    def run(self, **kwargs: Any) -> None:
        """Fill the place on the status page."""
        for place in list(self.document.findall(chapter_status)):
            place.replace_self(raw(self.chapters()))

    def chapters(self) -> str:
        """Return the table; weights are filled in when all pages are written."""
        metadata = getattr(self.env, "nb_metadata", {})
        rows = []
        for card in catalog(self.env).cards:
            data = metadata.get(card.docname, {}).get("exec_data") or {}
            uri = self.app.builder.get_relative_uri(self.env.docname, card.docname)
            seconds, megabytes = data.get("runtime"), peaks(self.env).get(card.docname)
            rows.append(
                [
                    f'<a href="{uri}">{escape(card.title)}</a>',
                    number(f"{seconds:.1f} s") if seconds else "–",
                    number(f"{megabytes:.0f} MB") if megabytes else "–",
                    f'<td data-weight="{card.docname}">–</td>',
                ]
            )
        return table(["Chapter", "Run time", "Memory", "Weight of the page"], rows)


def files_of_page(page: Path) -> set[Path]:
    """Return the files a built page loads: itself, and what it and its CSS link."""
    files, waiting = {page}, [page]
    while waiting:
        path = waiting.pop()
        pattern = FROM_CSS if path.suffix == ".css" else LINKED
        for link in pattern.findall(path.read_text(encoding="utf-8")):
            target = (path.parent / link).resolve()
            if target.is_file() and target not in files:
                files.add(target)
                if target.suffix == ".css":
                    waiting.append(target)
    return files


def fill_weights(app: Sphinx, exception: Exception | None) -> None:
    """Write each page's weight into the status page, once all files are there."""
    page = Path(app.outdir) / "chapters/appendices/status.html"
    if exception or not page.is_file():
        return

    def weight(match: re.Match[str]) -> str:
        built = Path(app.outdir) / f"{match.group(2)}.html"
        total = sum(path.stat().st_size for path in files_of_page(built.resolve()))
        return f"{match.group(1)}{total / 1000:.0f} KB{match.group(3)}"

    text = page.read_text(encoding="utf-8")
    page.write_text(WEIGHT.sub(weight, text), encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register the directives and events of the status page."""
    app.add_node(chapter_status)
    app.add_directive("chapter-status", ChapterStatus)
    app.add_post_transform(ResolveStatus)
    app.connect("doctree-read", collect)
    app.connect("env-merge-info", merge)
    app.connect("env-updated", rewrite)
    app.connect("build-finished", fill_weights)
