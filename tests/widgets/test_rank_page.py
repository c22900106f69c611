"""The rank explorable: its numbers are Python's, and it is operated by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from groundup.transformers.fine_tuning import kept, nearest_of_rank
from groundup.widgets.rank import Rank, noise_as_long, small_update
from playwright.sync_api import Page, expect

from .conftest import SPY, Open, get, press
from .hands import frames, put

RNG = np.random.default_rng(7)
UPDATES = {
    "3 × 3": np.array([[2.0, 4, -2], [1, 2, -1], [0, 1, 1]]),
    "tall": RNG.normal(size=(9, 4)),
    "flat": 1e-3 * RNG.normal(size=(2, 16)),
    "large": 1e3 * RNG.normal(size=(12, 12)),
}


def numbers(page: Page) -> Any:
    return get(page, "numbers")


def said(page: Page) -> Any:
    return page.locator(".gu-rk-said")


@pytest.mark.parametrize("place", range(len(UPDATES)), ids=UPDATES)
def test_numbers_equal_python_s_to_1e_9(open_page: Open, place: int) -> None:
    update = list(UPDATES.values())[place]
    page = open_page(Rank(UPDATES, matrix=place, rank=0), before=SPY)
    length = np.linalg.norm(update)
    for rank in range(min(update.shape) + 1):
        put(page, rank=rank)
        a, b = nearest_of_rank(update, rank)
        found = np.array(get(page, "approximation"))
        np.testing.assert_allclose(found, a @ b, rtol=1e-9, atol=1e-9 * length)
        shown = numbers(page)
        assert shown["kept"] == pytest.approx(kept(update, rank), rel=1e-9)
        missing = ((update - a @ b) ** 2).sum()
        assert shown["missing"] == pytest.approx(missing, rel=1e-9, abs=1e-20 * length)
        assert shown["thin"] == a.size + b.size
        assert shown["full"] == update.size


def test_the_rank_is_moved_by_keys_and_stays_within_the_matrix(open_page: Open) -> None:
    page = open_page(Rank(UPDATES, rank=1), before=SPY)
    dial = page.get_by_role("slider", name="Rank r")
    dial.press("ArrowRight")
    assert get(page, "rank") == 2
    expect(dial).to_have_attribute("aria-valuetext", "rank 2")
    dial.press("End")
    assert get(page, "rank") == 3
    dial.press("Home")
    assert get(page, "rank") == 0
    expect(page.get_by_role("status")).to_contain_text("nothing is changed")


@pytest.mark.parametrize("touch", [False, True], ids=["mouse", "finger"])
def test_the_bars_are_as_good_as_the_slider(open_page: Open, touch: bool) -> None:
    page = open_page(Rank(UPDATES, matrix=3, rank=1), before=SPY, has_touch=touch)
    bars = page.get_by_role("img", name="Singular values")
    bars.scroll_into_view_if_needed()
    frames(page, 2)
    box = bars.bounding_box()
    assert box
    for near, rank in ((5.4, 5), (11.6, 12), (0.4, 0), (8.6, 9)):
        x = box["x"] + 8 + (box["width"] - 16) * near / 12
        y = box["y"] + box["height"] / 2
        (page.touchscreen.tap if touch else page.mouse.click)(x, y)
        assert get(page, "rank") == rank
    thumb = page.get_by_role("slider", name="Rank r")
    expect(thumb).to_have_value("9")


def test_a_drag_over_the_bars_moves_the_rank_until_it_is_let_go(
    open_page: Open,
) -> None:
    page = open_page(Rank(UPDATES, matrix=3, rank=1), before=SPY)
    box = page.get_by_role("img", name="Singular values").bounding_box()
    assert box
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 20, y)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, y)
    assert get(page, "rank") == 6
    page.mouse.move(box["x"] - 50, y)
    assert get(page, "rank") == 0
    page.mouse.up()
    expect(page.get_by_role("status")).to_contain_text("Rank 0 of 12")
    page.mouse.move(box["x"] + box["width"] / 2, y)
    assert get(page, "rank") == 0


@pytest.mark.parametrize(
    ("place", "rank", "words"),
    [
        (0, 0, "nothing is changed. LoRA begins here"),
        (0, 1, "A and B hold 6 numbers, the whole update 9. They keep 94.3%"),
        (0, 2, "save nothing here. Nothing is missing: this update has rank 2"),
        (0, 3, "Nothing is missing: this update has rank 2, and more"),
        (3, 5, "A and B hold 120 numbers, the whole update 144. They keep"),
        (3, 6, "the whole update 144. Two thin matrices save nothing here. They"),
        (3, 12, "Two thin matrices save nothing here. Nothing is missing."),
    ],
)
def test_the_sentence_says_what_a_rank_does(
    open_page: Open, place: int, rank: int, words: str
) -> None:
    page = open_page(Rank(UPDATES, matrix=place, rank=rank))
    expect(said(page)).to_contain_text(words)


def test_what_is_not_all_is_not_called_all(open_page: Open) -> None:
    update = np.diag([1.0, 1e-3, 1e-7])
    page = open_page(Rank({"nearly": update}, rank=1), before=SPY)
    row = page.get_by_role("row", name="squares kept")
    for rank in (1, 2):
        put(page, rank=rank)
        expect(said(page)).to_contain_text("They keep more than 99.99% of")
        expect(row).to_contain_text("more than 99.99%")
    put(page, rank=3)
    expect(said(page)).to_contain_text("Nothing is missing.")
    expect(row).to_contain_text("100%")


def test_a_value_too_small_for_its_digits_is_not_called_zero(open_page: Open) -> None:
    update = np.diag([0.5, 2e-3, 0.0])
    page = open_page(Rank({"small": update}, rank=1))
    name = "Singular values: 0.50, 0.0020, 0; kept are the first 1"
    bars = page.get_by_role("img", name=name)
    assert bars.locator("text").all_text_contents() == ["0.50", "", "0"]


def test_maps_show_signs_and_are_read_aloud_where_they_are_small(
    open_page: Open,
) -> None:
    page = open_page(Rank(UPDATES, rank=1), before=SPY)
    entries = "2.0, 4.0, −2.0; 1.0, 2.0, −1.0; 0.0, 1.0, 1.0"
    first = page.get_by_role("img", name=f"Update, 3 by 3: {entries}")
    assert first.locator(".gu-less").count() == 2
    expect(
        page.get_by_role("img", name="Rank 1, 3 by 3: 2.0, 4.0, −1.9")
    ).to_be_visible()
    put(page, matrix=3)
    large = page.get_by_role("img", name="Update, 12 by 12", exact=True)
    negative = int((UPDATES["large"] < 0).sum())
    assert large.locator(".gu-less").count() == negative
    opacity = "e => Number(getComputedStyle(e).fillOpacity)"
    at = int(np.abs(UPDATES["large"]).argmax())
    assert large.locator(".gu-rk-cell").nth(at).evaluate(opacity) == 1


def test_another_matrix_takes_the_rank_it_has(open_page: Open) -> None:
    page = open_page(Rank(UPDATES, matrix=3, rank=11), before=SPY)
    page.get_by_role("combobox", name="Matrix").select_option("flat")
    assert (get(page, "matrix"), get(page, "rank")) == (2, 2)
    press(page, "Reset")
    assert (get(page, "matrix"), get(page, "rank")) == (3, 11)


def test_the_table_says_what_the_same_rank_takes_in_a_real_model(
    open_page: Open,
) -> None:
    page = open_page(Rank(UPDATES, rank=1))
    row = page.get_by_role("row", name="the same rank at 576 × 576")
    expect(row).to_contain_text("1,152 of 331,776: 0.3%")
    page = open_page(Rank(UPDATES, rank=1, wide=0))
    expect(page.get_by_role("row", name="the same rank")).to_have_count(0)


@pytest.mark.parametrize(
    ("link", "state"),
    [
        ("matrix:3,rank:4", (3, 4)),
        ("rank:2", (0, 2)),
        ("matrix:2,rank:9", (2, 2)),
        ("matrix:9", (3, 3)),
        ("rank:-1", (0, 3)),
        ("rank:1.5", (0, 3)),
    ],
)
def test_a_link_in_the_text_sets_only_what_it_names(
    open_page: Open, link: str, state: tuple[int, int]
) -> None:
    before = f'{SPY}<a href="#rank={link}">here</a>'
    page = open_page(Rank(UPDATES, rank=3), before=before)
    page.get_by_role("link", name="here").click()
    frames(page, 3)
    assert (get(page, "matrix"), get(page, "rank")) == state


def test_the_small_form_has_only_what_its_place_needs(open_page: Open) -> None:
    page = open_page(Rank({"one": UPDATES["3 × 3"]}, controls=[], wide=0))
    assert page.locator("select, button").count() == 0
    expect(page.get_by_role("slider", name="Rank r")).to_be_visible()


@pytest.mark.parametrize(
    ("updates", "state", "message"),
    [
        ({"x": np.zeros((3, 3))}, {}, "x must have an entry other than zero"),
        ({"x": np.ones((3, 17))}, {}, r"2 to 16 rows and columns, got \(3, 17\)"),
        ({"x": np.ones((1, 3))}, {}, r"2 to 16 rows and columns, got \(1, 3\)"),
        ({"x": np.ones(3)}, {}, r"x must have shape \(n, d\), found \(3,\)"),
        ({"x": np.full((2, 2), np.nan)}, {}, "x holds NaN or infinity"),
        ({}, {}, "matrix must be one of 0, got 0"),
        (UPDATES, {"matrix": 4}, "matrix must be one of 4, got 4"),
        (UPDATES, {"matrix": -1}, "matrix must be one of 4, got -1"),
        (UPDATES, {"rank": 4}, "rank must be between 0 and 3, got 4"),
        (UPDATES, {"controls": ["play"]}, r"got \['play'\]"),
    ],
)
def test_what_it_cannot_show_is_refused(
    updates: dict[str, Any], state: dict[str, Any], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        Rank(updates, **state)


def test_the_poster_tells_what_its_rank_keeps() -> None:
    poster = Rank(UPDATES, rank=1).poster()
    assert "Rank 1 of 3 keeps 94.3% of the sum of the squares" in poster
    assert "with 6 numbers instead of 9" in poster
    assert poster.count("--gu-orange") == 2 + 3  # negative entries of both maps


def test_the_real_update_is_one_and_thinner_than_noise_of_its_length() -> None:
    pytest.importorskip("names")
    update = small_update()
    noise = noise_as_long(update)
    assert update.shape == noise.shape == (12, 12)
    assert np.linalg.norm(noise) == pytest.approx(np.linalg.norm(update), rel=1e-12)
    assert np.linalg.matrix_rank(update) == 12
    for rank in (1, 2, 3, 4):
        assert kept(update, rank) > kept(noise, rank) + 0.15
    np.testing.assert_array_equal(noise_as_long(update), noise)
    assert np.any(noise_as_long(update, 1) != noise)
