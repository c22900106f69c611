"""The gradient descent explorable in a static page, operated in a real browser."""

from __future__ import annotations

import re

import numpy as np
import pytest
from groundup.algorithms import linear_regression
from groundup.widgets.gradient_descent import GradientDescent
from playwright.sync_api import expect

from .conftest import SPY, Open, get, press
from .hands import drag, frames

FOUR = {"x": [1, 2, 3, 4], "y": [2, 3, 5, 6]}


def noisy(n: int, seed: int, **scale: float) -> dict[str, list[float]]:
    rng = np.random.default_rng(seed)
    x = rng.normal(scale.get("center", 0.0), scale.get("spread", 1.0), n)
    y = scale.get("slope", 2.0) * x + rng.normal(size=n) * scale.get("noise", 1.0)
    return {"x": x.tolist(), "y": y.tolist()}


def python_path(widget: GradientDescent, start, rate: float, steps: int) -> np.ndarray:
    X = linear_regression.add_intercept(np.array(widget.x)[:, None])
    y = np.array(widget.y)
    return linear_regression.gradient_descent(X, y, np.array(start), rate, steps)


@pytest.mark.parametrize("times_threshold", [0.02, 0.5, 0.97, 1.0, 1.2])
@pytest.mark.parametrize(
    "data",
    [
        FOUR,
        noisy(342, 1, center=200.0, spread=14.0, slope=49.0, noise=400.0),
        noisy(50, 2, spread=1e-3),
        noisy(30, 3, center=-5.0, slope=1e4),
    ],
    ids=["four points", "like penguins", "tiny feature", "large target"],
)
def test_path_equals_the_library_to_1e_9(
    open_page: Open, data, times_threshold: float
) -> None:
    widget = GradientDescent(**data, start=[0.7, -1.3])
    X = linear_regression.add_intercept(np.array(widget.x)[:, None])
    rate = times_threshold * linear_regression.largest_stable_learning_rate(X)
    widget.learning_rate = rate
    page = open_page(widget, before=SPY)
    page.get_by_role("slider", name="Step").focus()
    for key in ["End", "ArrowRight"]:
        page.keyboard.press(key)
    press(page, "Step")
    steps = get(page, "step")
    assert steps >= 40
    path = np.array(get(page, "path"))
    expected = python_path(widget, [0.7, -1.3], rate, steps)
    assert path.shape == expected.shape
    scale = np.maximum(np.linalg.norm(expected, axis=1, keepdims=True), 1.0)
    assert np.max(np.abs(path - expected) / scale) <= 1e-9


def test_threshold_on_the_slider_is_the_librarys(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR))
    X = linear_regression.add_intercept(np.array([[1.0], [2.0], [3.0], [4.0]]))
    expected = linear_regression.largest_stable_learning_rate(X)
    shown = page.locator(".gu-gd-mark").inner_text().split("=")[1]
    assert float(shown) == pytest.approx(expected, abs=5e-4)


@pytest.mark.parametrize(
    ("notch", "words"),
    [
        (10, "Slow"),
        (60, "no overshoot"),
        (150, "Overshoots, but converges"),
        (199, "Overshoots, but converges"),
        (201, "Diverges"),
        (240, "Diverges"),
    ],
)
def test_sentence_names_the_regime(open_page: Open, notch: int, words: str) -> None:
    page = open_page(GradientDescent(**FOUR))
    page.get_by_role("slider", name="Learning rate").fill(str(notch))
    expect(page.locator(".gu-gd-said")).to_contain_text(words)


def test_loss_falls_below_the_threshold_and_grows_above(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR), before=SPY)
    told = {}
    for notch in (195, 205):
        press(page, "Reset")
        page.get_by_role("slider", name="Learning rate").fill(str(notch))
        page.get_by_role("slider", name="Step").focus()
        page.keyboard.press("End")
        frames(page, 3)
        label = page.get_by_role("img", name="Loss against step").get_attribute(
            "aria-label"
        )
        told[notch] = [
            float(v.replace(",", "")) for v in re.findall(r"\d[\d,.]*", str(label))
        ]
    assert told[195][1] < told[195][0]
    assert told[205][1] > told[205][0]


