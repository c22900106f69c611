"""Chapter cards: what a chapter teaches and needs, read from its front matter."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from sphinx_external_toc.parsing import parse_toc_yaml

REQUIRED = ("objectives", "minutes", "difficulty", "teaches", "needs")


@dataclass(frozen=True)
class Card:
    """The front matter of one chapter.

    `needs` and `teaches` hold concept ids of `chapters/concepts.yml`; `prerequisites`
    topics as `part/topic`, those of chapters to come too; `question` what it answers,
    in a line; `reads` files of the repository whose change must re-execute the chapter;
    `requires` packages without which it cannot run; `runs_a_model` is true where one is
    trained or run, so that the chapter may take longer.
    """

    docname: str
    title: str
    objectives: tuple[str, ...]
    minutes: int
    difficulty: int
    teaches: tuple[str, ...]
    needs: tuple[str, ...]
    prerequisites: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    runs_a_model: bool = False
    question: str = ""

    @property
    def topic(self) -> str:
        """The chapter's `part/topic`, the name it has in all four places."""
        return self.docname.removeprefix("chapters/")

    @property
    def part(self) -> str:
        """The part of the book, the first half of the topic."""
        return self.topic.split("/")[0]


@dataclass(frozen=True)
class Concept:
    """An idea that a chapter teaches, or that the reader is assumed to bring."""

    id: str
    name: str
    gloss: str
    assumed: bool = field(default=False)


def front_matter(path: Path) -> dict[str, Any]:
    """Return the YAML block at the top of a MyST file, empty if there is none."""
    text = path.read_text(encoding="utf-8")
    if not text.startswith("---\n"):
        return {}
    block, closed, _ = text[4:].partition("\n---\n")
    if not closed:
        raise ValueError(f"{path}: the front matter opened by --- is never closed")
    data = yaml.safe_load(block)
    if not isinstance(data, dict):
        raise ValueError(f"{path}: the front matter is not a mapping of keys to values")
    return data


def title_of(path: Path) -> str:
    """Return the text of the first level-one heading of a MyST file."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            return line[2:].strip()
    raise ValueError(f"{path}: no title (a line that starts with '# ')")


def read_card(root: Path, docname: str) -> Card | None:
    """Return the card of a page, or None for a page that is not a chapter.

    Raises ValueError naming the file and the key that is missing or of a wrong kind.
    """
    path = root / f"{docname}.md"
    data = front_matter(path).get("groundup")
    if data is None:
        return None
    for key in REQUIRED:
        if key not in data:
            raise ValueError(f"{path}: the front matter lacks groundup.{key}")
    if not 3 <= len(data["objectives"]) <= 5:
        raise ValueError(
            f"{path}: 3 to 5 objectives expected, found {len(data['objectives'])}"
        )
    if data["difficulty"] not in range(1, 6):
        raise ValueError(f"{path}: difficulty is 1 to 5, found {data['difficulty']!r}")
    known = Card.__dataclass_fields__.keys() - {"docname", "title"}
    if unknown := set(data) - known:
        raise ValueError(f"{path}: unknown keys in groundup: {sorted(unknown)}")
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in data.items()
    }
    return Card(docname=docname, title=title_of(path), **values)


def docnames(root: Path) -> list[str]:
    """Return the pages of the book in reading order, as `_toc.yml` has them."""
    sitemap = parse_toc_yaml(root / "_toc.yml")
    found: list[str] = []
    for document in sitemap.values():
        for child in document.child_files():
            if child not in found:
                found.append(child)
    return [sitemap.root.docname, *found]


def read_cards(root: Path) -> list[Card]:
    """Return the cards of all chapters in reading order."""
    cards = (read_card(root, name) for name in docnames(root))
    return [card for card in cards if card]


def read_concepts(root: Path) -> dict[str, Concept]:
    """Return the concepts of `chapters/concepts.yml` by id; an id may appear once."""
    path = root / "chapters" / "concepts.yml"
    concepts: dict[str, Concept] = {}
    for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
        concept = Concept(**entry)
        if concept.id in concepts:
            raise ValueError(f"{path}: the concept {concept.id!r} is there twice")
        concepts[concept.id] = concept
    return concepts


def order_problems(cards: list[Card], concepts: dict[str, Concept]) -> list[str]:
    """Walk the book and return a sentence for each concept that is out of order.

    A concept must be known, taught by one chapter, and taught before (or assumed
    where) it is needed.
    """
    problems = []
    known = {id_ for id_, concept in concepts.items() if concept.assumed}
    taught: dict[str, str] = {}
    for card in cards:
        for need in card.needs:
            if need not in concepts:
                problems.append(f"{card.topic} needs {need!r}, which is no concept")
            elif need not in known:
                problems.append(f"{card.topic} needs {need!r} before it is taught")
        for id_ in card.teaches:
            if id_ not in concepts:
                problems.append(f"{card.topic} teaches {id_!r}, which is no concept")
            elif id_ in taught:
                problems.append(f"{card.topic} and {taught[id_]} both teach {id_!r}")
            taught.setdefault(id_, card.topic)
        known.update(card.teaches)
    return problems
