"""The explorable of the chapter, in the built page itself."""

from __future__ import annotations

import json

import numpy as np
import pytest
from groundup.algorithms import linear_regression
from playwright.sync_api import Page, expect

from .conftest import CHAPTER, Open

FIGURE = "#explorable-steps"


def operate(page: Page) -> Page:
    page.locator(FIGURE).scroll_into_view_if_needed()
    page.locator(f"{FIGURE} .gu-explorable-mount > *").first.wait_for()
    return page


@pytest.mark.parametrize("disk", [False, True], ids=["http", "file"])
def test_steps_change_what_is_shown(open_page: Open, disk: bool) -> None:
    page = operate(open_page(CHAPTER, disk=disk, reduced_motion="reduce"))
    figure = page.locator(FIGURE)
    before = figure.locator("[aria-live]").first.inner_text()
    step = figure.get_by_role("button", name="Step", exact=True)
    step.focus()
    for _ in range(3):
        page.keyboard.press("Enter")
    expect(figure.locator("[aria-live]").first).not_to_have_text(before)


def test_the_saved_state_starts_where_python_starts(open_page: Open) -> None:
    page = operate(open_page(CHAPTER))
    script = 'script[type="application/vnd.jupyter.widget-state+json"]'
    saved = json.loads(page.locator(script).text_content() or "")
    states = [
        m["state"] for m in saved["state"].values() if "learning_rate" in m["state"]
    ]
    state = states[0]
    X = linear_regression.add_intercept(np.array(state["x"])[:, None])
    path = linear_regression.gradient_descent(
        X, state["y"], state["start"], state["learning_rate"], 3
    )
    losses = [linear_regression.mean_squared_error(X, state["y"], w) for w in path]
    assert losses == sorted(losses, reverse=True)
