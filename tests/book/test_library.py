"""Which library files a chapter depends on, and when it must run again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from groundup.book import library, source_pages
from groundup.book.cards import read_cards

ROOT = Path(__file__).resolve().parents[2]
CHAPTER = """# Title

```{code-cell} ipython3
:tags: [hide-input]

%matplotlib inline
from groundup.part.topic import f
```
"""


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A library of five modules: topic imports base; other and idle stand apart."""
    package = tmp_path / "groundup"
    for folder in ("part", "widgets/show"):
        (package / folder).mkdir(parents=True)
    for folder in ("", "part", "widgets", "widgets/show"):
        (package / folder / "__init__.py").write_text("")
    (package / "part/topic.py").write_text("from .base import g\n\ndef f(): ...\n")
    (package / "part/base.py").write_text("def g(): ...\n")
    (package / "part/other.py").write_text("def h(): ...\n")
    (package / "widgets/show/show.js").write_text("export default {}")
    monkeypatch.setattr(library, "CODE", tmp_path)
    return package


def test_imports_are_followed_through_modules(code: Path) -> None:
    names = {p.relative_to(code).as_posix() for p in library.files_behind(CHAPTER)}
    assert names == {"part/topic.py", "part/base.py"}


@pytest.mark.parametrize(
    ("contents", "cell", "expected"),
    [
        # A package that only gathers is a list of contents.
        ("from .topic import f as t\nfrom .other import h\n", "part import h", "other"),
        ("from .topic import f as t\n", "part import t", "topic base"),
        ("from .topic import f as t\nfrom .other import h\n", "part import *", "all"),
        # One that does something of its own is a module like others.
        ("from .topic import f\nfrom .other import h\nx = 1\n", "part import h", "all"),
        (
            "from .topic import f\nx = 1\n",
            "part.other import h",
            "init other topic base",
        ),
    ],
)
def test_a_package_that_gathers_stands_for_what_is_imported_from_it(
    code: Path, contents: str, cell: str, expected: str
) -> None:
    (code / "part/__init__.py").write_text(contents)
    chapter = CHAPTER.replace("part.topic import f", cell)
    names = {p.stem.strip("_") for p in library.files_behind(chapter)}
    everything = "init topic base other"
    assert names == set(expected.replace("all", everything).split())


def test_an_explorable_of_one_chapter_runs_no_other_chapter() -> None:
    texts = {c.topic: (ROOT / f"{c.docname}.md").read_text() for c in read_cards(ROOT)}
    imported = {
        topic: set(re.findall(r"^from groundup\.widgets\.(\w+)", text, re.MULTILINE))
        for topic, text in texts.items()
    }
    assert len(set.union(*imported.values())) > 1
    for topic, text in texts.items():
        scripts = (p for p in library.files_behind(text) if p.suffix == ".js")
        folders = {p.parent.name for p in scripts} - {"widgets", "kit"}
        assert folders == imported[topic], topic


@pytest.mark.parametrize("changed", ["part/topic.py", "part/base.py"])
def test_a_change_in_an_imported_module_changes_the_fingerprint(
    code: Path, changed: str
) -> None:
    before = library.fingerprint(CHAPTER, [])
    (code / changed).write_text("def f(): return 1\n")
    assert library.fingerprint(CHAPTER, []) != before


def test_a_change_elsewhere_leaves_the_fingerprint(code: Path) -> None:
    before = library.fingerprint(CHAPTER, [])
    (code / "part/other.py").write_text("def h(): return 1\n")
    assert library.fingerprint(CHAPTER + "\nMore text.\n", []) == before


def test_the_javascript_of_a_widget_counts(code: Path) -> None:
    chapter = CHAPTER.replace("groundup.part.topic", "groundup.widgets.show")
    before = library.fingerprint(chapter, [])
    (code / "widgets/show/show.js").write_text("export default { render() {} }")
    assert library.fingerprint(chapter, []) != before


def test_a_file_that_the_chapter_reads_counts(code: Path, tmp_path: Path) -> None:
    data = tmp_path / "data.json"
    before = library.fingerprint(CHAPTER, [data])
    data.write_text("{}")
    assert library.fingerprint(CHAPTER, [data]) != before


@pytest.mark.parametrize(
    ("source", "package", "expected"),
    [
        ("import groundup.a as a", "", {"groundup.a"}),
        ("from groundup.a import b", "", {"groundup.a.b"}),
        ("from groundup.a import *", "", {"groundup.a"}),
        ("from . import b", "groundup.a", {"groundup.a.b"}),
        ("from ..c import d", "groundup.a", {"groundup.c.d"}),
        ("import numpy", "", set()),
    ],
)
def test_imports_of_every_form_are_found(
    source: str, package: str, expected: set[str]
) -> None:
    assert set(library.imports(source, package)) == expected


def test_a_function_is_located_in_its_module() -> None:
    found = source_pages.locate("groundup.book.source_pages.locate")
    assert found == ("groundup.book.source_pages", "locate")
    with pytest.raises(ValueError, match="no function of this book"):
        source_pages.locate("numpy.linalg.norm")


def test_a_source_page_has_an_anchor_for_each_method() -> None:
    source = "class A:\n    def b(self): ...\n\ndef c(): ...\n"
    assert library.definitions(source) == {1: "A", 2: "A.b", 4: "c"}
