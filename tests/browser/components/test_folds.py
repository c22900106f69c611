"""Refreshers and deeper sections: folded, linked, printed open."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from ..checks import ALL, AXE, COLORS
from ..conftest import Open, open_details
from .conftest import PAGE

DUST, CELL = "#why-the-dust-settles", "#with-a-cell"
WIDE = {"viewport": {"width": 1400, "height": 900}}  # the list of headings is there
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def test_a_refresher_is_opened_by_the_keyboard(open_page: Open) -> None:
    page = open_page(PAGE)
    mean = page.locator(".gu-refresher").first
    expect(mean.get_by_text("Add up some numbers")).to_be_hidden()
    mean.get_by_text("Refresher: The mean").focus()
    page.keyboard.press("Enter")
    expect(mean.get_by_text("Add up some numbers")).to_be_visible()
    expect(page.locator(".gu-refresher svg")).to_be_hidden()
    expect(page.locator(".gu-refresher h1, .gu-refresher h2")).to_have_count(0)


def test_a_deeper_section_is_a_heading_that_opens(open_page: Open) -> None:
    page = open_page(PAGE, **WIDE)
    heading = page.get_by_role("heading", name="Deeper: Why the dust settles")
    expect(heading).to_be_visible()
    expect(page.locator(f"{DUST} p")).to_be_hidden()
    expect(page.get_by_text("After the fold the text goes on.")).to_be_visible()
    heading.click()
    expect(page.locator(f"{DUST} p")).to_be_visible()
    expect(page.locator(".gu-onpage a", has_text="Deeper: With a cell")).to_be_visible()


def test_without_a_body_it_reaches_to_the_next_heading_and_holds_cells(
    open_page: Open,
) -> None:
    page = open_page(PAGE)
    section = page.locator(CELL)
    output = section.get_by_text("deep 42")
    expect(output).to_be_hidden()
    expect(page.get_by_text("This is in sight again.")).to_be_visible()
    section.locator("summary").first.click()
    expect(output).to_be_visible()
    expect(section.get_by_text("This is in sight again.")).to_have_count(0)


def test_a_link_to_a_deeper_section_opens_it(open_page: Open) -> None:
    page = open_page(PAGE + DUST, **WIDE)
    expect(page.locator(f"{DUST} p")).to_be_visible()
    expect(page.get_by_text("deep 42")).to_be_hidden()
    page.locator(".gu-onpage a", has_text="With a cell").click()
    expect(page.get_by_text("deep 42")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_paper_shows_what_is_folded(open_page: Open, scripts: bool) -> None:
    page = open_page(PAGE, java_script_enabled=scripts)
    page.emulate_media(media="print")
    if scripts:
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        expect(page.get_by_text("Add up some numbers")).to_be_visible()
    expect(page.locator(f"{DUST} p")).to_be_visible()
    expect(page.get_by_text("deep 42")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_in_what_was_unfolded(
    open_page: Open, tools: Path, scheme: str
) -> None:
    page = open_page(PAGE, color_scheme=scheme, **PHONE)
    page.add_style_tag(content="* { content-visibility: visible !important }")
    page.add_script_tag(path=tools / "axe-core/axe.min.js")
    for summary in page.locator(":is(.gu-refresher, .gu-deeper) summary").all():
        box = summary.bounding_box()
        assert box and box["height"] >= 44
    open_details(page)
    found = page.evaluate(AXE, COLORS if scheme == "dark" else ALL)
    assert found["passed"]
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
