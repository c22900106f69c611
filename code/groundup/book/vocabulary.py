"""The ideas and words of the book, gathered from the cards of its chapters.

The first card in reading order that declares a concept says what it is. The first that
has it under `teaches` teaches it; a later one that declares it, too, recalls it. So a
new chapter declares what it teaches, and no other card has to be changed for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .cards import Card, Concept


@dataclass(frozen=True)
class Vocabulary:
    """All concepts by id, and the topic of the chapter that teaches each.

    `glossary` has concepts and further terms, a word once, in the alphabet's order.
    """

    concepts: Mapping[str, Concept]
    teachers: Mapping[str, str]
    glossary: tuple[Concept, ...]

    def taught(self, card: Card) -> list[str]:
        """Return the names of the concepts that a chapter is the first to teach."""
        own = (c for c in card.teaches if self.teachers[c.id] == card.topic)
        return [self.concepts[concept.id].name for concept in own]

    def relied_on(self, card: Card) -> list[str]:
        """Return the names of what a chapter needs, and of what it only recalls."""
        again = (c.id for c in card.teaches if self.teachers[c.id] != card.topic)
        ids = dict.fromkeys([*(c.id for c in card.recalls), *card.needs, *again])
        return [self.concepts[id_].name for id_ in ids if id_ in self.concepts]


def vocabulary(cards: Sequence[Card]) -> Vocabulary:
    """Return the vocabulary of a book, its cards in reading order."""
    concepts: dict[str, Concept] = {}
    teachers: dict[str, str] = {}
    for card in cards:
        for concept in (*card.recalls, *card.teaches):
            concepts.setdefault(concept.id, concept)
        for concept in card.teaches:
            teachers.setdefault(concept.id, card.topic)
    return Vocabulary(concepts, teachers, tuple(glossary(cards)))


def glossary(cards: Iterable[Card]) -> list[Concept]:
    """Return what the glossary explains; a word stays with the card that has it first.

    Words are one if they differ in capitals alone.
    """
    seen: set[str] = set()
    found = []
    for concept in (c for card in cards for c in declared(card)):
        words = [w for w in (concept.name, *concept.also) if w.casefold() not in seen]
        if words:
            found.append(replace(concept, name=words[0], also=tuple(words[1:])))
            seen.update(word.casefold() for word in words)
    return sorted(found, key=lambda concept: concept.name.casefold())


def declared(card: Card) -> Iterator[Concept]:
    """Yield what a card has a definition of, its own concepts first."""
    yield from (*card.teaches, *card.terms, *card.recalls)


def order_problems(cards: Sequence[Card]) -> list[str]:
    """Walk the book and return a sentence for each concept that is out of order.

    A concept must be declared before it is needed, and taught before it is recalled.
    """
    problems = []
    known: set[str] = set()
    place = {card.topic: number for number, card in enumerate(cards)}
    teachers = vocabulary(cards).teachers
    for card in cards:
        for id_ in (concept.id for concept in card.recalls):
            if id_ in teachers and place[teachers[id_]] >= place[card.topic]:
                said = f"recalls {id_!r} before {teachers[id_]} teaches it"
                problems.append(f"{card.topic} {said}")
            known.add(id_)
        problems += [
            f"{card.topic} needs {need!r}, which no card up to there declares"
            for need in card.needs
            if need not in known
        ]
        known.update(concept.id for concept in card.teaches)
    return problems
