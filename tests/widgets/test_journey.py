"""A token's journey: the page computes as Python does, and is operated by hand."""

from __future__ import annotations

import re

import numpy as np
import pytest
from groundup.transformers.gpt import GPT, Config, encode
from groundup.widgets.journey import Journey
from groundup.widgets.journey.data import journey
from playwright.sync_api import Page, expect

from .conftest import SPY, Open


@pytest.fixture(scope="module")
def widget() -> Journey:
    """The explorable with a network whose every number matters."""
    model = GPT(Config(vocabulary=27, context=12, width=32, layers=2, heads=4))
    rng = np.random.default_rng(0)
    model.flat += rng.normal(0, 0.2, model.flat.shape).astype(np.float32)
    return Journey(model, "anna")


def put(page: Page, **traits: object) -> None:
    page.evaluate("t => { for (const k in t) models[0].set(k, t[k]) }", traits)


def numbers(page: Page, name: str) -> list[float]:
    return page.evaluate("name => window.models[0].get(name)", name)


@pytest.mark.parametrize("off", [[], [0], [1, 2], [0, 1, 2, 3]])
def test_the_page_computes_what_python_computes(
    open_page: Open, widget: Journey, off: list[int]
) -> None:
    page = open_page(widget, before=SPY)
    for text in ("anna", "", "zwxyqjkvbfp"):
        stages = journey(widget.model, [0, *encode(text)], off)
        assert len(stages) == 5
        for place in {0, len(text) // 2, len(text)}:
            for number, stage in enumerate(stages):
                put(page, text=text, off=off, place=place, stage=number)
                for name, wanted in (
                    ("stream", stage.stream[place]),
                    ("probabilities", stage.probabilities[place]),
                ):
                    np.testing.assert_allclose(
                        numbers(page, name), wanted, rtol=0, atol=1e-9
                    )
    assert np.ptp(stages[-1].probabilities) > 0.01


def test_heads_and_units_are_shown_as_python_has_them(
    open_page: Open, widget: Journey
) -> None:
    page = open_page(widget, before=SPY)
    put(page, stage=3)
    weights = journey(widget.model, [0, *encode("anna")])[3].detail[:, -1]
    cells = page.locator(".gu-jn-detail td").all_inner_texts()
    assert [int(c) for c in cells] == [int(w + 0.5) for w in 100 * weights.ravel()]
    put(page, stage=4)
    expect(page.locator(".gu-jn-detail")).to_contain_text("its 128 units")
    assert page.locator(".gu-jn-detail rect").count() == 128


def test_it_is_operated_by_buttons_and_keys(open_page: Open, widget: Journey) -> None:
    page = open_page(widget, before=SPY)
    stages = journey(widget.model, [0, *encode("anna")])
    page.get_by_role("button", name="Step", exact=True).click()
    assert numbers(page, "stream") == pytest.approx(stages[1].stream[4], abs=1e-9)
    expect(page.get_by_role("status")).to_contain_text("Attention 1: after “anna”")
    page.get_by_role("button", name="Feed-forward 1").focus()
    page.keyboard.press("ArrowDown")
    assert numbers(page, "stream") == pytest.approx(stages[2].stream[4], abs=1e-9)
    page.keyboard.press("ArrowUp")
    page.get_by_role("button", name="Feed-forward 2").click()
    expect(page.get_by_role("button", name="Step", exact=True)).to_be_disabled()
    page.get_by_role("checkbox", name="Attention 1: on").uncheck()
    silent = journey(widget.model, [0, *encode("anna")], [0])[4]
    assert numbers(page, "stream") == pytest.approx(silent.stream[4], abs=1e-9)
    page.get_by_role("button", name="letter 2, n").press("Enter")
    assert numbers(page, "stream") == pytest.approx(silent.stream[2], abs=1e-9)
    page.get_by_role("button", name="Reset").click()
    assert numbers(page, "stream") == pytest.approx(stages[0].stream[4], abs=1e-9)


def test_what_is_typed_becomes_letters_that_fit(
    open_page: Open, widget: Journey
) -> None:
    page = open_page(widget, before=SPY)
    field = page.get_by_label("Name so far")
    field.fill("Zoë 3 Bartholomewson")
    expect(field).to_have_value("zobartholom")
    stage = journey(widget.model, [0, *encode("zobartholom")])[0]
    assert numbers(page, "stream") == pytest.approx(stage.stream[-1], abs=1e-9)
    field.fill("")
    assert len(page.locator(".gu-jn-letters button").all()) == 1


def test_a_link_brings_the_state_back(open_page: Open, widget: Journey) -> None:
    page = open_page(widget, before=SPY)
    page.get_by_label("Name so far").fill("kim")
    page.get_by_role("checkbox", name="Feed-forward 1: on").uncheck()
    page.get_by_role("button", name="Attention 2").click()
    page.get_by_role("button", name="Copy link").click()
    left, hash = numbers(page, "stream"), page.url[page.url.index("#") :]
    again = open_page(widget, before=SPY, hash=hash)
    assert numbers(again, "stream") == left
    assert not again.get_by_role("checkbox", name="Feed-forward 1: on").is_checked()


@pytest.mark.parametrize(
    "hash", ["#journey=text:9!,place:x,stage:-1,off:a-99", "#journey=stage:77", "#j"]
)
def test_nonsense_in_the_address_does_no_harm(
    open_page: Open, widget: Journey, hash: str
) -> None:
    page = open_page(widget, before=SPY, hash=hash)
    expect(page.get_by_label("Name so far")).to_have_value("anna")
    assert len(numbers(page, "probabilities")) == 27


def test_on_a_phone_nothing_is_wider_than_the_page(
    open_page: Open, widget: Journey
) -> None:
    page = open_page(widget, width=390, before=SPY)
    put(page, text="bartholomew", place=11, stage=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_poster_says_what_is_expected_at_every_stage(widget: Journey) -> None:
    last = journey(widget.model, [0, *encode("anna")])[-1].probabilities[-1]
    assert widget.poster().count("<tr>") == 5
    assert f"{last.max():.0%}" in re.split("<tr>", widget.poster())[-1]


def test_what_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="27 tokens of names, found 9"):
        Journey(GPT(Config(9, 12, 8, 1, 2)))
    with pytest.raises(ValueError, match="too many for a page; expected at most"):
        Journey(GPT(Config(27, 12, 128, 2, 4)))
    with pytest.raises(ValueError, match="'kath' does not fit: at most 3 letters"):
        Journey(GPT(Config(27, 4, 8, 1, 2)))
    broken = GPT(Config(27, 12, 8, 1, 2))
    broken.flat[0] = np.nan
    with pytest.raises(ValueError, match="not finite"):
        Journey(broken)
