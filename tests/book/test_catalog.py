"""Contents and cards of a book are read once for a build."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import SimpleNamespace

import pytest
from groundup.book import cards
from groundup.book.catalog import catalog, read_catalog

CARD = """---
groundup:
  objectives: [Run it, Read it, Ask it]
  minutes: 10
  difficulty: 3
  teaches: {{{teaches}: What it is.}}
---
# The {name}
"""
COMING = "- {topic: networks/m, title: M, question: Q, prerequisites: [], minutes: 60,"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of two chapters, a page that is none, and a chapter to come."""
    pages = ("algorithms/one", "algorithms/two", "appendices/notes")
    files = "".join(f"  - file: chapters/{page}\n" for page in pages)
    contents = f"format: jb-book\nroot: index\nchapters:\n{files}"
    (tmp_path / "_toc.yml").write_text(contents)
    (tmp_path / "index.md").write_text("# Book\n")
    for page in pages:
        path = tmp_path / f"chapters/{page}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CARD.format(teaches=path.stem, name=path.stem))
    (tmp_path / "chapters/appendices/notes.md").write_text("# Notes\n")
    (tmp_path / "chapters/coming.yml").write_text(f"{COMING} difficulty: 1}}\n")
    return tmp_path


def test_it_has_pages_cards_and_the_whole_road(book: Path) -> None:
    found = read_catalog(book)
    assert [len(pages) for _, pages in found.parts] == [3]
    assert found.pages[0] == "index" and len(found.pages) == 4
    assert [card.title for card in found.cards] == ["The one", "The two"]
    assert [chapter.topic for chapter in found.road] == [
        "algorithms/one",
        "algorithms/two",
        "networks/m",
    ]
    card = found.card("chapters/algorithms/two")
    assert card and found.vocabulary.taught(card) == ["two"]
    assert found.card("chapters/appendices/notes") is None


def test_a_build_reads_every_page_once(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[Path] = Counter()

    def front_matter(path: Path) -> dict[str, object]:
        read[path] += 1
        return original(path)

    original = cards.front_matter
    monkeypatch.setattr(cards, "front_matter", front_matter)
    env = SimpleNamespace(srcdir=str(book), app=SimpleNamespace(srcdir=str(book)))
    assert catalog(env) is catalog(env)  # type: ignore[arg-type]
    assert set(read.values()) == {1} and len(read) == 4
    env.app = SimpleNamespace(srcdir=str(book))  # the next build
    catalog(env)  # type: ignore[arg-type]
    assert set(read.values()) == {2}
