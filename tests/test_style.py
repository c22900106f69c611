"""The book's text: nothing that `chapters/style.yml` bans, and the field's words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from groundup.book.cards import Card, read_cards

ROOT = Path(__file__).resolve().parents[1]
STYLE = yaml.safe_load((ROOT / "chapters/style.yml").read_text("utf-8"))
PAGES = sorted((ROOT / "chapters").glob("*/*.md"))
TASKS = sorted((ROOT / "exercises").glob("*/*/*/exercise.md"))
# What is no prose, beside code: front matter, formulas, names of code.
OTHER = [
    re.compile(r"\A---\n.*?\n---\n", re.DOTALL),
    re.compile(r"\$\$.*?\$\$|\$[^$]+\$", re.DOTALL),
    re.compile(r"`[^`\n]+`"),
]
# A fence that closes a directive opens nothing: pairs are taken in their order.
FENCED = re.compile(r"^(`{3,})([^\n`]*)\n.*?^\1$", re.DOTALL | re.MULTILINE)
CODE = {"", "{code-cell}", "python", "bash", "console", "text", "yaml"}


def without_code(fenced: re.Match[str]) -> str:
    """Return blanks for a block of code, any other block as it is."""
    kind = (fenced[2].split() or [""])[0]
    return re.sub(r"[^\n]", " ", fenced[0]) if kind in CODE else fenced[0]


def prose(text: str) -> str:
    """Return a page's text with blanks for all that is none, line by line."""
    text = FENCED.sub(without_code, text)
    for pattern in OTHER:
        text = pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    return text


def banned(text: str) -> list[str]:
    """Return what is banned and stands there all the same, with what to say instead."""
    return [
        f"line {number}: {found[0].strip()!r}: {entry['instead']}"
        for number, line in enumerate(prose(text).splitlines(), 1)
        for entry in STYLE["banned"]
        for found in re.finditer(entry["say"], line, re.IGNORECASE)
    ]


@pytest.mark.parametrize(
    "path", [*PAGES, *TASKS], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_no_page_says_what_is_banned(path: Path) -> None:
    assert banned(path.read_text("utf-8")) == []


@pytest.mark.parametrize("card", read_cards(ROOT), ids=lambda card: card.topic)
def test_a_chapter_uses_the_fields_words(card: Card) -> None:
    page = (ROOT / f"{card.docname}.md").read_text("utf-8")
    text = OTHER[0].sub("", page)  # the card itself has them all
    said = re.sub(r"[*_`{}<>\s]+", " ", text).casefold()
    assert [word for word in card.words if word.casefold() not in said] == []
    assert len(card.words) >= 5


def test_what_is_banned_is_found_in_prose_alone() -> None:
    page = (
        "Simply add.\n\n```{code-cell} ipython3\nsimply = 1\n```\n`simply`, $simply$\n"
    )
    assert banned(page) == ["line 1: 'Simply': leave it out: what is simple for whom?"]


def test_what_is_banned_is_found_between_two_directives_and_inside() -> None:
    page = "```{refresher} mean\n```\nSimply add.\n```{guess} a\nsimply?\n```\n"
    assert [found.split(":")[0] for found in banned(page)] == ["line 3", "line 5"]