def test_dragging_the_ball_starts_a_new_path_where_it_is_dropped(
    open_page: Open,
) -> None:
    page = open_page(GradientDescent(**FOUR), before=SPY)
    press(page, "Step")
    before = get(page, "start")
    drag(page, "Ball", -60, -40)
    after = get(page, "start")
    assert after[0] < before[0] and after[1] > before[1]
    assert get(page, "w") == after
    assert get(page, "path") == [after]
    assert get(page, "step") == 0


def test_dragging_one_handle_keeps_the_line_at_the_other(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR), before=SPY)
    far = 4 - 0.1 * 3  # where the right handle stands
    b, m = get(page, "start")
    drag(page, "Left handle", 0, 50)
    b2, m2 = get(page, "start")
    assert m2 > m
    assert b2 + m2 * far == pytest.approx(b + m * far, abs=1e-9)


def test_both_pictures_follow_a_drag_in_either(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR), before=SPY)

    def pictures() -> tuple[str | None, str | None]:
        frames(page, 3)
        line = page.locator(".gu-gd-line").get_attribute("y1")
        return line, page.locator(".gu-gd-ball").get_attribute("transform")

    first = pictures()
    drag(page, "Ball", -50, 0)
    second = pictures()
    drag(page, "Right handle", 0, -40)
    third = pictures()
    assert all(
        len({a, b, c}) == 3 for a, b, c in zip(first, second, third, strict=True)
    )


def test_touch_moves_a_handle_and_elsewhere_scrolls(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR), has_touch=True, width=390)
    action = "e => getComputedStyle(e).touchAction"
    grips = page.locator(".gu-grip")
    assert [grips.nth(i).evaluate(action) for i in range(3)] == ["none"] * 3
    assert page.locator(".gu-gd").evaluate(action) == "auto"
    assert grips.first.locator("circle").first.get_attribute("r") == "20"


def test_play_pause_step_and_reset(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR), before=SPY)
    start = get(page, "start")
    press(page, "Step")
    press(page, "Step")
    assert get(page, "step") == 2
    press(page, "Play")
    page.wait_for_function("window.models[0].get('step') >= 4")
    press(page, "Pause")
    paused = get(page, "step")
    frames(page, 40)
    assert get(page, "step") == paused
    assert len(get(page, "path")) == paused + 1
    press(page, "Reset")
    assert (get(page, "step"), get(page, "start")) == (0, start)


def test_a_run_ends_at_the_minimum_and_plays_again_from_its_start(
    open_page: Open,
) -> None:
    widget = GradientDescent(**FOUR, units="standardized")
    page = open_page(widget, before=SPY)
    press(page, "Play")
    page.wait_for_function("window.models[0].get('playing') === false", timeout=20_000)
    w = get(page, "w")
    slope, intercept = linear_regression.slope_and_intercept(
        np.array(widget.x), np.array(widget.y)
    )
    assert w == pytest.approx([intercept, slope], abs=1e-3)
    ended = get(page, "step")
    press(page, "Play")
    assert get(page, "step") < ended


def test_a_run_that_diverges_ends_where_the_plot_of_its_loss_does(
    open_page: Open,
) -> None:
    widget = GradientDescent(**FOUR, start=[4, 0], learning_rate=0.13)
    page = open_page(widget, before=SPY)
    press(page, "Play")
    page.wait_for_function("window.models[0].get('playing') === false", timeout=20_000)
    ended = get(page, "step")
    path = python_path(widget, [4, 0], 0.13, ended)
    losses = np.mean((path @ [np.ones(4), widget.x] - widget.y) ** 2, axis=1)
    assert losses[-2] < 1000 * losses[0] <= losses[-1]


