"""The gradient field explorable: Python's numbers, operated by hand."""

from __future__ import annotations

import re

import numpy as np
import pytest
from groundup.foundations.calculus import numerical_gradient
from groundup.widgets.gradient_field import GradientField
from groundup.widgets.gradient_field.functions import (
    FUNCTIONS,
    X,
    Y,
    gradient,
    slope,
    value,
)
from playwright.sync_api import expect
from sympy import hessian, lambdify

from .conftest import SPY, Open, get, press
from .hands import center, drag, put

# Where each arrow ends: the second point of its path, on the screen.
TIPS = """() => [...document.querySelectorAll(
    ".gu-gf-field path, .gu-gf-up, .gu-gf-down, .gu-gf-direction")]
  .filter(e => e.tagName === "path" && e.style.display !== "none")
  .map(e => {
    const [x, y] = e.getAttribute("d").split(/[ML]/)[2].split(" ").map(Number);
    const { left, top } = e.closest(".gu-plot > svg").getBoundingClientRect();
    return [left + x, top + y];
  })"""
POINTS = [(1.0, 0.5), (-1.3, 0.7), (0.0, 0.0), (2.0, -2.0), (0.15, -1.05)]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_numbers_equal_python_s_to_1e_9(open_page: Open, name: str) -> None:
    page = open_page(GradientField(name), before=SPY)
    for point in POINTS:
        for degrees in (0.0, 57.0, 213.0):
            put(page, point=list(point), direction=degrees)
            np.testing.assert_allclose(
                get(page, "gradient"), gradient(name, point), rtol=0, atol=1e-9
            )
            by_steps = numerical_gradient(lambda p: float(value(name, *p)), point)
            np.testing.assert_allclose(
                get(page, "gradient"), by_steps, rtol=1e-8, atol=1e-8
            )
            assert get(page, "slope") == pytest.approx(
                slope(name, point, degrees), abs=1e-9
            )


@pytest.mark.parametrize("name", FUNCTIONS)
def test_contours_lie_where_the_function_has_their_level(
    open_page: Open, name: str
) -> None:
    page = open_page(GradientField(name))
    paths = page.locator(".gu-gf-contours path").evaluate_all(
        "all => all.map(e => e.getAttribute('d'))"
    )
    ticks = (
        page.locator(".gu-plot")
        .first.locator(".gu-axis text")
        .evaluate_all(
            "all => all.map(e =>"
            " [e.textContent, e.getAttribute('x'), e.getAttribute('y')])"
        )
    )
    centers = {t: (float(x), float(y)) for t, x, y in ticks if t in ("0", "1")}
    # Of the two texts "0" the last is that of the y-axis: its height is y = 0.
    zero_y, one_y = centers["0"][1] - 4, centers["1"][1] - 4
    unit = zero_y - one_y
    zero_x = next(float(x) for t, x, _ in ticks if t == "0")
    assert len(paths) == len(FUNCTIONS[name].levels)
    assert sum(bool(path) for path in paths) == len(paths)
    formula = FUNCTIONS[name].formula
    second = lambdify((X, Y), [formula.diff(a, b) for a in (X, Y) for b in (X, Y)])
    for level, path in zip(FUNCTIONS[name].levels, paths, strict=True):
        pairs = [p.split() for p in path.replace("L", "M").split("M") if p]
        found = np.array(pairs, dtype=float)
        x, y = (found[:, 0] - zero_x) / unit, (zero_y - found[:, 1]) / unit
        points = list(zip(x, y, strict=True))
        steep = max(np.linalg.norm(gradient(name, point)) for point in points)
        bend = max(np.abs(second(*point)).max() for point in points)
        # A straight line between points a cell apart, and pixels with two decimals.
        allowed = bend * 0.1**2 / 8 + steep * 0.02 / unit
        assert np.abs(value(name, x, y) - level).max() <= allowed


