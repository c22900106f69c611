"""Chapter cards, as they are read from the front matter."""

from __future__ import annotations

from pathlib import Path

import pytest
from groundup.book.cards import Concept, docnames, read_card

ROOT = Path(__file__).resolve().parents[2]
FRONT = """---
groundup:
  objectives: [Derive it, Implement it, Measure it]
  minutes: 45
  difficulty: 2
  teaches:
    gradient: All slopes as one vector.
    r_squared: {name: R², also: [coefficient], gloss: A share.}
  needs: [vector]
---
# A chapter
"""


def test_every_page_of_the_contents_exists() -> None:
    assert [n for n in docnames(ROOT) if not (ROOT / f"{n}.md").is_file()] == []


def test_pages_that_the_contents_name_by_a_pattern_are_found(tmp_path: Path) -> None:
    (tmp_path / "_toc.yml").write_text(
        "format: jb-book\nroot: index\nchapters:\n  - file: notation\n    sections:\n"
        "      - glob: notation/*\n  - file: last\n"
    )
    (tmp_path / "notation").mkdir()
    for name in ("b", "a"):
        (tmp_path / f"notation/{name}.md").touch()
    found = ["index", "notation", "last", "notation/a", "notation/b"]
    assert docnames(tmp_path) == found


def test_a_card_is_read_from_the_front_matter(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text(FRONT)
    found = read_card(tmp_path, "page")
    assert found is not None
    assert (found.title, found.minutes) == ("A chapter", 45)
    assert found.needs == ("vector",)
    assert found.teaches == (
        Concept("gradient", "gradient", "All slopes as one vector."),
        Concept("r_squared", "R²", "A share.", ("coefficient",)),
    )


def test_a_page_without_a_card_is_no_chapter(tmp_path: Path) -> None:
    (tmp_path / "page.md").write_text("# Notation\n")
    assert read_card(tmp_path, "page") is None


def test_a_list_of_names_declares_nothing(tmp_path: Path) -> None:
    page = FRONT.replace("needs: [vector]", "recalls: [vector]")
    (tmp_path / "page.md").write_text(page)
    with pytest.raises(ValueError, match="recalls must give a definition for each id"):
        read_card(tmp_path, "page")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  minutes: 45\n", "", "lacks groundup.minutes"),
        ("difficulty: 2", "difficulty: 7", "difficulty is 1 to 5, found 7"),
        ("[Derive it, Implement it, Measure it]", "[Derive]", "3 to 5 objectives"),
        (
            "  minutes:",
            "  requires: [nothing]\n  minutes:",
            r"groundup.requires: no extra brings 'nothing'; known: .*gguf",
        ),
        ("  minutes:", "  hours: 1\n  minutes:", r"unknown keys .*'hours'"),
        ("gradient: All slopes as one vector.", "gradient:", "teaches.gradient has no"),
        ("gloss: A share.", "text: A share.", "teaches.r_squared has no definition"),
        ("also:", "other:", r"teaches.r_squared has unknown keys \['other'\]"),
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
