"""The explorable `arrows`: what it refuses, and its numbers in a real browser."""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from groundup.foundations import vectors
from groundup.widgets.arrows import Arrows
from playwright.sync_api import Page, expect

from .conftest import SPY, Open, get, press
from .hands import drag

PAIRS = [
    ([3.0, 4.0], [4.0, 0.0]),
    ([-3.0, 3.0], [4.0, 1.0]),
    ([-2.0, 4.0], [4.0, 2.0]),
    ([2.0, 1.0], [4.0, 2.0]),
    ([-1.0, 2.0], [0.5, -1.0]),
    ([0.3, -4.7], [-3.1, 0.2]),
    ([1e-3, 2e-3], [5.0, 4.9]),
    ([1.0, 1.0000001], [1.0, 1.0]),
]


def expected(a: list[float], b: list[float]) -> dict[str, object]:
    """Return what the page's `values` have to be, by the book's functions."""
    shadow = vectors.project(a, b)
    return {
        "dot": vectors.dot(a, b),
        "normA": vectors.norm(a),
        "normB": vectors.norm(b),
        "coefficient": vectors.projection_coefficient(a, b),
        "shadow": shadow,
        "residual": np.subtract(a, shadow),
        "angle": vectors.angle(a, b),
        "cosine": vectors.cosine(a, b),
    }


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_numbers_equal_python_s_to_1e_9(open_page: Open, a, b) -> None:
    page = open_page(Arrows({"a": a, "b": b}), before=SPY)
    values, want = get(page, "values"), expected(a, b)
    assert values.keys() == want.keys()
    for name in want:
        np.testing.assert_allclose(
            values[name], want[name], rtol=1e-9, atol=1e-12, err_msg=name
        )


def corners(page: Page, name: str) -> np.ndarray:
    """Return the points of a path of the picture, in units of the plane."""
    drawn = page.locator(f".gu-ar-{name}").first.get_attribute("d")
    found = re.findall(r"(-?[\d.]+) (-?[\d.]+)", drawn or "")
    points = np.array(found, dtype=float).reshape(-1, 2)
    box = page.locator(".gu-ground").evaluate(
        "e => ['x', 'y', 'width', 'height'].map((n) => Number(e.getAttribute(n)))"
    )
    unit = np.array([box[2], -box[3]]) / 10
    return (points - [box[0], box[1] + box[3]]) / unit - 5


@pytest.mark.parametrize(("a", "b"), PAIRS[:6])
def test_what_is_drawn_is_what_is_computed(open_page: Open, a, b) -> None:
    page = open_page(Arrows({"a": a, "b": b, "show": ["shadow", "area", "frame"]}))
    shadow, pixel = vectors.project(a, b), 0.005  # of a hundredth
    left = corners(page, "left")
    np.testing.assert_allclose(left, [a, shadow], atol=pixel)
    if np.hypot(*np.subtract(a, shadow)) > 1e-9:
        assert abs((left[0] - left[1]) @ b) < 0.05  # a right angle, in every position
    x, y = (corners(page, name).T for name in ("area", "frame"))
    areas = [
        abs(p[0] @ np.roll(p[1], 1) - p[1] @ np.roll(p[0], 1)) / 2 if p.size else 0.0
        for p in (x, y)
    ]
    dot, most = vectors.dot(a, b), vectors.norm(a) * vectors.norm(b)
    np.testing.assert_allclose(areas, [abs(dot), most], atol=0.1)
    minus = "gu-ar-minus" in page.locator(".gu-ar-area").get_attribute("class")
    assert minus == (dot < 0)


def test_the_mouse_drags_a_tip_to_whole_numbers_when_it_is_near(
    open_page: Open,
) -> None:
    page = open_page(Arrows(), before=SPY)
    unit = page.locator(".gu-ground").bounding_box()["width"] / 10
    drag(page, "Tip of arrow a", -5.95 * unit, 1.4 * unit)
    assert get(page, "a") == [-3, 2.6]
    assert get(page, "values")["dot"] == -12
    expect(page.locator(".gu-ar-said")).to_contain_text("negative")
    drag(page, "Tip of arrow b", 900, 0)  # no further than the plane
    assert get(page, "b") == [5, 0]


def test_a_finger_drags_a_tip(open_page: Open) -> None:
    page = open_page(Arrows(), before=SPY, has_touch=True, width=390)
    tip = page.get_by_role("slider", name="Tip of arrow b")
    assert tip.evaluate("e => getComputedStyle(e).touchAction") == "none"
    box = tip.locator("circle").last.bounding_box()
    unit = page.locator(".gu-ground").bounding_box()["width"] / 10
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page)
    for kind, dy in [("touchStart", 0.0), ("touchMove", -2 * unit), ("touchEnd", None)]:
        points = [] if dy is None else [{"x": x, "y": y + dy}]
        sent = {"type": kind, "touchPoints": points}
        touch.send("Input.dispatchTouchEvent", sent)
    assert get(page, "b") == [4, 2]


def test_keys_move_a_tip_by_a_tenth_and_by_one(open_page: Open) -> None:
    page = open_page(Arrows(), before=SPY)
    tip = page.get_by_role("slider", name="Tip of arrow a")
    for key in ["ArrowRight", "ArrowUp", "Shift+ArrowDown", "ArrowLeft", "ArrowLeft"]:
        tip.press(key)
    assert get(page, "a") == [2.9, 3.1]
    assert tip.get_attribute("aria-valuetext") == "a is (2.9, 3.1)"
    said = page.locator(".gu-ar-said").inner_text()
    expect(page.get_by_role("status")).to_have_text(said)


