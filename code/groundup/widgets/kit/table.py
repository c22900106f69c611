"""Posters: numbers between 0 and 1 as a table, colored by their size."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape


def table(
    told: str, columns: Iterable[str], rows: Iterable[tuple[str, Iterable[float]]]
) -> str:
    """Return a table with a caption; each row has a name and one number per column."""
    head = "".join(f"<th>{escape(name)}</th>" for name in columns)
    body = "".join(
        f"<tr><th>{escape(name)}</th>{''.join(cell(value) for value in line)}</tr>"
        for name, line in rows
    )
    return (
        f"<table><caption>{escape(told)}</caption>"
        f"<thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def cell(value: float) -> str:
    """Return a cell with a number on a ground that is as strong as it is large."""
    ground = f"color-mix(in srgb,var(--gu-blue,#0b62a8) {44 * value:.0f}%,transparent)"
    return f'<td style="background:{ground};text-align:center">{value:.2f}</td>'