def test_everything_can_be_done_from_the_keyboard(open_page: Open) -> None:
    other = {"name": "other", "x": [0, 1, 2], "y": [0, 2, 1]}
    widget = GradientDescent(datasets=[{"name": "four", **FOUR}, other])
    page = open_page(widget, before=SPY)
    reached = []
    for _ in range(14):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate(
                "(() => { const e = document.activeElement;"
                " return e === document.body ? '' :"
                " e.getAttribute('aria-label') || e.closest('label')?.innerText"
                " || e.innerText })()"
            ).strip()
        )
        outline = page.evaluate(
            "(() => { const e = document.activeElement; const c = e.querySelector('"
            "circle:last-child'); return getComputedStyle(e).outlineStyle + (c ?"
            " getComputedStyle(c).strokeWidth : '') })()"
        )
        if reached[-1]:
            assert outline not in ("none", "none2.5px"), f"no focus on {reached[-1]}"
    for name in [
        "Data",
        "residuals",
        "squares",
        "steep and flat",
        "Left handle of the line",
        "Right handle of the line",
        "Ball: the line as a point on the loss",
        "Play",
        "Step",
        "Reset",
        "Copy link",
        "Learning rate η",
    ]:
        assert name in reached, f"{name} not reached by Tab: {reached}"

    ball = page.get_by_role("slider", name="Ball")
    ball.focus()
    b, m = get(page, "start")
    page.keyboard.press("ArrowRight")
    small = get(page, "start")[0] - b
    page.keyboard.press("Shift+ArrowRight")
    assert get(page, "start")[0] - b == pytest.approx(11 * small)
    page.keyboard.press("ArrowUp")
    assert get(page, "start")[1] > m
    handle = page.get_by_role("slider", name="Left handle")
    handle.focus()
    frames(page, 3)
    before = handle.get_attribute("aria-valuetext")
    page.keyboard.press("ArrowUp")
    expect(handle).not_to_have_attribute("aria-valuetext", before)
    rate = get(page, "learning_rate")
    page.get_by_role("slider", name="Learning rate").focus()
    page.keyboard.press("ArrowRight")
    assert get(page, "learning_rate") > rate
    page.get_by_role("button", name="Play").focus()
    page.keyboard.press("Enter")
    page.wait_for_function("window.models[0].get('step') >= 1")
    page.keyboard.press("Enter")
    assert get(page, "playing") is False


def test_the_state_is_said_in_words_when_it_rests(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR))
    status = page.get_by_role("status")
    press(page, "Step")
    expect(status).to_contain_text("Step 1, loss ")
    drag(page, "Ball", -30, -30)
    expect(status).to_contain_text("Step 0, loss ")
    press(page, "Play")
    expect(status).to_have_text("Playing.")


def test_reduced_motion_steps_in_jumps_without_starting_by_itself(
    open_page: Open,
) -> None:
    widget = GradientDescent(**FOUR)
    page = open_page(widget, before=SPY, reduced_motion="reduce")
    frames(page, 10)
    assert get(page, "step") == 0
    press(page, "Play")
    seen = page.evaluate(
        "new Promise(done => { const seen = new Set(); const f = () => {"
        " seen.add(document.querySelector('.gu-gd-ball').getAttribute('transform'));"
        " models[0].get('step') < 3 ? requestAnimationFrame(f) : done(seen.size) };"
        " f() })"
    )
    assert seen <= 4  # one place for each of the steps 0, 1, 2, 3


def test_with_motion_the_ball_rolls_between_steps(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR), before=SPY)
    press(page, "Play")
    seen = page.evaluate(
        "new Promise(done => { const seen = new Set(); const f = () => {"
        " seen.add(document.querySelector('.gu-gd-ball').getAttribute('transform'));"
        " models[0].get('step') < 3 ? requestAnimationFrame(f) : done(seen.size) };"
        " f() })"
    )
    assert seen > 5


def test_nothing_runs_while_it_cannot_be_seen(open_page: Open) -> None:
    tall = '<div style="height:3000px"></div>'
    page = open_page(GradientDescent(**FOUR), before=SPY + tall, live=False)
    frames(page, 10)
    assert page.locator("figure[data-live]").count() == 0
    assert page.evaluate("models.length") == 0
    page.locator("figure").scroll_into_view_if_needed()
    page.wait_for_selector("figure[data-live]")
    press(page, "Play")
    page.wait_for_function("models[0].get('step') >= 1")
    page.evaluate("scrollTo(0, 0)")
    frames(page, 10)
    step = get(page, "step")
    asked = page.evaluate(
        "new Promise(done => { let asked = 0, n = 40;"
        " const real = requestAnimationFrame;"
        " window.requestAnimationFrame = (f) => { asked += 1; return real(f) };"
        " const f = () => n-- ? real(f) : (window.requestAnimationFrame = real,"
        " done(asked)); f() })"
    )
    assert (asked, get(page, "step")) == (0, step)
    page.locator("figure").scroll_into_view_if_needed()
    page.wait_for_function(f"models[0].get('step') > {step}")