@pytest.mark.parametrize(
    ("a", "b", "words"),
    [
        ((3, 4), (4, 0), "is 53.1°, less than a right angle. .* a · b = 12, positive."),
        ((-3, 3), (4, 1), "more than a right angle. .* against b: .* = −9, negative."),
        ((-2, 4), (4, 2), "is a right angle. a stands upright .* a · b = 0."),
        ((2, 1), (4, 2), "is 0°. a lies along b: .* nothing is left"),
        ((-2, -1), (4, 2), "is 180°. a points against b: .* nothing is left"),
        ((3, 4), (0, 0), "^b is the zero vector. It has no direction"),
        ((0, 0), (4, 0), "^a is the zero vector."),
        ((0, 0), (0, 0), "^b is the zero vector."),
    ],
)
def test_a_sentence_says_what_is_seen(open_page: Open, a, b, words) -> None:
    page = open_page(Arrows({"a": a, "b": b}))
    expect(page.locator(".gu-ar-said")).to_have_text(re.compile(words))


def test_the_zero_vector_leaves_no_angle_and_no_shadow(open_page: Open) -> None:
    page = open_page(Arrows({"b": (0, 0), "show": ["shadow", "stick"]}), before=SPY)
    values = get(page, "values")
    undefined = ["coefficient", "shadow", "residual", "angle", "cosine"]
    assert [values[name] for name in undefined] == [None] * 5
    assert values["dot"] == 0
    assert corners(page, "left").size == 0
    page.get_by_role("slider", name="Multiple of b").press("ArrowRight")
    assert get(page, "t") == 0  # all multiples of zero are one point


def test_numbers_in_the_table_say_where_they_are_rounded(open_page: Open) -> None:
    page = open_page(Arrows({"a": (-3, 3), "b": (4, 1)}))
    rows = page.get_by_role("table").get_by_role("row").all_inner_texts()
    assert "a · b\t(−3) × 4 + 3 × 1 = −9" in rows
    assert "shadow\t(−0.53) × b ≈ (−2.12, −0.53)" in rows


def test_what_is_tried_and_what_is_shown_can_be_chosen(open_page: Open) -> None:
    page = open_page(Arrows(), before=SPY)
    page.get_by_label("Try").select_option("a right angle")
    assert get(page, "values")["dot"] == 0
    page.get_by_label("area", exact=True).uncheck()
    page.get_by_label("largest area").check()
    assert get(page, "show") == ["shadow", "angle", "frame"]
    assert not page.locator(".gu-ar-area").first.get_attribute("d")
    press(page, "Reset")
    assert (get(page, "a"), get(page, "b")) == ([3, 4], [4, 0])
    assert get(page, "show") == ["shadow", "area", "angle"]


def test_the_point_on_the_line_is_nearest_where_the_shadow_ends(
    open_page: Open,
) -> None:
    page = open_page(Arrows.nearest(), before=SPY)
    assert page.get_by_role("slider").count() == 1  # the arrows stay where they are
    point = page.get_by_role("slider", name="Multiple of b")
    lengths = []
    for _ in range(7):
        lengths.append(corners(page, "stick"))
        point.press("Shift+ArrowRight")
    distances = [float(np.hypot(*(one - other))) for one, other in lengths]
    want = [math.hypot(3 - 4 * t, 4) for t in 0.25 + 0.1 * np.arange(7)]
    np.testing.assert_allclose(distances, want, atol=0.02)
    assert min(distances) == distances[5]  # at t = 0.75
    unit = page.locator(".gu-ground").bounding_box()["width"] / 10
    drag(page, "Multiple of b", -1.8 * unit, 2 * unit)  # the pointer may leave the line
    assert get(page, "t") == pytest.approx(0.5, abs=0.01)
    shown = page.locator(".gu-ar").inner_text()
    assert not [word for word in ("shadow", "angle", "·") if word in shown]


def test_python_moves_an_arrow(open_page: Open) -> None:
    page = open_page(Arrows(), before=SPY)
    page.evaluate("models[0].set('a', [0, 2])")
    page.wait_for_function("models[0].get('values').dot === 0")
    expect(page.locator(".gu-ar-said")).to_contain_text("right angle")


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ({"a": (3, 4, 5)}, "a has two entries from -5 to 5"),
        ({"b": (6, 0)}, r"b has two entries from -5 to 5, got \[6.0, 0.0\]"),
        ({"b": (math.nan, 0)}, "b has two entries"),
        ({"t": math.inf}, "t is a number"),
        ({"c": 1}, r"a state has a, b, t and show, got \['c'\]"),
        ({"show": ["light"]}, r"what is shown is of .*, got \['light'\]"),
    ],
)
def test_states_that_cannot_be_drawn_are_refused(state, says) -> None:
    with pytest.raises(ValueError, match=says):
        Arrows(state)


def test_unknown_controls_are_refused() -> None:
    with pytest.raises(ValueError, match=r"controls are .*, got \['play'\]"):
        Arrows(controls=["play"])


@pytest.mark.parametrize("width", [1000, 390])
@pytest.mark.parametrize("make", [Arrows, Arrows.nearest])
def test_the_room_that_is_kept_free_is_what_it_takes(
    open_page: Open, make, width: int
) -> None:
    page = open_page(make(), width=width)
    height = page.locator(".gu-ar").bounding_box()["height"]
    kept = float(make().room()[width < 640].removesuffix("px"))
    assert kept - 30 <= height <= kept + 30
