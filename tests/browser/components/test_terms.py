"""Cards of terms: by mouse, keyboard and touch; links without scripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from ..checks import ALL, AXE, COLORS
from ..conftest import Open
from .conftest import PAGE

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
CARD = ".gu-term-card"
GLOSSARY = re.compile(r"glossary\.html#term-loss$")
LOSS = "A number that says how bad a model is."


def test_the_mouse_opens_a_card_and_may_enter_it(open_page: Open) -> None:
    page = open_page(PAGE)
    card = page.locator(CARD)
    expect(card).to_be_hidden()
    page.get_by_role("link", name="loss", exact=True).hover()
    expect(card).to_be_visible()
    expect(card).to_contain_text(LOSS)
    card.hover()
    page.wait_for_timeout(400)
    expect(card).to_be_visible()
    page.mouse.move(5, 400)
    expect(card).to_be_hidden()


def test_the_keyboard_opens_a_card_and_escape_closes_it(open_page: Open) -> None:
    page = open_page(PAGE)
    link = page.get_by_role("link", name="loss", exact=True)
    page.locator("#question-next button").focus()
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    expect(page.locator(CARD)).to_be_visible()
    expect(link).to_have_accessible_description(f"loss {LOSS}")
    page.keyboard.press("Escape")
    expect(page.locator(CARD)).to_be_hidden()
    expect(link).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator(CARD)).to_contain_text("all partial derivatives")
    expect(page.locator(f"{CARD} .katex")).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    expect(page.locator(CARD)).to_be_hidden()


def test_enter_and_a_click_follow_the_link(open_page: Open) -> None:
    page = open_page(PAGE)
    link = page.get_by_role("link", name="loss", exact=True)
    link.focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(GLOSSARY)
    page.go_back()
    link.click()
    expect(page).to_have_url(GLOSSARY)


def test_a_tap_opens_a_card_with_the_link_and_another_closes_it(
    open_page: Open,
) -> None:
    page = open_page(PAGE, **PHONE)
    link, card = page.get_by_role("link", name="loss", exact=True), page.locator(CARD)
    link.tap()
    expect(card).to_contain_text(LOSS)
    box = card.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 390
    link.tap()
    expect(card).to_be_hidden()
    link.tap()
    page.locator("h1").tap()
    expect(card).to_be_hidden()
    link.tap()
    card.get_by_role("link", name="In the glossary").tap()
    expect(page).to_have_url(GLOSSARY)


@pytest.mark.parametrize("width", [320, 1280])
def test_a_card_stays_within_the_window(open_page: Open, width: int) -> None:
    page = open_page(PAGE, viewport={"width": width, "height": 500})
    for number in range(3):
        link = page.locator("main a[href*='#term-']").nth(number)
        for block in ("start", "end"):
            link.evaluate(f"e => e.scrollIntoView({{ block: '{block}' }})")
            link.hover()
            box = page.locator(CARD).bounding_box()
            word = link.bounding_box()
            assert box and word
            assert 0 <= box["x"] and box["x"] + box["width"] <= width
            assert 0 <= box["y"] and box["y"] + box["height"] <= 500
            apart = box["y"] >= word["y"] + word["height"]
            assert apart or box["y"] + box["height"] <= word["y"]
            page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_a_term_is_a_link_and_on_paper_nothing_is_added(
    open_page: Open,
) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    expect(page.get_by_text(LOSS)).to_have_count(0)
    page.get_by_role("link", name="loss", exact=True).click()
    expect(page).to_have_url(GLOSSARY)
    page = open_page(PAGE)
    page.get_by_role("link", name="loss", exact=True).hover()
    page.emulate_media(media="print")
    expect(page.locator(CARD)).to_be_hidden()


def test_each_definition_is_in_the_page_once_and_found_by_no_search(
    built: Path,
) -> None:
    page = (built / PAGE).read_text(encoding="utf-8")
    assert re.findall(r'data-term="([^"]+)"', page) == ["term-loss", "term-gradient"]
    glossary = (built / "chapters/appendices/glossary.html").read_text("utf-8")
    assert "data-term" not in glossary
    index = (built / "searchindex.js").read_text(encoding="utf-8")
    found = re.search(r'"?ascent"?: ?(\d+|\[[^\]]*\])', index)
    assert found and found[1].isdigit()  # the glossary alone


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_a_card(
    open_page: Open, tools: Path, scheme: str
) -> None:
    page = open_page(PAGE, color_scheme=scheme, **PHONE)
    page.add_script_tag(path=tools / "axe-core/axe.min.js")
    page.get_by_role("link", name="gradient", exact=True).first.tap()
    expect(page.locator(CARD)).to_be_visible()
    found = page.evaluate(AXE, COLORS if scheme == "dark" else ALL)
    assert found["passed"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
