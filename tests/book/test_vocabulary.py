"""Concepts are declared in cards, and the glossary is made from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from groundup.book.cards import Card, Concept, read_cards
from groundup.book.glossary import source
from groundup.book.vocabulary import order_problems, vocabulary

ROOT = Path(__file__).resolve().parents[2]


def concepts(*ids: str, said: str = "") -> tuple[Concept, ...]:
    return tuple(Concept(id_, id_, said or f"What {id_} is.") for id_ in ids)


def card(topic: str, *, teaches: str, recalls: str = "", needs: str = "") -> Card:
    return Card(
        docname=f"chapters/{topic}",
        title=topic,
        objectives=("a", "b", "c"),
        minutes=10,
        difficulty=1,
        teaches=concepts(*teaches.split()),
        recalls=concepts(*recalls.split()),
        needs=tuple(needs.split()),
    )


FIRST = card("foundations/calculus", teaches="gradient", recalls="vector")
SECOND = card("optimization/descent", teaches="step", needs="gradient")
VECTORS = card("foundations/vectors", teaches="vector")


def test_a_book_in_order_has_no_problems() -> None:
    assert order_problems([FIRST, SECOND]) == []


def test_a_concept_needed_before_it_is_declared_is_refused() -> None:
    assert order_problems([SECOND, FIRST]) == [
        "optimization/descent needs 'gradient', which no card up to there declares"
    ]


def test_a_concept_recalled_before_it_is_taught_is_refused() -> None:
    assert order_problems([FIRST, SECOND, VECTORS]) == [
        "foundations/calculus recalls 'vector' before foundations/vectors teaches it"
    ]
    both = replace(FIRST, recalls=concepts("gradient"))
    assert order_problems([both]) == [
        "foundations/calculus recalls 'gradient' before foundations/calculus teaches it"
    ]


def test_a_chapter_that_comes_first_teaches_and_no_other_card_is_changed() -> None:
    before = vocabulary([FIRST, SECOND])
    assert (before.taught(FIRST), before.relied_on(FIRST)) == (["gradient"], ["vector"])
    assert "vector" not in before.teachers
    said = replace(VECTORS, teaches=concepts("vector", "gradient", said="An arrow."))
    book = vocabulary([said, FIRST, SECOND])
    assert order_problems([said, FIRST, SECOND]) == []
    assert book.teachers["gradient"] == "foundations/vectors"
    assert book.taught(said) == ["vector", "gradient"]
    assert book.taught(FIRST) == []
    assert book.relied_on(FIRST) == ["vector", "gradient"]
    assert {c.gloss for c in book.glossary if c.name != "step"} == {"An arrow."}


def test_a_word_has_the_first_definition_alone_and_keeps_its_other_names() -> None:
    temperature = Concept("temperature", "Temperature", "A number.")
    one = replace(FIRST, teaches=(), recalls=(), terms=(temperature,))
    collinear = Concept("collinearity", "collinearity", "Of features.", ("collinear",))
    two = replace(
        SECOND,
        teaches=(Concept("sampling", "temperature", "Another."), collinear),
    )
    assert source(vocabulary([one, two]).glossary) == (
        "```{glossary}\ncollinearity\ncollinear\n  Of features.\n\n"
        "Temperature\n  A number.\n```\n"
    )


def test_this_book_needs_nothing_before_it_is_declared() -> None:
    cards = read_cards(ROOT)
    assert cards
    assert order_problems(cards) == []