@pytest.mark.parametrize(
    ("name", "point", "words"),
    [
        ("bowl", (1.0, 0.5), "At (1, 0.5) the gradient is (2.5, 3)"),
        ("bowl", (1.0, 0.5), "falls fastest along (−2.5, −3), at a slope of −3.91"),
        ("bowl", (0.0, 0.0), "a minimum: every direction curves upward"),
        ("saddle", (0.0, 0.0), "a saddle"),
        ("valleys", (0.0, 0.0), "a saddle"),
        ("valleys", (1.0, 0.0), "a minimum"),
        ("plateau", (0.0, 0.0), "a minimum"),
    ],
)
def test_the_sentence_says_what_the_gradient_says(
    open_page: Open, name: str, point: tuple[float, float], words: str
) -> None:
    page = open_page(GradientField(name, point=point))
    expect(page.locator(".gu-gf-said")).to_contain_text(words)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_kinds_follow_from_sympy_s_hessian(open_page: Open, name: str) -> None:
    page = open_page(GradientField(name), before=SPY)
    for point in [(0.0, 0.0), (1.0, 0.0), (-1.0, 0.0)]:
        if np.linalg.norm(gradient(name, point)) > 1e-9:
            continue
        matrix = hessian(FUNCTIONS[name].formula, (X, Y)).subs(
            {X: point[0], Y: point[1]}
        )
        values = np.linalg.eigvalsh(np.array(matrix, dtype=float))
        kind = "a minimum" if values[0] > 0 else "a saddle"
        put(page, point=list(point))
        expect(page.locator(".gu-gf-said")).to_contain_text(f"this is {kind}")


def test_the_buttons_turn_to_the_laws_of_the_gradient(open_page: Open) -> None:
    page = open_page(GradientField(point=(1.0, 0.5)), before=SPY)
    length = float(np.linalg.norm(gradient("bowl", (1.0, 0.5))))
    for name, expected in (
        ("Uphill", length),
        ("Along the contour", 0.0),
        ("Downhill", -length),
    ):
        press(page, name)
        assert get(page, "slope") == pytest.approx(expected, abs=1e-9)
    press(page, "Along the contour")
    expect(page.get_by_role("status")).to_contain_text("it runs along the contour")


def test_the_point_and_the_direction_follow_mouse_and_keys(open_page: Open) -> None:
    page = open_page(GradientField(), before=SPY)
    drag(page, "The point", -60, 30)
    x, y = np.array(get(page, "point"))
    assert x < 1 and y < 0.5
    grip = page.get_by_role("slider", name="The point")
    grip.press("Shift+ArrowUp")
    assert np.array(get(page, "point"))[1] > y
    drag(page, "The chosen direction", -40, -60)
    turned = float(str(get(page, "direction")))
    assert 30 < turned < 170
    page.get_by_role("slider", name="The chosen direction").press("ArrowLeft")
    assert get(page, "direction") == turned + 1
    before = get(page, "point")
    drag(page, "The direction of now", 50, 0)
    assert float(str(get(page, "direction"))) > turned + 10
    assert get(page, "point") == before


def test_a_tap_on_the_map_moves_the_point_there(open_page: Open) -> None:
    page = open_page(GradientField(point=(0.0, 0.0)), before=SPY, has_touch=True)
    x, y = center(page, "The point")
    page.touchscreen.tap(x - 80, y - 50)
    a, b = np.array(get(page, "point"))
    assert a < -0.3 and b > 0.3
    action = "e => getComputedStyle(e).touchAction"
    assert page.locator(".gu-grip").first.evaluate(action) == "none"
    assert page.locator(".gu-plot svg").first.evaluate(action) == "auto"


def test_a_right_angle_is_one_on_the_screen(open_page: Open) -> None:
    for width in (390, 1000):
        page = open_page(GradientField(point=(1.0, 0.0)), before=SPY, width=width)
        x0, y0 = center(page, "The point")
        put(page, point=[0.0, 1.0])
        x1, y1 = center(page, "The point")
        assert x0 - x1 == pytest.approx(y0 - y1, abs=0.1)


