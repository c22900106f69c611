"""The first page: what is seen at once, and what is there without scripts."""

from __future__ import annotations

import json
import re

import pytest
from groundup.parts import PARTS
from playwright.sync_api import Browser, Page, expect

from .conftest import Open, show_everything

DESCENT, ROAD = "#explorable-descent", "#explorable-concept-map"
WIDE = {"viewport": {"width": 1280, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
TITLE, PROMISE = "h1", ".gu-article h1 ~ p:nth-of-type(1)"
MOVING = f"{DESCENT} .gu-gd-ball"


def alive(page: Page) -> Page:
    page.locator(f"{DESCENT}[data-live]").wait_for()
    return page


@pytest.mark.parametrize(
    ("form", "parts"),
    [
        (WIDE, [TITLE, PROMISE, f"{DESCENT} .gu-gd", "text=For you", ".gu-begin"]),
        (PHONE, [TITLE, PROMISE, f"{DESCENT} .gu-gd-pair", f"{DESCENT} button"]),
    ],
    ids=["desktop", "phone"],
)
def test_what_a_reader_needs_is_within_the_first_screen(
    open_page: Open, form: dict, parts: list[str]
) -> None:
    page = alive(open_page("index.html", **form))
    screen = form["viewport"]["height"]
    for part in parts:
        box = page.locator(part).first.bounding_box()
        assert box, part
        assert box["y"] >= 0 and box["y"] + box["height"] <= screen, (part, box)
    assert page.evaluate("scrollY") == 0


def test_the_three_ways_to_begin_lead_somewhere(open_page: Open) -> None:
    page = open_page("index.html")
    ways = page.locator(".gu-begin strong").all_inner_texts()
    assert ways == ["Read", "Run", "Practice"]
    page.locator(".gu-begin a").first.click()
    expect(page.locator("h1")).to_contain_text("Vectors")


@pytest.mark.parametrize("disk", [False, True], ids=["http", "file"])
def test_the_descent_moves_and_the_road_shows_a_way(
    open_page: Open, disk: bool
) -> None:
    page = alive(open_page("index.html", disk=disk))
    before = page.locator(MOVING).get_attribute("transform")
    expect(page.locator(MOVING)).not_to_have_attribute("transform", before or "")
    show_everything(page)
    page.locator(ROAD).get_by_role("button", name="RAG", exact=True).click()
    said = page.locator(ROAD).get_by_role("status")
    expect(said).to_have_text(
        re.compile(
            r"Retrieval-augmented generation: \d+ chapters, about \d+ hours;"
            r" (\d+|none) of them can be read today\."
        )
    )


def test_a_chapter_marked_as_read_is_taken_off_the_way(open_page: Open) -> None:
    page = open_page("chapters/transformers/attention.html")
    page.locator(".gu-read button").click()
    page.goto(page.url.replace("chapters/transformers/attention", "index"))
    show_everything(page)
    page.locator(ROAD).get_by_role("button", name="attention", exact=True).click()
    expect(page.locator(ROAD).get_by_role("status")).to_contain_text("You have read 1:")


def test_without_javascript_the_poster_and_all_chapters_are_there(
    open_page: Open,
) -> None:
    page = open_page("index.html", java_script_enabled=False)
    for drawing in page.locator(f"{DESCENT} svg[role=img]").all():
        expect(drawing).to_be_visible()
    road = page.locator(f"{ROAD} .gu-explorable-poster")
    expect(road).to_be_visible()
    assert road.locator("strong").all_inner_texts() == list(PARTS.values())
    linked, coming = road.locator("li a"), road.get_by_text("(to come)")
    assert linked.count() + coming.count() == road.locator("li").count()
    assert linked.count() > 0


def test_paper_has_the_poster_and_the_list(open_page: Open) -> None:
    page = alive(open_page("index.html"))
    show_everything(page)
    page.emulate_media(media="print")
    expect(page.locator(f"{DESCENT} .gu-explorable-poster")).to_be_visible()
    expect(page.locator(f"{ROAD} .gu-explorable-poster")).to_be_visible()
    expect(page.locator(f"{DESCENT} .gu-explorable-mount")).to_be_hidden()


def test_a_card_links_what_is_written_and_names_what_is_to_come(
    open_page: Open,
) -> None:
    page = open_page("chapters/transformers/gpt.html")
    facts = page.locator(".gu-card-facts")
    expect(facts.get_by_role("link", name="Attention")).to_be_visible()
    expect(facts).to_contain_text("Multilayer perceptrons (to come)")


def test_the_first_page_stays_light(browser: Browser, server: str) -> None:
    page = browser.new_page()
    sizes: list[int] = []
    page.on("requestfinished", lambda r: sizes.append(len(r.response().body())))
    page.goto(f"{server}/index.html")
    page.wait_for_load_state("networkidle")
    state = page.locator("script[type='application/vnd.jupyter.widget-state+json']")
    assert len(json.loads(state.text_content() or "")["state"]) == 2
    page.close()
    assert sum(sizes) <= 300_000, sizes
