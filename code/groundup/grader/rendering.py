"""A verdict as a learner sees it: in a terminal, and as a card in a notebook."""

from __future__ import annotations

from html import escape

from rich.console import Console
from rich.text import Text

from .grading import Report, TestResult

CARD = (
    "font:14px/1.5 system-ui,sans-serif;border:1px solid;border-left-width:4px;"
    "border-radius:4px;padding:.6em 1em;margin:.3em 0;max-width:46em;"
    "color:var(--jp-ui-font-color1,#1c1f23);"
    "background:var(--jp-layout-color1,#fdfcf9);border-color:"
)
GREEN, ORANGE, GRAY = "#0a7556", "#ad4a08", "#767b83"
BLOCK = "white-space:pre-wrap;font:13px/1.5 ui-monospace,monospace;margin:.5em 0"


def print_failure(console: Console, failure: TestResult) -> None:
    """Print the first failing test: its sentence, what happened, what answers it."""
    title, _, rest = failure.message.partition("\n")
    console.print(Text(title, style="bold"), soft_wrap=True)
    console.print(Text(rest), soft_wrap=True)


def print_score(console: Console, report: Report, after: str, note: str = "") -> None:
    """Print a mark for each test, the points, what to do next, and a note."""
    line = Text("\n")
    for test in report.tests:
        passed = test.status == "pass"
        line.append("✓ " if passed else "✗ ", style="green" if passed else "red")
    console.print(line + Text(f" {said(report)} {after}"), soft_wrap=True)
    if note:
        console.print(Text(note), soft_wrap=True)


def said(report: Report) -> str:
    """Return how many points an answer has, in words."""
    if report.passed and report.elsewhere:
        return (
            f"Every test that you have passed: {report.score} of {report.max} points."
            f" {report.elsewhere} more are decided by your instructor's tests."
        )
    if report.passed:
        return f"All tests passed: {report.score} of {report.max} points."
    return f"{report.score} of {report.max} points."


def running_card(id_: str, first: TestResult | None = None) -> str:
    """Return the card of a check under way, with the first failure if one is known."""
    message = f'<pre style="{BLOCK}">{escape(first.message)}</pre>' if first else ""
    return (
        f'<div role="status" style="{CARD}{GRAY}"><strong>{escape(id_)}</strong>'
        f" is being checked …{message}</div>"
    )


def trouble_card(id_: str, trouble: str) -> str:
    """Return the card of a check that could not be made."""
    return (
        f'<div role="status" style="{CARD}{GRAY}"><strong>{escape(id_)}</strong>'
        f' was not checked.<pre style="{BLOCK}">{escape(trouble)}</pre></div>'
    )


def card(report: Report, hint: str = "") -> str:
    """Return a verdict as HTML: marks, points, the first failure, the next hint."""
    marks = "".join(mark(test) for test in report.tests)
    parts = [f"<strong>{escape(report.exercise)}</strong> {escape(said(report))}"]
    parts.append(f'<div style="font-size:16px;letter-spacing:.2em">{marks}</div>')
    if report.note:
        parts.append(f"<div>{escape(report.note)}</div>")
    if failure := report.first_failure:
        title, _, rest = failure.message.partition("\n")
        parts.append(f'<div style="margin-top:.5em">{escape(title)}</div>')
        parts.append(f'<pre style="{BLOCK}">{escape(rest.strip(chr(10)))}</pre>')
        if hint:
            shown = f'<pre style="{BLOCK}">{escape(hint)}</pre>'
            parts.append(f"<details><summary>A hint</summary>{shown}</details>")
    color = GREEN if report.passed else ORANGE
    return f'<div role="status" style="{CARD}{color}">{"".join(parts)}</div>'


def mark(test: TestResult) -> str:
    """Return one test as a mark whose meaning does not hang on its color."""
    passed = test.status == "pass"
    color, sign = (GREEN, "✓") if passed else (ORANGE, "✗")
    label = f"{test.title} {'passed' if passed else 'not yet'}"
    return (
        f'<span role="img" aria-label="{escape(label)}" title="{escape(label)}"'
        f' style="color:{color}">{sign}</span>'
    )
