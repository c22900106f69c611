"""Chapter cards and the order of concepts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from groundup.book.cards import (
    Card,
    Concept,
    docnames,
    order_problems,
    read_card,
    read_cards,
    read_concepts,
)

ROOT = Path(__file__).resolve().parents[2]
FRONT = """---
groundup:
  objectives: [Derive it, Implement it, Measure it]
  minutes: 45
  difficulty: 2
  teaches: [gradient]
  needs: [vector]
---
# A chapter
"""
CONCEPTS = {
    "vector": Concept("vector", "vector", "An arrow.", assumed=True),
    "gradient": Concept("gradient", "gradient", "All slopes."),
    "step": Concept("step", "step", "A move."),
}


def card(topic: str, *, teaches: tuple[str, ...], needs: tuple[str, ...]) -> Card:
    return Card(
        docname=f"chapters/{topic}",
        title=topic,
        objectives=("a", "b", "c"),
        minutes=10,
        difficulty=1,
        teaches=teaches,
        needs=needs,
    )


FIRST = card("foundations/calculus", teaches=("gradient",), needs=("vector",))
SECOND = card("optimization/descent", teaches=("step",), needs=("gradient",))


def test_a_book_in_order_has_no_problems() -> None:
    assert order_problems([FIRST, SECOND], CONCEPTS) == []


def test_a_concept_needed_before_it_is_taught_is_refused() -> None:
    assert order_problems([SECOND, FIRST], CONCEPTS) == [
        "optimization/descent needs 'gradient' before it is taught"
    ]


def test_a_concept_that_nobody_defined_is_refused() -> None:
    unknown = replace(SECOND, needs=("gradeint",), teaches=("stp",))
    assert order_problems([FIRST, unknown], CONCEPTS) == [
        "optimization/descent needs 'gradeint', which is no concept",
        "optimization/descent teaches 'stp', which is no concept",
    ]


def test_a_concept_taught_twice_is_refused() -> None:
    again = replace(SECOND, teaches=("gradient",))
    assert order_problems([FIRST, again], CONCEPTS) == [
        "optimization/descent and foundations/calculus both teach 'gradient'"
    ]


def test_this_book_needs_nothing_before_it_is_taught() -> None:
    cards = read_cards(ROOT)
    assert cards
    assert order_problems(cards, read_concepts(ROOT)) == []


def test_every_page_of_the_contents_exists() -> None:
    assert [n for n in docnames(ROOT) if not (ROOT / f"{n}.md").is_file()] == []


def test_a_card_is_read_from_the_front_matter(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(FRONT)
    found = read_card(tmp_path, "page")
    assert found is not None
    assert (found.title, found.minutes) == ("A chapter", 45)
    assert (found.teaches, found.needs) == (("gradient",), ("vector",))


def test_a_page_without_a_card_is_no_chapter(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Notation\n")
    assert read_card(tmp_path, "page") is None


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  minutes: 45\n", "", "lacks groundup.minutes"),
        ("difficulty: 2", "difficulty: 7", "difficulty is 1 to 5, found 7"),
        ("[Derive it, Implement it, Measure it]", "[Derive]", "3 to 5 objectives"),
        ("  minutes:", "  hours: 1\n  minutes:", r"unknown keys .*'hours'"),
        ("\n---\n# A", "\n# A", "never closed"),
        ("# A chapter", "A chapter", "no title"),
    ],
)
def test_a_wrong_card_is_refused_by_name(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in FRONT
    (tmp_path / "page.md").write_text(FRONT.replace(old, new))
    with pytest.raises(ValueError, match=message):
        read_card(tmp_path, "page")
