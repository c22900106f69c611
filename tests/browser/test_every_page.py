"""What holds on every page of the built book."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request

from .conftest import CHAPTER, PAGES, Open

KB = 1000
DARK = {"color_scheme": "dark"}
TALL = {"viewport": {"width": 1280, "height": 1200}}  # poster and caption in view
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


def show_everything(page: Page) -> None:
    """Scroll through the page, so that all that waits to be seen is drawn."""
    page.add_style_tag(content="* { content-visibility: visible !important }")
    height = page.evaluate("document.body.scrollHeight")
    for top in range(0, height, 700):
        page.evaluate(f"scrollTo(0, {top})")
    figures = page.locator("figure.gu-explorable")
    for number in range(figures.count()):
        figures.nth(number).scroll_into_view_if_needed()
        figures.nth(number).locator(".gu-explorable-mount > *").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


def test_there_are_pages_to_test() -> None:
    assert CHAPTER in PAGES


@pytest.mark.parametrize("disk", [False, True], ids=["http", "file"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_clean_and_asks_no_other_host(
    open_page: Open, name: str, disk: bool
) -> None:
    page = open_page(name, disk=disk)
    show_everything(page)
    assert page.locator("h1").count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(
    open_page: Open, tools: Path, name: str, scheme: str
) -> None:
    page = open_page(name, color_scheme=scheme, reduced_motion="reduce")
    show_everything(page)
    for details in page.locator("main details").all():
        details.evaluate("d => d.open = true")
    page.add_script_tag(path=tools / "axe-core/axe.min.js")
    # In the dark only the colors are others.
    colors = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
    options = colors if scheme == "dark" else {}
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    assert found["passes"]
    shown = [
        f"{v['id']}: {v['help']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for v in found["violations"]
        for node in v["nodes"]
    ]
    assert shown == []


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways(open_page: Open, name: str) -> None:
    page = open_page(name, **PHONE)
    show_everything(page)
    for details in page.locator("main details").all():
        details.evaluate("d => d.open = true")
    wide = page.evaluate(
        """() => [...document.querySelectorAll("body *")]
          .filter(e => !e.parentElement.closest("svg")) // a drawing cuts its own edges
          .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
          .filter(e => { for (let p = e.parentElement; p; p = p.parentElement)
              if (getComputedStyle(p).overflowX !== "visible") return false;
            return getComputedStyle(e).position !== "absolute"; })
          .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("width", [390, 800, 1280])
def test_the_room_kept_for_what_is_out_of_sight_is_about_right(
    open_page: Open, width: int
) -> None:
    page = open_page(CHAPTER, viewport={"width": width, "height": 600})
    measure = """() => [...document.querySelectorAll(".gu-article > section > section")]
      .map(section => section.offsetHeight)"""
    kept = page.evaluate(measure)
    show_everything(page)
    for guess, height in zip(kept, page.evaluate(measure), strict=True):
        assert 0.85 * height < guess < 4 * height


@pytest.mark.parametrize("form", [TALL, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", ["index.html", CHAPTER])
def test_nothing_moves_while_a_page_arrives(
    open_page: Open, name: str, form: dict[str, Any]
) -> None:
    page = open_page(name, **form)
    page.locator("figure.gu-explorable[data-live]").wait_for()
    moved = page.evaluate(
        """new Promise(done => new PerformanceObserver((list) => done(
          list.getEntries().reduce((sum, entry) => sum + entry.value, 0)
        )).observe({ type: "layout-shift", buffered: true })
          || setTimeout(() => done(0), 500))"""
    )
    assert moved < 0.01  # Lighthouse calls up to 0.1 good


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_within_its_budget(browser: Browser, server: str, name: str) -> None:
    page = browser.new_page()
    requests: list[Request] = []
    page.on("requestfinished", lambda request: requests.append(request))
    page.goto(f"{server}/{name}")
    page.wait_for_load_state("networkidle")
    show_everything(page)
    page.wait_for_load_state("networkidle")
    plain = sum(len(request.response().body()) for request in requests)
    packed = sum(request.sizes()["responseBodySize"] for request in requests)
    page.close()
    assert plain > 20 * KB
    assert (plain <= 1000 * KB, packed <= 350 * KB) == (True, True), (plain, packed)


@pytest.mark.parametrize("name", PAGES)
def test_every_image_and_drawing_says_what_is_seen(open_page: Open, name: str) -> None:
    page = open_page(name)
    silent = page.evaluate(
        """() => [...document.querySelectorAll("figure svg[role=img], img")]
          .filter(e => !(e.getAttribute("aria-label") || e.getAttribute("alt") ||
                         e.getAttribute("aria-labelledby") || e.querySelector("title")))
          .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert silent == []


@pytest.mark.parametrize("name", PAGES)
def test_no_link_within_the_book_is_broken(built: Path, name: str) -> None:
    from html.parser import HTMLParser

    class Links(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.links: list[str] = []
            self.ids: set[str] = set()

        def handle_starttag(self, tag: str, attrs: Any) -> None:
            found = dict(attrs)
            if tag == "a" and found.get("href"):
                self.links.append(found["href"])
            if found.get("id"):
                self.ids.add(found["id"])

    def parse(path: Path) -> Links:
        parser = Links()
        parser.feed(path.read_text(encoding="utf-8"))
        return parser

    here = built / name
    broken = []
    for link in parse(here).links:
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        path = (here.parent / target).resolve() if target else here
        if not path.is_file() or (anchor and anchor not in parse(path).ids):
            broken.append(link)
    assert broken == []


def test_each_page_describes_itself(open_page: Open) -> None:
    said = set()
    for name in PAGES:
        page = open_page(name)
        said.add(page.title())
        text = page.locator("meta[name=description]").get_attribute("content")
        assert text and len(text) > 40
        assert page.locator("html").get_attribute("lang") == "en"
    assert len(said) == len(PAGES), json.dumps(sorted(said))
