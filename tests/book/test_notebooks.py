"""The chapters as notebooks in a reader's folder: plain, and never written over."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from groundup.book import notebooks

CHAPTER = """---
kernelspec: {display_name: Python 3, language: python, name: python3}
groundup: {minutes: 1}
---
# A title

The loss is {term}`loss`.

```{code-cell} ipython3
:tags: [check]

1 + 1
```
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A book of one chapter, and of a page that is none."""
    (tmp_path / "chapters/part").mkdir(parents=True)
    (tmp_path / "chapters/part/topic.md").write_text(CHAPTER)
    (tmp_path / "chapters/part/page.md").write_text("# No chapter\n")
    return tmp_path


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def test_each_chapter_is_a_notebook_whose_checks_are_folded(root: Path) -> None:
    assert notebooks.main([str(root)]) == 0
    (found,) = (root / "notebooks").rglob("*.*")
    assert found == root / "notebooks/part/topic.ipynb"
    text, code = read(found)["cells"]
    assert "".join(text["source"]).endswith("The loss is loss.")
    assert code["metadata"]["jupyter"] == {"source_hidden": True}


def test_what_a_reader_changed_is_kept_and_told(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    notebooks.main([str(root)])
    path = root / "notebooks/part/topic.ipynb"
    mine = read(path)
    mine["cells"][1]["source"] = ["1 + 2"]
    path.write_text(json.dumps(mine))
    notebooks.main([str(root)])
    assert read(path) == mine
    assert "topic.ipynb is as you changed it" in capsys.readouterr().out


def test_one_that_was_only_run_is_written_anew(root: Path) -> None:
    notebooks.main([str(root)])
    path = root / "notebooks/part/topic.ipynb"
    run = read(path)
    run["cells"][1]["execution_count"] = 3
    path.write_text(json.dumps(run))
    source = root / "chapters/part/topic.md"
    source.write_text(CHAPTER.replace("1 + 1", "2 + 2"))
    notebooks.main([str(root)])
    assert read(path)["cells"][1]["source"] == ["2 + 2"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"metadata": {"groundup": 1}}'])
def test_what_is_no_notebook_of_ours_stays(root: Path, text: str) -> None:
    path = root / "notebooks/part/topic.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    notebooks.main([str(root)])
    assert path.read_text() == text