def test_state_goes_into_the_address_and_back(open_page: Open) -> None:
    other = {"name": "other", "x": [0, 1, 2], "y": [0, 2, 1]}
    widget = GradientDescent(datasets=[{"name": "four", **FOUR}, other])
    page = open_page(widget, before=SPY)
    page.get_by_label("Data", exact=True).select_option("other")
    page.get_by_role("slider", name="Learning rate").fill("111")
    drag(page, "Ball", -20, -15)
    for _ in range(3):
        press(page, "Step")
    assert "#" not in page.url
    press(page, "Copy link")
    names = ["dataset", "start", "learning_rate", "step", "path", "x"]
    left = [get(page, name) for name in names]
    hash = page.url[page.url.index("#") :]
    assert hash.startswith("#gradient-descent=lr:")
    again = open_page(widget, before=SPY, hash=hash)
    assert [get(again, name) for name in names] == left


def test_a_link_in_the_text_sets_only_what_it_names(open_page: Open) -> None:
    link = '<a href="#gradient-descent=lr:0.11">a rate of 0.11</a>'
    page = open_page(GradientDescent(**FOUR), before=SPY + link)
    start = get(page, "start")
    page.get_by_text("a rate of 0.11").click()
    page.wait_for_function("models[0].get('learning_rate') === 0.11")
    assert get(page, "start") == start


@pytest.mark.parametrize(
    "hash", ["#gradient-descent=lr:x,w:1;b,step:-4,data:9", "#x=1"]
)
def test_nonsense_in_the_address_does_no_harm(open_page: Open, hash: str) -> None:
    widget = GradientDescent(**FOUR)
    page = open_page(widget, before=SPY, hash=hash)
    assert get(page, "learning_rate") == widget.learning_rate
    assert (get(page, "start"), get(page, "step")) == (widget.start, 0)


def test_on_a_phone_the_plots_stand_below_each_other(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR), width=390)
    left, right = (page.locator(".gu-plot svg[role=group]").nth(i) for i in (0, 1))
    assert right.bounding_box()["y"] > left.bounding_box()["y"] + 200
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    sizes = page.evaluate(
        "[...document.querySelectorAll('.gu-gd svg text')].map(t =>"
        " parseFloat(getComputedStyle(t).fontSize))"
    )
    assert min(sizes) >= 11


def test_on_a_desktop_the_plots_stand_side_by_side_and_aligned(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR), width=1000)
    grounds = page.locator(".gu-gd-pair .gu-ground")
    left, right = (grounds.nth(i).bounding_box() for i in (0, 1))
    assert (left["y"], left["height"]) == (right["y"], right["height"])
    assert right["x"] > left["x"] + left["width"]
    page.set_viewport_size({"width": 500, "height": 900})
    page.wait_for_function(
        "[...document.querySelectorAll('.gu-gd-pair .gu-ground')]"
        ".map(e => e.getBoundingClientRect().left).every((x, _, all) => x === all[0])"
    )


def test_plots_stay_within_the_padding_that_a_notebook_gives(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR), width=900)
    page.add_style_tag(content=".gu-gd { padding: 40px }")
    page.wait_for_function(
        "document.querySelector('.gu-gd-pair').getBoundingClientRect().right >="
        " Math.max(...[...document.querySelectorAll('.gu-ground')].map("
        "e => e.getBoundingClientRect().right)) - 0.5"
    )


def test_colors_come_from_the_variables_of_the_theme(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR))
    page.add_style_tag(content=":root { --gu-blue: rgb(1, 2, 3); }")
    stroke = page.locator(".gu-gd-line").evaluate("e => getComputedStyle(e).stroke")
    assert stroke == "rgb(1, 2, 3)"


def test_a_change_of_the_model_from_outside_is_drawn_and_answered(
    open_page: Open,
) -> None:
    page = open_page(GradientDescent(**FOUR), before=SPY)
    page.evaluate("models[0].set('step', 5)")
    page.wait_for_function("models[0].get('path') && models[0].get('w')[0] !== 0")
    frames(page, 3)
    widget = GradientDescent(**FOUR)
    expected = python_path(widget, widget.start, widget.learning_rate, 5)[-1]
    assert get(page, "w") == pytest.approx(expected.tolist(), abs=1e-9)
    expect(page.get_by_text("step 5", exact=True)).to_be_visible()


