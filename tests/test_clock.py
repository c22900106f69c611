"""What the suite foresees of itself."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from groundup.book.notebooks import chapters

from tests import clock
from tests.clock import ROOT, SECONDS_TO_INSTALL, Clock, minutes, share, too_long


@pytest.mark.parametrize(
    ("path", "grows"),
    [
        ("tests/exercises/test_texts.py::test_one", "exercises"),
        ("tests/transformers/test_gpt.py::test_one", "chapters"),
        ("tests/generative/test_rag_bm25.py::test_one", "chapters"),
        ("tests/browser/test_every_page.py::test_a_visit_finds_nothing[a]", "chapters"),
        ("tests/browser/test_every_page.py::test_a_faint_word_is_found[a]", ""),
        ("tests/binder/test_binder.py::test_every_chapter_runs[a]", "chapters"),
        ("tests/binder/test_binder.py::test_nothing_of_binder_needs_pytorch", ""),
        ("tests/widgets/test_kit_parts.py::test_one", ""),
        ("tests/widgets/test_attention_page.py::test_one", "chapters"),
        ("tests/browser/test_reading.py::test_one", ""),
        ("tests/grader/test_attacks.py::test_one", ""),
    ],
)
def test_a_test_grows_with_what_it_is_about(path: str, grows: str) -> None:
    assert share(path) == grows


def test_the_tests_of_every_part_grow_with_the_chapters() -> None:
    parts = {chapter.parent.name for chapter in chapters(ROOT)}
    assert parts >= {"foundations", "algorithms", "transformers"}
    for part in parts:
        assert share(f"tests/{part}/test_one.py") == "chapters", part


def test_the_model_grows_by_chapters_and_by_exercises() -> None:
    install = SECONDS_TO_INSTALL / 60
    assert minutes({"": 60.0}, 33, 231) == pytest.approx(install + 0.8)
    assert minutes({"chapters": 60.0}, 11, 1) == pytest.approx(install + 2.4)
    assert minutes({"exercises": 60.0}, 1, 77) == pytest.approx(install + 2.4)


def test_more_than_an_hour_is_too_long() -> None:
    assert too_long(60.0) == ""
    assert "would take 61 minutes, 60 are allowed" in too_long(61.0)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A whole run of a book of 5 chapters, all tests passed, everything proved."""
    monkeypatch.setattr(clock, "seconds_of_the_build", lambda: 150.0)
    monkeypatch.setattr(clock, "counts", lambda: (5, 25))
    monkeypatch.setattr(clock, "whole", lambda config: True)
    monkeypatch.setenv("GROUNDUP_PROVE_ALL", "1")
    return SimpleNamespace(config=None, exitstatus=0)


def report(path: str, seconds: float, kept: float | None = None) -> pytest.TestReport:
    """Return what is told of a test."""
    properties = [] if kept is None else [("kept", kept)]
    return pytest.TestReport(
        *(path, ("", 0, ""), {}, "passed", None, "call"),
        duration=seconds,
        user_properties=properties,
    )


def test_a_suite_that_will_take_too_long_fails_where_everything_is_proved(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    timed = Clock()
    timed.pytest_runtest_logreport(report("tests/exercises/test_a.py::test_b", 200))
    timed.pytest_sessionfinish(session)
    assert session.exitstatus == 0
    timed.pytest_runtest_logreport(report("tests/widgets/test_a.py::test_b", 300))
    monkeypatch.delenv("GROUNDUP_PROVE_ALL")
    timed.pytest_sessionfinish(session)  # a busy machine: it is told, that is all
    assert session.exitstatus == 0
    monkeypatch.setenv("GROUNDUP_PROVE_ALL", "1")
    timed.pytest_sessionfinish(session)
    assert session.exitstatus == pytest.ExitCode.TESTS_FAILED


def test_a_check_that_is_kept_counts_as_if_it_ran(session: Any) -> None:
    cold, warm = Clock(), Clock()
    cold.pytest_runtest_logreport(report("tests/widgets/test_a.py::test_b", 300))
    warm.pytest_runtest_logreport(report("tests/widgets/test_a.py::test_b", 0, 300))
    assert warm.foreseen() == cold.foreseen() > 20
