"""The cells of a chapter: what a reader sees of them is short, and teaches."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from groundup.book.cards import read_cards
from groundup.book.folds import COLUMNS

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = [card.docname for card in read_cards(ROOT)]
CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
FOLDED = re.compile(r"^:tags: \[.*\b(check|hide-input)\b.*\]$", re.MULTILINE)
DERIVATION = 8  # lines of one that stays open
CHECKS = {"verify", "derivation", "worked"}  # their output is for readers, not they


def shown(text: str) -> Iterator[str]:
    """Yield the sources of the cells that a page does not fold."""
    for cell in CELL.findall(text):
        if not FOLDED.search(cell):
            yield re.sub(r"\A(:[^\n]*\n)+\n?", "", cell)


def called(cell: str) -> set[str]:
    """Return the names of the functions that a cell calls."""
    calls = [n for n in ast.walk(ast.parse(cell)) if isinstance(n, ast.Call)]
    return {ast.unparse(call.func) for call in calls}


def faults(text: str) -> list[str]:
    """Return a sentence for each thing that a page should have folded."""
    found, derivations = [], 0
    for cell in shown(text):
        first = cell.strip().splitlines()[0] if cell.strip() else ""
        for line in cell.splitlines():
            if len(line) > COLUMNS:
                found.append(f"{len(line)} columns: {line}")
        if CHECKS & (names := called(cell)):
            found.append(f"verifies in sight: {first}")
        if any(name == "equation" or name.startswith("sp.") for name in names):
            derivations += 1
            if len(cell.strip().splitlines()) > DERIVATION:
                found.append(f"derives at length in sight: {first}")
    if derivations == 0:
        found.append("no derivation stays open")
    return found


@pytest.mark.parametrize("docname", CHAPTERS)
def test_a_page_shows_what_teaches_and_folds_what_checks(docname: str) -> None:
    assert faults((ROOT / f"{docname}.md").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("tags", "source", "fault"),
    [
        ("", "x = sp.Symbol('x')\nverify('a.b', x, f, {})", "verifies in sight"),
        ("", "derivation('a.b', x, [line(y)], {})", "verifies in sight"),
        ("", "worked('a.b', [])", "verifies in sight"),
        ("", "a = 1" + " " * 60 + "# far", "columns"),
        ("", "equation('a', b)\n" + "b\n" * 8, "derives at length"),
        (":tags: [check]\n\n", "equation('a', b)", "no derivation stays open"),
        (":tags: [hide-input, x]\n\n", "verify()", "no derivation stays open"),
    ],
)
def test_what_should_be_folded_is_found(tags: str, source: str, fault: str) -> None:
    cell = f"```{{code-cell}} ipython3\n{tags}{source}\n```\n"
    (found,) = [line for line in faults(cell) if fault in line]
    assert found
    assert faults("```{code-cell} ipython3\nequation('a', b)\n```\n") == []
