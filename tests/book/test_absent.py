"""A chapter whose packages are missing says how to get them; the rest is built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from groundup import extras
from groundup.book.absent import missing, stub
from groundup.book.cards import Card, read_card

CHAPTER = """---
groundup:
  objectives: [Run a model, Read its weights, Ask it something]
  minutes: 10
  difficulty: 3
  teaches: {}
  requires: [gguf, no_such_package, nor_this_one]
---
# A model

```{code-cell} ipython3
import no_such_package
```
"""


@pytest.fixture
def card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Card:
    """The card of a chapter that asks for two packages that nobody has."""
    (tmp_path / "model.md").write_text(CHAPTER)
    brings = ("gguf", "no_such_package")
    monkeypatch.setitem(extras.EXTRAS, "llm", brings)
    monkeypatch.setitem(extras.ALONE, "nor_this_one", "nor-this-one")
    found = read_card(tmp_path, "model")
    assert found
    return found


def test_only_absent_packages_are_missing(card: Card) -> None:
    assert missing(card) == ["no_such_package", "nor_this_one"]
    assert missing(replace(card, requires=("numpy", "json"))) == []
    assert missing(None) == []  # a page that is no chapter


def test_the_page_keeps_its_title_and_names_what_is_missing(card: Card) -> None:
    text = stub(card)
    assert text.startswith("# A model\n")
    assert "`no_such_package`, `nor-this-one`." in text
    assert "make book" in text
    assert "code-cell" not in text
