"""Gradient descent by the reader's own gradient: Python steps, the page shows them."""

from __future__ import annotations

import json
import re

import numpy as np
import pytest
from groundup.algorithms import linear_regression
from groundup.widgets.gradient_descent import GradientDescent
from playwright.sync_api import Page, expect

from .conftest import SPY, Open, get, press

X, Y = [1, 2, 3, 4], [2, 3, 5, 6]
START = [0.5, 1.0]


def uphill(X, y, w):
    return -linear_regression.gradient(X, y, w)


def loss(w) -> float:
    A = linear_regression.add_intercept(np.array(X, float)[:, None])
    return linear_regression.mean_squared_error(A, np.array(Y, float), w)


def test_the_right_gradient_makes_the_books_steps() -> None:
    widget = GradientDescent(X, Y, start=START, gradient=linear_regression.gradient)
    path = np.array(widget.own["path"])
    A = linear_regression.add_intercept(np.array(X, float)[:, None])
    expected = linear_regression.gradient_descent(
        A, np.array(Y, float), START, widget.learning_rate, len(path) - 1
    )
    np.testing.assert_allclose(path, expected, rtol=1e-12)
    assert widget.own["problem"] == ""


@pytest.mark.parametrize("changed", ["start", "learning_rate", "x", "max_steps"])
def test_a_changed_trait_makes_another_run(changed: str) -> None:
    widget = GradientDescent(X, Y, start=START, gradient=linear_regression.gradient)
    before = widget.own
    new = {"start": [0.0, 0.0], "learning_rate": 0.01, "x": [1.0, 2, 3, 9]}
    setattr(widget, changed, {**new, "max_steps": 3}[changed])
    assert widget.own["path"] != before["path"]
    assert widget.own["start"] == widget.start
    assert widget.own["rate"] == widget.learning_rate


def test_without_a_gradient_of_ones_own_there_is_no_run() -> None:
    widget = GradientDescent(X, Y)
    widget.learning_rate = 0.01
    assert widget.own == {}


def test_a_wrong_sign_climbs_and_ends_outside() -> None:
    widget = GradientDescent(X, Y, start=START, gradient=uphill)
    losses = [loss(w) for w in widget.own["path"]]
    assert all(
        later > earlier for earlier, later in zip(losses, losses[1:], strict=False)
    )
    assert losses[-1] >= 1000 * losses[0] > losses[-2]


def raises(X, y, w):
    return X @ w / unknown  # noqa: F821


def grows(X, y, w):
    y += 1  # the explorable's own data must not change
    w *= 0
    return linear_regression.gradient(X, y, w)


@pytest.mark.parametrize(
    ("gradient", "problem"),
    [
        (raises, r"it raised NameError in line \d+: name 'unknown' is not defined"),
        (lambda X, y, w: X, r"it returned shape \(4, 2\), and w has \(2,\)"),
        (lambda X, y, w: w[:, None], r"it returned shape \(2, 1\), and w has \(2,\)"),
        (lambda X, y, w: w / 0, r"it returned \[inf, inf\]"),
        (lambda X, y, w: "up", "it raised ValueError"),
        (lambda X, y, w: None, r"it returned shape \(\), and w has \(2,\)"),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_what_is_no_gradient_is_said_in_words(gradient, problem: str) -> None:
    widget = GradientDescent(X, Y, start=START, gradient=gradient)
    assert widget.own["path"] == [START]
    assert re.match(problem, widget.own["problem"])
    json.dumps(widget.own, allow_nan=False)


def test_a_function_that_changes_its_input_changes_only_a_copy() -> None:
    widget = GradientDescent(X, Y, start=START, gradient=grows)
    assert widget.own["path"][0] == START == widget.start
    assert widget.y == Y


def said(page: Page) -> str:
    return page.locator(".gu-gd-said").inner_text()


def test_the_page_takes_the_steps_of_the_run_and_no_others(open_page: Open) -> None:
    widget = GradientDescent(X, Y, start=START, gradient=uphill)
    page = open_page(widget, before=SPY)
    assert "Steps of your gradient. Step 0" in said(page)
    press(page, "Step")
    press(page, "Step")
    assert get(page, "w") == pytest.approx(widget.own["path"][2], rel=1e-12)
    assert "This step led uphill." in said(page)
    page.get_by_role("slider", name="Step").focus()
    page.keyboard.press("End")
    assert get(page, "step") <= len(widget.own["path"]) - 1


def test_a_run_that_ends_at_once_says_why(open_page: Open) -> None:
    page = open_page(GradientDescent(X, Y, start=START, gradient=raises), before=SPY)
    press(page, "Step")
    assert get(page, "step") == 0
    assert "There are no more: it raised NameError" in said(page)


def test_until_python_answers_the_ball_rests_where_it_was_put(open_page: Open) -> None:
    widget = GradientDescent(X, Y, start=START, gradient=linear_regression.gradient)
    page = open_page(widget, before=SPY)
    press(page, "Step")
    page.get_by_role("slider", name="Learning rate").fill("10")
    press(page, "Step")
    assert get(page, "step") == 0
    rate = get(page, "learning_rate")
    widget.learning_rate = rate  # what the kernel would do
    page.evaluate(
        "own => window.models[0].set('own', own)",
        widget.own,
    )
    press(page, "Step")
    expect(page.locator(".gu-gd-said")).to_contain_text("This step led downhill.")
    assert get(page, "w") == pytest.approx(widget.own["path"][1], rel=1e-12)