@pytest.mark.parametrize("width", [390, 1000])
def test_no_arrow_is_cut_by_the_frame(open_page: Open, width: int) -> None:
    page = open_page(GradientField(), before=SPY, width=width)
    frame = page.locator(".gu-ground").first.bounding_box()
    assert frame
    for name in FUNCTIONS:
        # (1, 1) is where the chapter begins; the others lie at the frame or near it.
        for point in [(1.0, 1.0), (2.0, 2.0), (-1.9, 0.3), (0.2, -1.8), (0.0, 0.0)]:
            for degrees in (0, 90, 210):
                put(page, function=name, point=list(point), direction=degrees)
                tips = page.evaluate(TIPS)
                assert len(tips) > 20
                for x, y in tips:
                    assert frame["x"] <= x <= frame["x"] + frame["width"]
                    assert frame["y"] <= y <= frame["y"] + frame["height"]


def test_up_and_down_are_equally_long_where_both_have_room(open_page: Open) -> None:
    page = open_page(GradientField(point=(1.0, 1.0)), before=SPY)
    sizes = page.locator(".gu-gf-up, .gu-gf-down").evaluate_all(
        "all => all.filter(e => e.tagName === 'path').map(e => e.getTotalLength())"
    )
    assert len(sizes) == 2
    assert sizes[0] == pytest.approx(sizes[1], abs=0.1)
    assert sizes[0] > 40


def test_the_small_form_has_the_map_alone(open_page: Open) -> None:
    page = open_page(GradientField(controls=[]))
    assert page.locator("select, button, input").count() == 0
    assert page.locator(".gu-plot").count() == 1
    expect(page.locator(".gu-gf-said")).to_contain_text("at a right angle")
    expect(page.get_by_role("slider", name="The chosen direction")).to_be_hidden()


def test_a_link_in_the_text_sets_only_what_it_names(open_page: Open) -> None:
    link = '<a href="#gradient-field=f:saddle,point:0;0">the saddle</a>'
    page = open_page(GradientField(direction=30), before=SPY + link)
    page.get_by_text("the saddle").click()
    page.wait_for_function("models[0].get('function') === 'saddle'")
    assert (get(page, "point"), get(page, "direction")) == ([0, 0], 30)


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"function": "hill"}, r"functions are \('bowl'.*got 'hill'"),
        ({"point": (1.0,)}, r"point must be \(x, y\) within ±2, got \[1.0\]"),
        ({"point": (3.0, 0.0)}, r"within ±2, got \[3.0, 0.0\]"),
        ({"point": (float("nan"), 0.0)}, "within ±2, got"),
        ({"direction": 360.0}, "direction must be from 0 to below 360, got 360.0"),
        ({"controls": ["speed"]}, r"got \['speed'\]"),
    ],
)
def test_what_it_does_not_have_is_refused(state: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        GradientField(**state)


def test_no_arrow_of_the_poster_is_cut_by_its_frame() -> None:
    for point in [(1.0, 1.0), (2.0, 2.0), (-1.9, 0.3)]:
        still = GradientField(point=point, direction=90.0).poster()
        frame = re.search(
            r'<rect x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"', still
        )
        assert frame
        left, top, width, height = map(float, frame.groups())
        ends = re.findall(r'x2="(\S+)" y2="(\S+)"[^>]*stroke-width="2.5"', still)
        assert len(ends) == 9  # three arrows, each a line and two sides of its head
        for x, y in ends[::3]:
            assert left <= float(x) <= left + width
            assert top <= float(y) <= top + height


def test_the_poster_tells_the_gradient() -> None:
    poster = GradientField(direction=90.0).poster()
    assert "At (1, 0.5) the gradient is (2.5, 3)" in poster
    assert "90 degrees the slope is 3" in poster
    assert "Slope by direction" not in GradientField(controls=[]).poster()