def test_two_views_of_one_model_show_one_state(open_page: Open) -> None:
    widget = GradientDescent(**FOUR)
    page = open_page(widget, widget, before=SPY)
    page.locator("figure").nth(1).scroll_into_view_if_needed()
    page.wait_for_function("document.querySelectorAll('[data-live]').length === 2")
    page.get_by_role("button", name="Step", exact=True).first.click()
    frames(page, 3)
    assert page.get_by_text("step 1", exact=True).count() == 2


def test_the_best_line_is_kept_until_it_is_asked_for(open_page: Open) -> None:
    page = open_page(GradientDescent(**FOUR))
    answers = page.locator(".gu-explorable-mount").locator(
        ".gu-gd-best, circle.gu-gd-optimum"
    )
    expect(answers).to_have_count(2)
    for answer in answers.all():
        expect(answer).to_be_hidden()
    page.get_by_role("checkbox", name="best line").check()
    for answer in answers.all():
        expect(answer).to_be_visible()


LATER = [".gu-rings", ".gu-gd-controls", ".gu-gd-said", ".gu-scrub", "select"]


def test_with_the_line_alone_the_best_one_comes_with_its_equation_and_nothing_else(
    open_page: Open,
) -> None:
    page = open_page(GradientDescent(**FOUR, only_line=True), before=SPY)
    best = page.locator(".gu-gd-best, .gu-gd-equation")
    expect(best).to_have_count(2)
    drag(page, "Left handle", 0, 50)
    assert page.get_by_role("slider").count() == 2  # the handles of the line
    expect(page.get_by_role("status")).to_have_text("")
    for ticked in (False, True):
        page.get_by_label("best line").set_checked(ticked)
        for part in best.all():
            expect(part).to_be_visible(visible=ticked)
        for part in LATER:
            expect(page.locator(part)).to_have_count(0)
    expect(best.last).to_have_text("best: ŷ = 0.500 + 1.40 x")
    expect(page.get_by_role("status")).to_have_text("best: ŷ = 0.500 + 1.40 x")


@pytest.mark.parametrize(("data", "squares"), [(FOUR, 1), (noisy(342, 0), 0)])
def test_the_squares_of_many_points_are_not_offered_with_the_line_alone(
    open_page: Open, data: dict[str, list[float]], squares: int
) -> None:
    page = open_page(GradientDescent(**data, only_line=True))
    expect(page.get_by_role("checkbox", name="residuals")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="squares")).to_have_count(squares)
    expect(page.get_by_role("checkbox", name="steep and flat")).to_have_count(0)


def test_the_axis_of_a_new_run_forgets_a_longer_one(open_page: Open) -> None:
    widget = GradientDescent(**FOUR, learning_rate=0.13, step=200)
    page = open_page(widget, before=SPY)
    scrub = page.locator(".gu-scrub input")
    assert int(scrub.get_attribute("max") or 0) >= 200
    page.get_by_role("button", name="Play").click()
    page.wait_for_function("models[0].get('step') < 40")
    expect(scrub).to_have_attribute("max", "40")


def test_a_link_to_a_state_moves_the_line_alone(open_page: Open) -> None:
    widget = GradientDescent(**FOUR, only_line=True)
    page = open_page(widget, before=SPY, hash="#gradient-descent=w:1;1")
    assert get(page, "start") == [1, 1]


def test_the_poster_of_the_line_alone_keeps_the_answer() -> None:
    told = GradientDescent(**FOUR).poster()
    kept = GradientDescent(**FOUR, only_line=True).poster()
    assert "minimum" in told and "minimum" not in kept
    assert "4 points and the line" in kept and "after 0 steps" in kept


@pytest.mark.parametrize("width", [390, 700, 1000])
def test_the_room_of_the_line_alone_is_about_right(open_page: Open, width: int) -> None:
    data = {"name": "four", **FOUR}
    widget = GradientDescent(datasets=[data, data], only_line=True)
    page = open_page(widget, width=width)
    room = page.evaluate(
        "h => { const e = document.createElement('div'); e.style.height = h;"
        " const figure = document.querySelector('.gu-x').parentElement;"
        " e.style.setProperty('--gu-width', figure.offsetWidth + 'px');"
        " document.body.append(e); return e.offsetHeight }",
        widget.room()[0 if width > 640 else 1],
    )
    height = page.locator(".gu-x").bounding_box()["height"]
    assert 0 <= room - height <= 60
