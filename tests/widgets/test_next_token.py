"""The next-token explorable: what it is made of, and what a reader can do with it."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from groundup.transformers import language_model as lm
from groundup.widgets.next_token import NextToken
from groundup.widgets.next_token.data import COUNTS, RATIOS, SHARES, TEMPERATURES
from playwright.sync_api import Page, expect

from .conftest import SPY, Open, get

SIZE = 5000


def logits(seed: int, spread: float) -> np.ndarray:
    return spread * np.random.default_rng(seed).normal(size=SIZE)


def entries() -> list[tuple[str, list[str], np.ndarray]]:
    words = [f" word{n}" for n in range(SIZE)]
    return [
        ("A flat one", words, logits(1, 0.7)),
        ("A sharp one", words, logits(2, 4.0)),
    ]


def slide(page: Page, name: str, stop: int) -> None:
    page.get_by_role("slider", name=name).fill(str(stop))


@pytest.fixture(scope="module")
def widget() -> NextToken:
    return NextToken(entries())


STATES = [
    (1.0, 0, 1.0, 0),
    (0.1, 0, 1.0, 0),
    (2.0, 0, 1.0, 0),
    (1.0, 5, 1.0, 0),
    (1.6, 200, 0.9, 0),
    (1.0, 0, 0.5, 0),
    (2.0, 0, 0.95, 0),
    (0.7, 0, 0.99, 0.05),
    (2.0, 0, 1.0, 0.001),
    (1.3, 100, 0.95, 0.1),
    (1.0, 0, 0.05, 0),
    (1.0, 1, 1.0, 0),
    (1.0, 0, 1.0, 1.0),
]


@pytest.mark.parametrize("which", [0, 1])
def test_probabilities_equal_the_library_to_1e_9(open_page: Open, which: int) -> None:
    page = open_page(NextToken(entries(), prompt=which), before=SPY)
    for t, k, p, m in STATES:
        stops = {
            "t": TEMPERATURES.index(t),
            "k": COUNTS.index(k),
            "p": SHARES.index(p),
            "m": RATIOS.index(m),
        }
        page.evaluate("stops => window.models[0].set(stops)", stops)
        ruled = lm.filtered(entries()[which][2], t=t, k=k, p=p, m=m)
        expected = np.sort(lm.probabilities(ruled))[::-1][:250]
        assert get(page, "kept") == np.isfinite(ruled).sum(), (t, k, p, m)
        found = np.array(get(page, "probabilities"))
        assert found.shape == (250,)
        positive = expected > 0
        relative = found / np.where(positive, expected, 1) - 1
        assert np.max(np.abs(found - expected)) <= 1e-9
        assert np.max(np.abs(relative)[positive]) <= 1e-9, (t, k, p, m)


def test_sliders_cut_and_say_which_rule_did(open_page: Open, widget: NextToken) -> None:
    page = open_page(widget, before=SPY)
    said = page.locator(".gu-nt-said")
    expect(said).to_contain_text("5,000 of 5,000 tokens stay.")
    slide(page, "Top-k", COUNTS.index(5))
    expect(said).to_contain_text("5 of 5,000 tokens stay, cut by top-k.")
    expect(page.locator(".gu-nt-cut")).to_have_count(7)
    slide(page, "Min-p", RATIOS.index(1.0))
    expect(said).to_contain_text("1 token stays, cut by min-p.")
    page.get_by_role("button", name="Reset").click()
    expect(said).to_contain_text("5,000 of 5,000 tokens stay.")


def test_words_are_hidden_until_asked_for(open_page: Open, widget: NextToken) -> None:
    page = open_page(widget)
    first = page.locator(".gu-nt-word").first
    expect(first).to_have_text("• • •")
    page.get_by_label("show the words").check()
    best = int(np.argmax(entries()[0][2]))
    expect(first).to_have_text(f"␣word{best}")


def test_draws_come_from_what_is_kept(open_page: Open, widget: NextToken) -> None:
    page = open_page(widget)
    slide(page, "Top-k", COUNTS.index(1))
    page.get_by_role("button", name="Draw ten").click()
    drawn = page.locator(".gu-nt-drawn li").all_inner_texts()
    assert drawn == [f"␣word{int(np.argmax(entries()[0][2]))}"] * 10
    expect(page.get_by_role("status")).to_contain_text("Drawn: ")


def test_everything_works_from_the_keyboard(open_page: Open, widget: NextToken) -> None:
    page = open_page(widget, before=SPY)
    page.get_by_role("slider", name="Temperature").focus()
    page.keyboard.press("ArrowRight")
    assert get(page, "t") == TEMPERATURES.index(1.1)
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    assert get(page, "k") == 0


def test_a_link_restores_the_state(open_page: Open, widget: NextToken) -> None:
    hash = "#next-token=prompt:1,t:4,k:3,p:20,m:0,words:1"
    page = open_page(widget, hash=hash, before=SPY)
    assert [get(page, name) for name in ("prompt", "t", "k", "words")] == [
        1,
        4,
        3,
        True,
    ]
    hash = "#next-token=prompt:99,t:x,k:-4,unknown:1"
    page = open_page(widget, hash=hash, before=SPY)
    assert get(page, "prompt") == 1 and get(page, "k") == 0


@pytest.mark.parametrize("width", [390, 1000])
def test_it_fits_the_page_in_every_state(
    open_page: Open, widget: NextToken, width: int
) -> None:
    page = open_page(widget, width=width)
    page.get_by_label("show the words").check()
    page.get_by_role("button", name="Draw ten").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_data_of_five_prompts_stay_within_their_budget() -> None:
    big = [f" word{n}" for n in range(49152)]
    rng = np.random.default_rng(0)
    five = [(f"p{n}", big, 3 * rng.normal(size=49152)) for n in range(5)]
    state = NextToken(five).get_state()
    assert len(json.dumps(state["prompts"])) <= 300_000


def test_poster_is_well_formed_and_odd_tokens_are_text(widget: NextToken) -> None:
    ElementTree.fromstring(widget.poster())
    odd = NextToken([("<i>", ["<b>", "\n", "\x00"], [3.0, 2.0, 1.0])])
    poster = odd.poster()
    ElementTree.fromstring(poster)
    assert "&lt;b&gt;" in poster and "↵" in poster


def test_few_tokens_are_a_list_too(open_page: Open) -> None:
    page = open_page(NextToken([("x", ["a", "b"], [1.0, 0.0])]), before=SPY)
    np.testing.assert_allclose(
        get(page, "probabilities"), lm.probabilities([1.0, 0.0]), rtol=1e-12
    )


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([], "at least one prompt"),
        ([("x", ["a", "b"], [1.0])], "expected 2 logits"),
        ([("x", ["a", "b"], [1.0, np.nan])], "must be finite"),
    ],
)
def test_wrong_entries_are_refused_in_words(given, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        NextToken(given)
