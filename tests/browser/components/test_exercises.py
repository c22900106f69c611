"""Exercises that are answered in the page, and predictions that it keeps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from ..conftest import Open
from .conftest import PAGE
from .test_asking import KEPT

RIGHT = {"one_step": ["11/10", "135 %"], "untrained": ["-ln(1/V)", "(1-V)/V", "V^-1"]}


def fill(page: Page, id_: str, *texts: str) -> Locator:
    """Answer an exercise; returns what is said then."""
    group = page.locator(f"#exercise-{id_}-answer")
    group.scroll_into_view_if_needed()
    for field, text in zip(group.locator("input").all(), texts, strict=True):
        field.fill(text)
    group.locator("button").click()
    return group.locator("[role=status]")


@pytest.mark.parametrize("id_", RIGHT)
def test_a_right_answer_in_another_form_solves_the_exercise(
    id_: str, open_page: Open
) -> None:
    page = open_page(PAGE)
    expect(fill(page, id_, *RIGHT[id_])).to_contain_text("Right")
    expect(page.locator(f"#exercise-{id_} .gu-solved input")).to_be_checked()
    kept = page.evaluate(f"{KEPT}.questions")
    assert kept[f"algorithms/one/{id_}"] == RIGHT[id_]
    page.reload()
    again = page.locator(f"#exercise-{id_}-answer")
    expect(again.locator("input").first).to_have_value(RIGHT[id_][0])
    expect(again.locator(".gu-answer[data-right] details")).to_have_attribute(
        "open", ""
    )


@pytest.mark.parametrize(
    ("id_", "texts", "said"),
    [
        ("one_step", ["0.9", "0.65"], "You went uphill"),
        ("one_step", ["1.1", "1.1"], "The intercept is right."),
        ("one_step", ["1.1", "7"], "does not recognize"),
        ("one_step", ["1.1", "much"], "is not a number"),
        ("untrained", ["ln(V)/ln(2)", "1/V-1", "1/V"], "This is the loss in bits."),
        ("untrained", ["-ln(V)", "1 - 1/V", "-(1/V)"], "the opposite sign"),
        ("untrained", ["ln(V)", "1/V - 1", "1/V + 1e"], "does not recognize"),
        ("untrained", ["alert(1)", "1", "1"], "has no meaning here"),
        ("untrained", ["1/0", "1", "1"], "does not recognize"),
    ],
)
def test_an_answer_that_is_not_right_gets_its_reply(
    id_: str, texts: list[str], said: str, open_page: Open
) -> None:
    page = open_page(PAGE)
    expect(fill(page, id_, *texts)).to_contain_text(said)
    expect(page.locator(f"#exercise-{id_} .gu-solved input")).not_to_be_checked()


def test_a_prediction_is_kept_as_it_was_first_made(open_page: Open) -> None:
    page = open_page(PAGE)
    prediction = page.locator("#exercise-faster .gu-prediction")
    prediction.scroll_into_view_if_needed()
    prediction.locator("input").fill("many")
    prediction.locator("button").click()
    expect(prediction.locator("[role=status]")).to_contain_text("is not a number")
    prediction.locator("input").fill("50")
    prediction.locator("button").click()
    expect(prediction.locator("[role=status]")).to_contain_text(
        "You predicted 50 times"
    )
    page.reload()
    expect(prediction.locator("input")).to_have_value("50")
    expect(prediction.locator("button")).to_be_disabled()


FIELDS = "#exercise-untrained-answer input"


@pytest.mark.parametrize("wakes", ["coming near", "a key", "ten seconds"])
def test_a_field_far_away_is_hidden_until_it_can_be_reached(
    wakes: str, open_page: Open
) -> None:
    page = open_page(PAGE)
    page.clock.install()
    page.reload()
    assert page.locator(FIELDS).first.get_attribute("type") == "hidden"
    if wakes == "coming near":
        page.locator("#exercise-untrained-answer").scroll_into_view_if_needed()
    elif wakes == "a key":
        page.keyboard.press("Tab")
    else:
        page.clock.fast_forward(10_000)
    for field in page.locator(FIELDS).all():
        expect(field).to_have_attribute("type", "text")


def test_a_broken_file_is_called_one_and_the_kind_is_said(open_page: Open) -> None:
    page = open_page(PAGE)
    bug = page.locator("#exercise-lonely_penguin")
    expect(bug.locator("summary").first).to_have_text("The file to mend")
    expect(bug.locator(".gu-exercise-facts")).to_contain_text("Find the bug · 6 points")
    commands = page.locator("pre", has_text="groundup start").first
    expect(commands).not_to_contain_text("one_step")


def test_a_phone_has_room_for_all_of_it(open_page: Open) -> None:
    page = open_page(PAGE, viewport={"width": 390, "height": 844}, has_touch=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#exercise-untrained-answer").scroll_into_view_if_needed()
    field = page.locator("#exercise-untrained-answer input").first
    expect(field).to_be_visible()
    box = field.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
