"""Exercises of one id in two topics are ticked apart; old names become the new ones."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Page

from ..conftest import Open
from .conftest import DRAGGED, PAGE
from .test_asking import KEPT

PANEL = "chapters/appendices/progress.html"
OLD = {"version": 1, "read": {}, "questions": {}, "exercises": {"score": "2026"}}
SCORE = ".gu-exercise[id$=score]"  # among others on the first page
BOX = f"{SCORE} input[type=checkbox]"


def keep(page: Page, progress: object) -> None:
    """Put a progress of earlier times into the browser, and open the page again."""
    script = "text => localStorage.setItem('groundup.progress', text)"
    page.evaluate(script, json.dumps(progress))
    page.reload()


def exercises(page: Page) -> object:
    return page.evaluate(KEPT)["exercises"]


def test_a_page_names_its_own_exercise(open_page: Open) -> None:
    for name, known in ((PAGE, "score"), (DRAGGED, "two/score")):
        page = open_page(name)
        assert f"· {known}" in (
            page.locator(f"{SCORE} .gu-exercise-facts").text_content() or ""
        )


def test_the_commands_of_a_page_name_its_first_exercise(open_page: Open) -> None:
    commands = open_page(DRAGGED).locator(".highlight-console").text_content() or ""
    assert "groundup start two/score " in commands
    assert "work/two/score.py" in commands


def test_exercises_of_one_id_are_ticked_apart(open_page: Open) -> None:
    page = open_page(PAGE)
    page.locator(BOX).check()
    assert set(exercises(page)) == {"one/score"}
    page.goto(page.url.replace(PAGE, DRAGGED))
    assert not page.locator(BOX).is_checked()
    page.locator(BOX).check()
    assert set(exercises(page)) == {"one/score", "two/score"}


@pytest.mark.parametrize("name", [PAGE, PANEL])
def test_what_was_kept_by_the_id_alone_gets_the_topic(
    open_page: Open, name: str
) -> None:
    page = open_page(name)
    keep(page, OLD)
    assert exercises(page) == {"one/score": "2026"}
    page.goto(page.url.replace(name, PAGE))
    assert page.locator(BOX).is_checked()
    page.goto(page.url.replace(PAGE, DRAGGED))
    assert not page.locator(BOX).is_checked()


def test_an_old_file_is_loaded_under_the_new_names(open_page: Open) -> None:
    page = open_page(PANEL)
    keep(page, {**OLD, "exercises": {"one/score": "2026"}})
    content = json.dumps(OLD).encode()
    page.locator("#gu-progress input").set_input_files(
        {"name": "old.json", "mimeType": "application/json", "buffer": content}
    )
    page.get_by_text("Loaded.").wait_for()
    assert exercises(page) == {"one/score": "2026"}
    solved = page.locator("[data-kind=exercises]")
    assert solved.inner_text() == "1"
