"""A guess that follows an explorable: the hand on the picture fills the field."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from ..conftest import Open
from .conftest import DRAGGED

FIGURE = "#explorable-gradient-descent"


def operate(open_page: Open) -> Page:
    """Return the page with the explorable alive."""
    page = open_page(DRAGGED, reduced_motion="reduce")
    page.locator(FIGURE).scroll_into_view_if_needed()
    page.locator(f"{FIGURE}[data-live]").wait_for()
    return page


def slope(page: Page) -> float:
    """Return the slope that the explorable has now."""
    return float(page.evaluate(f"document.querySelector('{FIGURE}').model.get('w')[1]"))


def test_nothing_is_filled_in_before_the_reader_moves_something(
    open_page: Open,
) -> None:
    page = operate(open_page)
    field = page.locator("#guess-dragged input")
    page.evaluate(f"document.querySelector('{FIGURE}').model.set('w', [0, 9])")
    expect(field).to_have_value("")


@pytest.mark.parametrize("by", ["keyboard", "mouse"])
def test_the_field_follows_the_line_and_can_be_changed(
    open_page: Open, by: str
) -> None:
    page = operate(open_page)
    field = page.locator("#guess-dragged input")
    handle = page.locator(f"{FIGURE} [role=slider]").nth(1)
    before = slope(page)
    if by == "keyboard":
        handle.focus()
        page.keyboard.press("Shift+ArrowUp")
    else:
        box = handle.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x, y - 40, steps=4)
        page.mouse.up()
    expect(field).not_to_have_value("")
    assert slope(page) != before
    assert float(field.input_value().replace("−", "-")) == pytest.approx(
        1000 * slope(page), rel=6e-3
    )
    expect(page.locator("#answer-dragged dl")).to_be_hidden()
    field.fill("1400")
    field.press("Enter")
    expect(page.locator("#answer-dragged .gu-reply:visible")).to_contain_text("Near.")
