"""What must hold on every page, each as a function of an open page.

A check returns what is wrong, so that one visit tells of everything and not of the
first fault alone. They stand in the order in which a visit makes them: those that
change the page come last.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Request

from .conftest import open_details

KB = 1000
PLAIN, PACKED = 1600 * KB, 400 * KB  # what a page may weigh with all that it loads
Check = Callable[[Page, Path], list[str]]  # the second are the packages of npm

CUT = """() => [...document.querySelectorAll("main *")]
  .filter(e => !e.closest("svg, .katex-mathml, .gu-hidden, .gu-spoken"))
  .filter(e => !e.closest("details:not([open])") || e.closest("summary"))
  .filter(e => getComputedStyle(e).overflowX !== "visible"
    && e.clientWidth > 3 && e.scrollWidth > e.clientWidth + 1)
  .map(e => `${e.className} ${e.scrollWidth} > ${e.clientWidth}: `
    + e.textContent.trim().slice(0, 80))"""

# Chapters are drawn section by section, and what leaves a section is not drawn at all:
# a formula that is wider than its line is cut where no box scrolls.
BROAD = """() => [...document.querySelectorAll("main .katex-html")]
  .filter(e => e.checkVisibility({ contentVisibilityAuto: false }))
  .map(e => [e, e.closest("li, p, div, td, th, dd, dt, label, figcaption, section")])
  .map(([e, box]) => [e, box.getBoundingClientRect().right, Math.max(
    ...[...e.querySelectorAll(".base")].map(b => b.getBoundingClientRect().right))])
  .filter(([e, right, end]) => end > right + 1)
  .map(([e, right, end]) => `${Math.round(end - right)} too wide: `
    + e.textContent.trim().slice(0, 80))"""

# Roots, arrows and braces are drawings, as high as what stands below them.
FLAT = """() => [...document.querySelectorAll("main .katex svg")]
  .filter(e => e.checkVisibility({ contentVisibilityAuto: false }))
  .filter(e => e.getBoundingClientRect().height < 3)
  .map(e => e.closest(".katex").querySelector(".katex-html").textContent)"""

WIDE = """() => [...document.querySelectorAll("body *")]
  .filter(e => !e.parentElement.closest("svg")) // a drawing cuts its own edges
  .filter(e => e.getBoundingClientRect().right > innerWidth + 1)
  .filter(e => { for (let p = e.parentElement; p; p = p.parentElement)
      if (getComputedStyle(p).overflowX !== "visible") return false;
    return getComputedStyle(e).position !== "absolute"; })
  .map(e => e.outerHTML.slice(0, 120))"""

# What copies a cell's code lies over its upper edge, and is in sight under a finger.
COVERED = """() => [...document.querySelectorAll(".gu-copy")]
  .filter(e => getComputedStyle(e).opacity > 0)
  .map(e => [e.getBoundingClientRect(), e.parentElement.querySelector("pre .l, pre")])
  .filter(([box, line]) => { const range = document.createRange();
    range.selectNodeContents(line);
    return [...range.getClientRects()].some(r => r.width && r.right > box.left + 1
      && r.left < box.right && r.top < box.bottom - 2 && r.bottom > box.top); })
  .map(([box, line]) => line.textContent.slice(0, 60))"""

SILENT = """() => [...document.querySelectorAll("figure svg[role=img], img")]
  .filter(e => !(e.getAttribute("aria-label") || e.getAttribute("alt") ||
                 e.getAttribute("aria-labelledby") || e.querySelector("title")))
  .map(e => e.outerHTML.slice(0, 120))"""

# Most of axe's time goes into the contrast of thousands of words of code and symbols
# of formulas. Of those that look the same in the same surroundings the first stays;
# another word loses its own element, another symbol is out of sight in its place, and
# a formula that has no other symbols leaves its place empty. What formulas say to a
# screen reader is made by one program: that of the first twenty stays.
DROP_REPEATS = """() => {
  const seen = new Set(), around = new Map();
  const surroundings = p => { // of a box, looked up once for each element above
    if (!p) return [];
    if (!around.has(p))
      around.set(p, [p.tagName, p.className, ...surroundings(p.parentElement)]);
    return around.get(p);
  };
  const isNew = (e, box) => {
    const { color, fontSize, fontWeight, opacity } = getComputedStyle(e);
    const looks = [color, fontSize, fontWeight, opacity, ...surroundings(box)];
    for (let p = e; p !== box; p = p.parentElement)
      looks.push(getComputedStyle(p).backgroundColor);
    const key = [...new Set(looks)].join(" ");
    return !seen.has(key) && seen.add(key);
  };
  // All is looked at before anything changes: a change would style the page anew.
  const boxes = [...document.querySelectorAll("pre, .katex-html")].map(box => {
    const inside = [...box.querySelectorAll("*")];
    const own = inside.filter(e => e.id || e.tabIndex >= 0 || e.matches(".l"));
    const repeats = inside.filter(e => !own.includes(e) && !isNew(e, box));
    const { width, height } = box.getBoundingClientRect();
    return { box, repeats, width, height, news: repeats.length < inside.length };
  });
  for (const { box, repeats, width, height, news } of boxes)
    if (box.matches("pre")) // .l, a line, stays: it breaks
      for (const e of repeats) e.replaceWith(...e.childNodes);
    else if (news)
      for (const e of repeats.filter(e => !e.children.length))
        e.style.visibility = "hidden";
    else {
      box.style.cssText = `display: inline-block; width: ${width}px`;
      box.style.height = `${height}px`;
      box.replaceChildren();
    }
  for (const math of [...document.querySelectorAll(".katex-mathml math")].slice(20))
    math.replaceChildren();
}"""

AXE = """async (options) => {
  const { violations, passes } = await axe.run(options);
  return { violations, passed: passes.length };
}"""
# Room for a finger is not among the rules that axe asks without being told.
ALL = {"rules": {"target-size": {"enabled": True}}}
COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


def one_title(page: Page, tools: Path) -> list[str]:
    """A page has one title."""
    titles = page.locator("h1").count()
    return [] if titles == 1 else [f"{titles} titles"]


def described(page: Page, tools: Path) -> list[str]:
    """Every image and drawing says what is seen."""
    return list(page.evaluate(SILENT))


def nothing_cut(page: Page, tools: Path) -> list[str]:
    """Nothing is cut or scrolls sideways.

    Listings of the library do, once they are unfolded, in boxes of their own, and on a
    phone the tables of the page of figures, which have a column too many.
    """
    narrow = page.viewport_size and page.viewport_size["width"] < 600
    if narrow and page.url.endswith("chapters/appendices/status.html"):
        return []
    page.evaluate("document.fonts.ready")
    return list(page.evaluate(CUT))


def light(page: Page, tools: Path) -> list[str]:
    """A page weighs no more than its budget with all that it loads."""
    page.wait_for_load_state("networkidle")
    finished: list[Request] = page.finished  # type: ignore[attr-defined]
    plain = sum(len(request.response().body()) for request in finished)  # type: ignore[union-attr]
    packed = sum(request.sizes()["responseBodySize"] for request in finished)
    assert plain > 20 * KB
    found = {"bytes": (plain, PLAIN), "bytes packed": (packed, PACKED)}
    return [
        f"{n} {kind}, {most} are allowed"
        for kind, (n, most) in found.items()
        if n > most
    ]


def no_sideways_scroll(page: Page, tools: Path) -> list[str]:
    """A page never scrolls sideways, whatever is unfolded."""
    open_details(page)
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return list(page.evaluate(WIDE)) + ([f"{wide} too wide"] if wide > 0 else [])


def formulas_fit(page: Page, tools: Path) -> list[str]:
    """A formula is no wider than its line, in hints and answers as well."""
    open_details(page)
    return list(page.evaluate(BROAD))


def code_in_sight(page: Page, tools: Path) -> list[str]:
    """Nothing lies over a line of code."""
    return list(page.evaluate(COVERED))


def roots_are_drawn(page: Page, tools: Path) -> list[str]:
    """Nothing of a formula is pressed flat, in what is folded as well."""
    open_details(page)
    return list(page.evaluate(FLAT))


def accessible(page: Page, tools: Path) -> list[str]:
    """axe, the accessibility checker, finds no violation."""
    open_details(page)
    page.evaluate(DROP_REPEATS)
    page.add_script_tag(path=tools / "axe-core/axe.min.js")
    return violations(page, ALL)


def accessible_in_the_dark(page: Page, tools: Path) -> list[str]:
    """In the dark only colors are others. (`accessible` was there before.)"""
    page.emulate_media(color_scheme="dark")
    return violations(page, COLORS)


def violations(page: Page, options: object) -> list[str]:
    """Return what axe finds under these options."""
    found = page.evaluate(AXE, options)
    assert found["passed"]
    return [
        f"{v['id']}: {v['help']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for v in found["violations"]
        for node in v["nodes"]
    ]


DESKTOP: list[Check] = [one_title, described, nothing_cut, light, no_sideways_scroll]
DESKTOP += [formulas_fit, roots_are_drawn, accessible, accessible_in_the_dark]
PHONE: list[Check] = [nothing_cut, code_in_sight, no_sideways_scroll, formulas_fit]
DISK: list[Check] = [one_title]
