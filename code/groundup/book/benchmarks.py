"""How long our code takes beside a library's, as `make bench` wrote it down.

`benchmarks/<topic>.json` holds a topic's ratios. They are read when a page is, so new
ones do not make its chapter run again.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from .catalog import book_root
from .measured import FOLDER, HEADS, NOTHING, Measured, compared, measured
from .outputs import raw


class Benchmarks(SphinxDirective):
    """`{benchmarks} topic`: the ratios of a topic, for its chapter."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table, or a sentence where nothing was measured yet."""
        root, topic = book_root(self.env), self.arguments[0]
        self.env.note_dependency(str(root / FOLDER / f"{topic}.json"))
        results = [r for part in measured(root, topic) for r in part["results"]]
        if not results:
            return list(self.parse_text_to_nodes(NOTHING))
        rows = [
            [
                escape(compared(result)),
                number(result["threads"]),
                number(f"{result['ratio']:.2f}"),
            ]
            for result in results
        ]
        return [raw(table(HEADS, rows))]


class AllBenchmarks(SphinxDirective):
    """`{all-benchmarks}`: every ratio that was measured, or every one of `figures`."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the table, or a sentence where nothing was measured yet."""
        root = book_root(self.env)
        self.env.note_dependency(str(root / FOLDER))
        found = measured(root)
        for path in (root / FOLDER).glob("*.json"):
            self.env.note_dependency(str(path))
        if not found:
            return list(self.parse_text_to_nodes(NOTHING))
        html = all_figures if self.arguments == ["figures"] else all_ratios
        return [raw(html(found))]


def number(value: object) -> str:
    """Return a cell that holds a number."""
    return f'<td class="gu-number">{value}</td>'


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return an HTML table; cells are HTML, a cell may bring its own `<td …>`."""
    heads = "".join(f'<th scope="col">{h}</th>' for h in head)
    lines = "".join(
        "<tr>"
        + "".join(c if c.startswith("<td") else f"<td>{c}</td>" for c in row)
        + "</tr>"
        for row in rows
    )
    return (
        '<div class="gu-table" role="group" aria-label="Table" tabindex="0">'
        '<table class="gu-status">'
        f"<thead><tr>{heads}</tr></thead><tbody>{lines}</tbody></table></div>"
    )


def memory(result: Measured) -> str:
    """Return our memory, and the library's where it was seen."""
    ours, peer = result["ours_mb"], result["peer_mb"]
    return f"{ours:.0f}" if peer is None else f"{ours:.0f} / {peer:.0f}"


def all_ratios(found: list[Measured]) -> str:
    """Return the ratios of all topics as an HTML table with the machines below it."""
    rows = [
        [
            escape(result["name"]),
            escape(result["peer"]),
            number(result["threads"]),
            number(f"{result['ratio']:.2f}"),
            number(f"{result['low']:.2f}–{result['high']:.2f}"),
            number(f"{result['aim']:.2f}"),
            number(memory(result)),
        ]
        for part in found
        for result in part["results"]
    ]
    heads = "What,Library,Threads,Time ratio,Middle half,Aim,Memory (MB)".split(",")
    machines = dict.fromkeys(machine(part["machine"]) for part in found)
    told = "".join(f'<p class="gu-small">Measured with {m}.</p>' for m in machines)
    return table(heads, rows) + told


def machine(found: dict[str, Any]) -> str:
    """Return what figures depend on, as a phrase."""
    return ", ".join(f"{escape(k)} {escape(str(v))}" for k, v in found.items())


def all_figures(found: list[Measured]) -> str:
    """Return the figures that stand for themselves as an HTML table."""
    rows = [
        [
            escape(figure["name"]),
            number(f"{figure['value']:.2f} {figure['unit']}"),
            number(f"{figure['aim']:g} {figure['unit']}"),
            number(f"{figure['load']:.1f}"),
        ]
        for part in found
        for figure in part["figures"]
    ]
    return table(["What", "Measured", "Aim", "Load before"], rows)


def setup(app: Sphinx) -> None:
    """Register the two tables."""
    app.add_directive("benchmarks", Benchmarks)
    app.add_directive("all-benchmarks", AllBenchmarks)
