"""The small descent of the first page: it goes by itself and can be grabbed."""

from __future__ import annotations

import re

import numpy as np
import pytest
from groundup.algorithms import linear_regression
from groundup.widgets.gradient_descent import GradientDescent
from playwright.sync_api import Page, expect

from .conftest import SPY, Open, get, press
from .test_gradient_descent_page import drag, frames, python_path

TALL = '<div style="height:3000px"></div>'
BALL = ".gu-gd-ball"


def small() -> GradientDescent:
    return GradientDescent.going_by_itself()


def reaches(page: Page, step: int) -> None:
    page.wait_for_function(f"models[0].get('step') >= {step}")


def test_unknown_controls_are_refused() -> None:
    with pytest.raises(ValueError, match=r"controls are .*, got \['volume'\]"):
        GradientDescent([1, 2], [1, 3], controls=["play", "volume"])


def test_its_starts_are_in_sight_and_far_from_the_bottom() -> None:
    widget = small()
    X = linear_regression.add_intercept(np.array(widget.x)[:, None])
    best = linear_regression.mean_squared_error(X, np.array(widget.y), [0.5, 1.4])
    for start in widget.starts:
        path = python_path(widget, start, widget.learning_rate, 400)
        excess = [
            linear_regression.mean_squared_error(X, np.array(widget.y), w) - best
            for w in path
        ]
        assert np.all(np.diff(excess[:200]) < 0)  # each step goes downhill
        near = int(np.argmax(np.array(excess) <= 1e-4 * excess[0]))
        assert excess[0] > 1  # a line that is clearly off
        assert 100 < near < 200  # neither a two-step arrival nor a crawl
        assert np.all(np.abs(path[0] - [0.5, 1.4]) <= [4.42, 1.62])  # the picture


def test_it_goes_by_itself_and_shows_it_in_both_pictures(open_page: Open) -> None:
    page = open_page(small(), before=SPY)
    line = page.locator(".gu-gd-line").get_attribute("y1")
    ball = page.locator(BALL).get_attribute("transform")
    reaches(page, 3)
    assert page.locator(".gu-gd-line").get_attribute("y1") != line
    assert page.locator(BALL).get_attribute("transform") != ball
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


def test_it_waits_until_it_is_seen(open_page: Open) -> None:
    page = open_page(small(), before=SPY + TALL, live=False)
    frames(page, 30)
    page.locator("figure").scroll_into_view_if_needed()
    page.wait_for_selector("figure[data-live]")
    assert get(page, "step") <= 2
    reaches(page, 3)
    page.evaluate("scrollTo(0, 0)")
    frames(page, 10)
    left = get(page, "step")
    frames(page, 60)
    assert get(page, "step") == left


def test_pause_holds_it_and_play_goes_on(open_page: Open) -> None:
    page = open_page(small(), before=SPY)
    reaches(page, 2)
    press(page, "Pause")
    held = get(page, "step")
    frames(page, 60)
    assert get(page, "step") == held
    press(page, "Play")
    reaches(page, held + 2)


def test_after_a_run_it_rests_and_begins_elsewhere(open_page: Open) -> None:
    widget = small()
    page = open_page(widget, before=SPY)
    page.evaluate("models[0].set('step', 140)")
    said = page.locator(".gu-gd-said")
    expect(said).to_contain_text("the bottom", timeout=15_000)
    bottom = get(page, "step")
    frames(page, 30)
    assert get(page, "step") == bottom  # it rests
    page.wait_for_function("models[0].get('step') < 20")
    assert get(page, "start") == widget.starts[0]
    expect(page.get_by_role("button", name="Pause")).to_be_visible()


@pytest.mark.parametrize("name", ["Ball", "Left handle"])
def test_a_grabbed_one_waits_for_the_hand_and_goes_on_from_there(
    open_page: Open, name: str
) -> None:
    page = open_page(small(), before=SPY)
    reaches(page, 2)
    grip = page.get_by_role("slider", name=name).locator("circle").last
    box = grip.bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] - 20, box["y"] - 30, steps=4)
    there = get(page, "start")
    page.wait_for_timeout(1200)  # longer than it waits for after the hand lets go
    assert (get(page, "step"), get(page, "start")) == (0, there)
    page.mouse.up()
    reaches(page, 2)
    assert get(page, "start") == there


