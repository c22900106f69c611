"""Chapter cards: what a chapter teaches and needs, read from its front matter."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sphinx_external_toc.parsing import parse_toc_yaml

from groundup.extras import brought

from .front import front_matter, title_of

REQUIRED = ("objectives", "minutes", "difficulty", "teaches")
DECLARED = ("teaches", "terms", "recalls")  # with a definition for each entry


@dataclass(frozen=True)
class Concept:
    """An idea with its name and what the glossary says of it.

    `gloss` is a sentence or two of Markdown; `also` has other words for the same thing.
    """

    id: str
    name: str
    gloss: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """The front matter of one chapter.

    `teaches` and `recalls` declare concepts: the chapter's own, and those of chapters
    before it that may not be written yet. `terms` are further entries of the glossary,
    `needs` ids of concepts that earlier cards declare. `prerequisites` are topics as
    `part/topic`, those of chapters to come too; `question` is what it answers, in a
    line; `words` those of the field that its text must have; `reads` files of the
    repository whose change must re-execute the chapter; `requires` what it cannot run
    without: packages of `groundup.extras`, by the name of their import;
    `runs_a_model` is true where one is trained or run, so that the chapter may take
    longer.
    """

    docname: str
    title: str
    objectives: tuple[str, ...]
    minutes: int
    difficulty: int
    teaches: tuple[Concept, ...]
    needs: tuple[str, ...] = ()
    prerequisites: tuple[str, ...] = ()
    terms: tuple[Concept, ...] = ()
    recalls: tuple[Concept, ...] = ()
    words: tuple[str, ...] = ()
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


def read_concepts(entries: Any, where: str) -> tuple[Concept, ...]:
    """Return what a card declares: by id a definition, or a mapping with one.

    A name that is not given is the id with spaces. Raises ValueError, which begins
    with `where`, for anything else.
    """
    if not isinstance(entries, dict):
        raise ValueError(f"{where} must give a definition for each id, got {entries!r}")
    found = []
    for id_, said in entries.items():
        whole = {"gloss": said} if isinstance(said, str) else said
        if not isinstance(whole, dict) or not isinstance(whole.get("gloss"), str):
            raise ValueError(f"{where}.{id_} has no definition (gloss), got {said!r}")
        if unknown := set(whole) - {"name", "gloss", "also"}:
            raise ValueError(f"{where}.{id_} has unknown keys {sorted(unknown)}")
        name = whole.get("name", id_.replace("_", " "))
        also = tuple(whole.get("also", ()))
        found.append(Concept(id_, name, whole["gloss"], also))
    return tuple(found)


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
    try:
        brought(data.get("requires", ()))
    except ValueError as error:
        raise ValueError(f"{path}: groundup.requires: {error}") from None
    known = Card.__dataclass_fields__.keys() - {"docname", "title"}
    if unknown := set(data) - known:
        raise ValueError(f"{path}: unknown keys in groundup: {sorted(unknown)}")
    values: dict[str, Any] = {
        key: read_concepts(value, f"{path}: groundup.{key}")
        if key in DECLARED
        else tuple(value)
        if isinstance(value, list)
        else value
        for key, value in data.items()
    }
    return Card(docname=docname, title=title_of(path), **values)


def docnames(root: Path) -> list[str]:
    """Return the pages of the book in reading order, as `_toc.yml` has them."""
    sitemap = parse_toc_yaml(root / "_toc.yml")
    found = dict.fromkeys([sitemap.root.docname])
    for document in sitemap.values():
        found |= dict.fromkeys(document.child_files())
        for pattern in document.child_globs():
            paths = sorted(root.glob(f"{pattern}.md"))
            names = (path.relative_to(root).with_suffix("") for path in paths)
            found |= dict.fromkeys(name.as_posix() for name in names)
    return list(found)


def read_cards(root: Path) -> list[Card]:
    """Return the cards of all chapters in reading order."""
    cards = (read_card(root, name) for name in docnames(root))
    return [card for card in cards if card]
