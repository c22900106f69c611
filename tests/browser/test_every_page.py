"""What holds on every page of the built book."""

from __future__ import annotations

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Request

from .conftest import CHAPTER, PAGES, Open, open_details, show_everything

KB = 1000
TALL = {"viewport": {"width": 1280, "height": 1200}}  # poster and caption in view
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


class Source(HTMLParser):
    """What a page's source says before any script: links, anchors and what it is."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.title = self.description = self.language = ""
        self.path: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {key: value or "" for key, value in attrs}
        if tag == "a" and found.get("href"):
            self.links.append(found["href"])
        if found.get("id"):
            self.ids.add(found["id"])
        if tag == "html":
            self.language = found.get("lang", "")
        if tag == "meta" and found.get("name") == "description":
            self.description = found.get("content", "")
        self.path.append(tag)

    def handle_data(self, data: str) -> None:
        if self.path[-1:] == ["title"] and "body" not in self.path:
            self.title += data

    def handle_endtag(self, tag: str) -> None:
        while tag in self.path and self.path.pop() != tag:
            pass


@cache
def read(path: Path) -> Source:
    """Return what the source of the page at `path` says; each page is read once."""
    source = Source()
    source.feed(path.read_text(encoding="utf-8"))
    return source


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


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_never_scrolls_sideways(open_page: Open, name: str) -> None:
    page = open_page(name, **PHONE)
    show_everything(page)
    open_details(page)
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


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_or_scrolls_sideways(
    open_page: Open, name: str, width: int
) -> None:
    """Listings of the library do, once they are unfolded, in boxes of their own, and
    on a phone the tables of the page of figures, which have a column too many."""
    if (name, width) == ("chapters/appendices/status.html", 390):
        assert "gu-table" in open_page(name).content()
        return
    page = open_page(name, viewport={"width": width, "height": 900})
    show_everything(page)
    page.evaluate("document.fonts.ready")
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main *")]
          .filter(e => !e.closest("svg, .katex-mathml, .gu-hidden, .gu-spoken"))
          .filter(e => !e.closest("details:not([open])") || e.closest("summary"))
          .filter(e => getComputedStyle(e).overflowX !== "visible"
            && e.clientWidth > 3 && e.scrollWidth > e.clientWidth + 1)
          .map(e => `${e.className} ${e.scrollWidth} > ${e.clientWidth}: `
            + e.textContent.trim().slice(0, 80))"""
    )
    assert cut == []


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
    page.locator("figure.gu-explorable[data-live]").first.wait_for()
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
    assert (plain <= 1600 * KB, packed <= 400 * KB) == (True, True), (plain, packed)


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
    here = built / name
    broken = []
    for link in read(here).links:
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        path = (here.parent / target).resolve() if target else here
        if not path.is_file() or (anchor and anchor not in read(path).ids):
            broken.append(link)
    assert broken == []


def test_each_page_describes_itself(built: Path) -> None:
    said = set()
    for name in PAGES:
        page = read(built / name)
        said.add(page.title)
        assert len(page.description) > 40, name
        assert page.language == "en", name
    assert "" not in said
    assert len(said) == len(PAGES), json.dumps(sorted(said))
