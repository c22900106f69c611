"""A chapter whose packages are missing says how to get them; the rest is built."""

from __future__ import annotations

from pathlib import Path

import pytest
from groundup.book.absent import missing, stub

CHAPTER = """---
groundup:
  objectives: [Run a model, Read its weights, Ask it something]
  minutes: 10
  difficulty: 3
  teaches: []
  needs: []
  requires: [numpy, no_such_package, nor_this_one]
---
# A model

```{code-cell} ipython3
import no_such_package
```
"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A chapter that asks for two packages that nobody has."""
    path = tmp_path / "model.md"
    path.write_text(CHAPTER)
    return path


def test_only_absent_packages_are_missing(page: Path) -> None:
    assert missing(page) == ["no_such_package", "nor_this_one"]
    page.write_text(CHAPTER.replace("no_such_package, nor_this_one", "json"))
    assert missing(page) == []


def test_the_page_keeps_its_title_and_card_and_names_what_is_missing(
    page: Path,
) -> None:
    text = stub(page, "model", page.parent)
    assert text.startswith("---\ngroundup:\n")
    page.write_text(text)
    assert missing(page) == ["no_such_package", "nor_this_one"]
    assert "\n# A model\n" in text
    assert "`no_such_package`, `nor_this_one`." in text
    assert "make book" in text
    assert "code-cell" not in text
