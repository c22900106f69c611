"""What holds on every page of the built book."""

from __future__ import annotations

import json
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from . import checks
from .checks import Check
from .conftest import BUILT, CHAPTER, HERE, PAGES, Open, show_everything

TALL = {"viewport": {"width": 1280, "height": 1200}}  # poster and caption in view
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
# How a page is opened, and what is looked at then.
VISITS: dict[str, tuple[dict[str, Any], list[Check]]] = {
    "desktop": ({"reduced_motion": "reduce"}, checks.DESKTOP),
    "phone": (PHONE, checks.PHONE),
    "disk": ({"disk": True}, checks.DISK),
}


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


def loaded(item: pytest.Item) -> list[Path]:
    """Return what a visit may load: the page, all static files, and the checker axe."""
    name = item.callspec.params["name"]  # type: ignore[attr-defined]
    index = ["searchindex.js"] if name == "search.html" else []
    here = [BUILT / each for each in (name, "_static", "_images", *index)]
    return [*here, HERE / "package.json", HERE / "package-lock.json"]


def test_there_are_pages_to_test() -> None:
    assert CHAPTER in PAGES


@pytest.mark.kept(inputs=loaded)
@pytest.mark.parametrize("visit", VISITS)
@pytest.mark.parametrize("name", PAGES)
def test_a_visit_finds_nothing_wrong(
    open_page: Open, tools: Path, name: str, visit: str
) -> None:
    """Nor does the console, and no request leaves for another host (`open_page`)."""
    options, made = VISITS[visit]
    page = open_page(name, **options)
    show_everything(page)
    assert all_that_fails(page, tools, made) == {}


def all_that_fails(page: Page, tools: Path, made: list[Check]) -> dict[str, list[str]]:
    """Return what each check says that finds something, by what should hold."""
    found = {str(check.__doc__).splitlines()[0]: check(page, tools) for check in made}
    return {rule: problems for rule, problems in found.items() if problems}


FAULTS = {
    "one_title": "main.insertAdjacentHTML('beforeend', '<h1>Another title</h1>')",
    "described": "main.insertAdjacentHTML('beforeend', '<img src=\"data:,\">')",
    "nothing_cut": "main.insertAdjacentHTML('beforeend',"
    " '<pre style=\"overflow: hidden; width: 9em\">one very long line</pre>')",
    "no_sideways_scroll": "main.insertAdjacentHTML('beforeend',"
    " '<details>Open<div style=\"width: 200vw\">wide</div></details>')",
    "formulas_fit": "main.insertAdjacentHTML('beforeend', '<p><span class=katex-html>"
    '<span class=base style="position: absolute; width: 200vw">x</span></span></p>\')',
    "roots_are_drawn": "main.insertAdjacentHTML('beforeend', '<p class=katex>"
    '<span class=katex-html><svg style="height: 1px"></svg>x</span></p>\')',
    "accessible": "main.insertAdjacentHTML('beforeend', '<button></button>')",
    "accessible_in_the_dark": "main.insertAdjacentHTML('beforeend', `<style>"
    "@media (prefers-color-scheme: dark) { #faint { color: #444 } }</style>"
    "<p id=faint>faint in the dark</p>`)",
}


def test_a_visit_tells_of_every_planted_fault(
    open_page: Open, tools: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page("search.html")
    show_everything(page)
    monkeypatch.setattr(checks, "PLAIN", 30_000)
    for fault in FAULTS.values():
        page.evaluate(f"const main = document.querySelector('main'); {fault}")
    said = all_that_fails(page, tools, checks.DESKTOP)
    assert len(said) == len(checks.DESKTOP), said


@pytest.mark.parametrize("plant", ["pre .k", ".katex-html .mord"])
def test_a_faint_word_or_symbol_is_found(
    open_page: Open, tools: Path, plant: str
) -> None:
    page = open_page(CHAPTER)
    show_everything(page)
    page.add_style_tag(content=f"{plant} {{ color: #bbb !important }}")
    [found] = [v.split(":")[0] for v in checks.accessible(page, tools)][:1]
    assert found == "color-contrast"


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
def test_no_link_within_the_book_is_broken(built: Path, name: str) -> None:
    here = built / name
    broken = []
    for link in read(here).links:
        if link.startswith(("http:", "https:", "mailto:")):
            continue
        target, _, anchor = link.partition("#")
        path = (here.parent / target).resolve() if target else here
        if "=" in anchor:  # a state of an explorable
            anchor = f"explorable-{anchor.partition('=')[0]}"
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
