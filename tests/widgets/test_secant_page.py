"""The secant explorable: its numbers are Python's, and it is operated by hand."""

from __future__ import annotations

import numpy as np
import pytest
from groundup.widgets.secant import Secant
from groundup.widgets.secant.functions import FUNCTIONS, errors, quotients, tangent
from playwright.sync_api import expect

from .conftest import SPY, Open, get, press
from .hands import drag, put

EPSILON = float(np.finfo(np.float64).eps)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_numbers_equal_python_s_to_1e_9(open_page: Open, name: str) -> None:
    page = open_page(Secant(name), before=SPY)
    for x in (-1.5, 0.3, 1.0):
        for h in (1.0, 0.0501, 1e-3, 1e-6):
            put(page, x=x, h=h)
            # The browser's sine may differ from NumPy's in its last digit, which a
            # quotient divides by h.
            size = max(1.0, abs(float(FUNCTIONS[name].f(x + h))))
            last_digit = 2 * EPSILON * size / h
            for trait, expected in (
                ("quotients", quotients(name, x, h)),
                ("errors", errors(name, x, h)),
            ):
                np.testing.assert_allclose(
                    get(page, trait), expected, rtol=1e-9, atol=1e-9 + last_digit
                )


@pytest.mark.parametrize("name", ["square", "cube", "abs"])
def test_where_arithmetic_is_exact_rounding_is_python_s_to_the_bit(
    open_page: Open, name: str
) -> None:
    page = open_page(Secant(name), before=SPY)
    for h in (1e-8, 3.16e-11, 1e-15, 1e-16):
        put(page, x=0.7, h=h)
        assert get(page, "quotients") == list(quotients(name, 0.7, h))


@pytest.mark.parametrize("name", FUNCTIONS)
def test_python_s_derivatives_are_those_of_sympy(name: str) -> None:
    import sympy as sp

    x = sp.Symbol("x", real=True)
    by_name = {"sin": sp.sin, "exp": sp.exp, "square": lambda t: t**2}
    f = (by_name | {"cube": lambda t: t**3, "abs": sp.Abs})[name](x)
    for value in (-1.5, 0.3, 1.0):
        assert float(FUNCTIONS[name].f(value)) == pytest.approx(f.subs(x, value))
        slope = float(f.diff(x).subs(x, value))
        assert tangent(name, value) == pytest.approx(slope, rel=1e-14)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"h": 0.1}, "off by 0.0429: the curve bends away"),
        ({"h": 0.1, "rule": "central"}, "the bends on both sides do not quite cancel"),
        ({"h": 1e-7}, "the curve bends away"),
        ({"h": 1e-12}, "no more than rounding explains"),
        ({"h": 1e-16}, "off by 0.540: x + h is rounded to x"),
        ({"function": "square", "rule": "central", "h": 0.5}, "is exact here"),
        ({"function": "abs", "x": 0, "h": 0.5}, "At the kink there is no tangent"),
    ],
)
def test_the_sentence_says_why_the_slope_is_off(
    open_page: Open, state: dict, words: str
) -> None:
    page = open_page(Secant(**state))
    expect(page.locator(".gu-sc-said")).to_contain_text(words)


def test_the_points_are_dragged_by_mouse_and_moved_by_keys(open_page: Open) -> None:
    page = open_page(Secant(h=0.5), before=SPY)
    drag(page, "Second point", -10)
    assert 0 < float(str(get(page, "h"))) < 0.5
    drag(page, "Point x", 40)
    moved = float(str(get(page, "x")))
    assert moved > 1.2
    page.get_by_role("slider", name="Point x").press("ArrowLeft")
    assert float(str(get(page, "x"))) < moved
    before = float(str(get(page, "h")))
    drag(page, "The h of now", -60)
    assert float(str(get(page, "h"))) < before / 100
    expect(page.get_by_role("status")).to_contain_text("h = ")


def test_the_second_point_never_passes_the_first(open_page: Open) -> None:
    page = open_page(Secant(h=0.5), before=SPY)
    drag(page, "Second point", -90)
    assert get(page, "h") == 1e-16


def test_playing_lets_h_shrink_to_its_end(open_page: Open) -> None:
    page = open_page(Secant(h=2e-16), before=SPY)
    press(page, "Play")
    page.wait_for_function("models[0].get('playing') === false")
    assert get(page, "h") == 1e-16
    press(page, "Play")
    page.wait_for_function("models[0].get('h') > 0.1")
    press(page, "Pause")


def test_zoomed_in_the_curve_is_straight_and_then_a_staircase(open_page: Open) -> None:
    page = open_page(Secant("square", zoom=True, h=1e-5), before=SPY)

    def heights() -> np.ndarray:
        points = str(page.locator(".gu-sc-curve").get_attribute("points"))
        return np.array([float(p.split(",")[1]) for p in points.split()])

    assert np.abs(np.diff(heights(), 2)).max() < 0.1
    put(page, h=1e-15)
    steps = np.abs(np.diff(heights()))
    assert (steps < 0.01).mean() > 0.8 and steps.max() > 5
    expect(page.get_by_role("slider", name="Second point")).to_have_count(0)


def test_the_small_form_has_only_what_its_place_needs(open_page: Open) -> None:
    page = open_page(Secant("square", controls=["h"], h=1.0))
    assert page.locator("select, button, input[type=checkbox]").count() == 0
    assert page.locator(".gu-plot").count() == 1
    dial = page.get_by_role("slider", name="Step h")
    said = page.locator(".gu-sc-said")
    expect(said).to_have_text(
        "h = 1: the secant’s slope is 3.000, the tangent’s 2.000. They differ by 1.00."
    )
    dial.press("Home")
    expect(said).to_contain_text("h = 10⁻⁵: the secant’s slope is 2.000")


def test_a_link_in_the_text_sets_only_what_it_names(open_page: Open) -> None:
    link = '<a href="#secant=h:1e-8,rule:central">h = 10⁻⁸</a>'
    page = open_page(Secant("exp"), before=SPY + link)
    page.get_by_text("h = 10⁻⁸").click()
    page.wait_for_function("models[0].get('h') === 1e-8")
    assert (get(page, "rule"), get(page, "function"), get(page, "x")) == (
        "central",
        "exp",
        1,
    )


@pytest.mark.parametrize(
    ("state", "message"),
    [
        ({"function": "tan"}, r"functions are \('sin'.*got 'tan'"),
        ({"rule": "backward"}, "rule must be one of .*got 'backward'"),
        ({"x": 9.0}, "x must be between -3.5 and 3.5, got 9.0"),
        ({"x": float("nan")}, "x must be between"),
        ({"h": 0.0}, "h must be between 1e-16 and 1, got 0.0"),
        ({"controls": ["speed"]}, r"got \['speed'\]"),
    ],
)
def test_what_it_does_not_have_is_refused(state: dict, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Secant(**state)


def test_the_poster_tells_both_slopes() -> None:
    poster = Secant(h=0.1).poster()
    assert "has the slope 0.4974" in poster and "the slope 0.5403" in poster
    assert "central" not in Secant(controls=["h"]).poster()
    assert "The error for every h" in Secant("abs", x=0).poster()