def test_a_finger_grabs_the_ball(open_page: Open) -> None:
    page = open_page(small(), before=SPY, has_touch=True, width=390)
    box = page.locator(f"{BALL} circle").last.bounding_box()
    x, y = box["x"] + 8, box["y"] + 8
    touch = page.context.new_cdp_session(page)
    for kind, dx in (("Start", 0), ("Move", -30), ("Move", -60)):
        points = [{"x": x + dx, "y": y}]
        touch.send(
            "Input.dispatchTouchEvent", {"type": f"touch{kind}", "touchPoints": points}
        )
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    moved = get(page, "start")
    assert moved != small().start
    reaches(page, 1)
    assert get(page, "start") == moved


def test_arrow_keys_move_the_ball_and_it_goes_on(open_page: Open) -> None:
    page = open_page(small(), before=SPY)
    page.get_by_role("slider", name="Ball").focus()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    moved = get(page, "start")
    assert get(page, "step") == 0
    reaches(page, 2)
    assert get(page, "start") == moved


def test_paused_it_stays_where_it_is_put(open_page: Open) -> None:
    page = open_page(small(), before=SPY)
    press(page, "Pause")
    drag(page, "Ball", -60, -20)
    page.wait_for_timeout(1200)
    assert get(page, "step") == 0
    press(page, "Reset")
    assert get(page, "start") == small().start


def test_reduced_motion_moves_nothing_until_asked(open_page: Open) -> None:
    page = open_page(small(), before=SPY, reduced_motion="reduce")
    ball = page.locator(BALL).get_attribute("transform")
    page.wait_for_timeout(1200)
    assert page.locator(BALL).get_attribute("transform") == ball
    assert get(page, "step") == 0
    press(page, "Play")
    reaches(page, 1)


def test_it_says_in_plain_words_what_is_seen(open_page: Open) -> None:
    page = open_page(small(), before=SPY)
    said = page.locator(".gu-gd-said")
    reaches(page, 4)
    press(page, "Pause")
    frames(page, 3)
    step, w = get(page, "step"), np.array(get(page, "w"))
    X = linear_regression.add_intercept(np.array(small().x)[:, None])
    miss = np.sqrt(linear_regression.mean_squared_error(X, np.array(small().y), w))
    found = re.fullmatch(
        r"Each step goes downhill\. "
        r"Step (\d+): the line typically misses by ([\d.]+)\.",
        said.inner_text(),
    )
    assert found
    assert int(found[1]) == step
    assert float(found[2]) == pytest.approx(miss, abs=5.1e-3)
    shown = page.locator(".gu-gd").inner_text()
    for symbol in ("η", "λ", "loss", "ŷ", "rate", "="):
        assert symbol not in shown


def test_its_path_equals_the_librarys_to_1e_9(open_page: Open) -> None:
    page = open_page(small(), before=SPY)
    reaches(page, 12)
    press(page, "Pause")
    widget = small()
    path = np.array(get(page, "path"))
    expected = python_path(
        widget, widget.start, widget.learning_rate, int(get(page, "step"))
    )
    assert path.shape == expected.shape
    assert np.max(np.abs(path - expected)) <= 1e-9


def test_only_the_asked_controls_are_there(open_page: Open) -> None:
    page = open_page(small(), before=SPY)
    names = page.get_by_role("button").all_inner_texts()
    assert names == ["Pause", "Reset"]
    assert page.locator("input, select").count() == 0


def test_on_a_phone_its_buttons_can_be_met_by_a_finger(open_page: Open) -> None:
    page = open_page(small(), width=390, has_touch=True)
    for button in page.get_by_role("button").all():
        assert button.bounding_box()["height"] >= 44
