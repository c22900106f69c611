"""What holds of each explorable of the book in a page, whatever it shows."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from .conftest import SPY, Open, work_until_live
from .every import EACH, Make
from .hands import frames

TALL = '<div style="height:3000px"></div>'
PHONE, FINGER = 390, 24  # CSS pixels
# In a link after the name: what says nothing or is no address; what is out of range.
NONSENSE = ("", "x", "x:1", ":,:,", "%E0%A4%A")
ANYTHING = (
    "step:-4,stage:99,data:9,place:x,t:no,row:1e9,chapter:nowhere,lr:x,text:%25E0"
)
# What can be operated, without what a script keeps out of the order of tabs.
CONTROLS = "button, select, textarea, input, a[href], [tabindex]"
REACHABLE = f"""() => {{
  const seen = {{ visibilityProperty: true }};
  const all = document.querySelectorAll(".gu-explorable-mount :is({CONTROLS})");
  const asked = [...all].filter((e) => !e.disabled && e.tabIndex >= 0);
  return asked.filter((e) => e.checkVisibility(seen));
}}"""
# The colors of all that is drawn, but for controls that the browser draws itself.
PAINTED = """() => {
  const found = new Set();
  for (const e of document.querySelectorAll(".gu-explorable-mount *")) {
    if (e.matches("input, option, optgroup, defs, defs *")) continue;
    const style = getComputedStyle(e);
    const shape = e instanceof SVGGeometryElement || e instanceof SVGTextContentElement;
    if (e instanceof SVGElement && !shape) continue;
    const painted = e.matches("line") ? ["stroke"] : ["fill", "stroke"];
    const drawn = shape ? painted : ["color", "backgroundColor"];
    for (const name of drawn) found.add(style[name]);
  }
  return [...found];
}"""
ANY_NAME = re.compile(r"\S")
RINGED = (
    "e => /[1-9]/.test(getComputedStyle(e).strokeWidth + getComputedStyle(e).boxShadow)"
)
VARIABLES = (
    "paper surface ink muted line accent blue orange green purple red gold".split()
)


def state(page: Page) -> dict[str, object]:
    """Return the traits of the first explorable of a page opened with `SPY`."""
    return dict(page.evaluate("() => ({ ...models[0].values })"))


@EACH
def test_first_frame_takes_100_ms_of_work_from_being_near(
    open_page: Open, make: Make
) -> None:
    page = open_page(make(), before=TALL, live=False)
    assert 1 < work_until_live(page) <= 100


@EACH
def test_on_a_phone_nothing_is_wider_than_the_page(open_page: Open, make: Make) -> None:
    page = open_page(make(), width=PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


@EACH
def test_without_scripts_the_poster_fits_a_phone(open_page: Open, make: Make) -> None:
    page = open_page(make(), width=PHONE, javascript=False, live=False)
    box = page.locator(".gu-explorable-poster").bounding_box()
    assert box and box["height"] > 40
    assert box["x"] + box["width"] <= PHONE


@EACH
def test_a_drag_over_a_drawing_marks_no_text(open_page: Open, make: Make) -> None:
    page = open_page(make())
    drawn = page.locator(".gu-explorable-mount svg:not(button svg, svg svg):visible")
    for drawing in drawn.all():
        drawing.scroll_into_view_if_needed()
        box = drawing.bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.4)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] - 2, box["y"] + box["height"] - 2)
        marked = page.evaluate("getSelection().toString()")
        page.mouse.up()
        assert marked == ""


@EACH
def test_every_color_follows_the_theme(open_page: Open, make: Make) -> None:
    page = open_page(make())
    one = "; ".join(f"--gu-{name}: rgb(1, 2, 3)" for name in VARIABLES)
    page.add_style_tag(content=f":root {{ {one} }} body {{ color: rgb(1, 2, 3) }}")
    frames(page, 3)
    page.evaluate("document.getAnimations().forEach((each) => each.finish())")
    other = [c for c in page.evaluate(PAINTED) if not is_themed(c)]
    assert other == []


def is_themed(color: str) -> bool:
    """Tell whether a computed color is the theme's, or none at all."""
    return color in {"none", "rgba(0, 0, 0, 0)"} or color.startswith(
        ("rgb(1, 2, 3", "rgba(1, 2, 3", "color(srgb 0.00392157 0.00784314 0.0117647")
    )


@EACH
def test_every_control_has_a_name_and_is_reached_by_tab(
    open_page: Open, make: Make
) -> None:
    page = open_page(make(), reduced_motion="reduce")
    controls = page.evaluate_handle(REACHABLE)
    count = controls.evaluate("list => list.length")
    assert count
    page.evaluate("document.activeElement.blur()")
    reached = set()
    for _ in range(count + 2):
        page.keyboard.press("Tab")
        at = controls.evaluate("list => list.indexOf(document.activeElement)")
        if at >= 0 and at not in reached:
            reached.add(at)
            focus = page.locator(":focus")
            expect(focus).to_have_accessible_name(ANY_NAME)
            outline = focus.evaluate("e => getComputedStyle(e).outlineStyle")
            assert outline != "none" or focus.evaluate(RINGED)
    radios = controls.evaluate("l => l.filter((e) => e.type === 'radio').length")
    assert len(reached) >= count - max(0, radios - 1)


@EACH
def test_with_reduced_motion_nothing_moves_by_itself(
    open_page: Open, make: Make
) -> None:
    page = open_page(make(), reduced_motion="reduce")
    frames(page, 5)
    mount = page.locator(".gu-explorable-mount")
    before = mount.inner_html()
    frames(page, 30)
    assert mount.inner_html() == before


@EACH
def test_a_copied_link_brings_the_state_back(open_page: Open, make: Make) -> None:
    widget = make()
    page = open_page(widget, before=SPY, reduced_motion="reduce")
    copy = page.get_by_role("button", name="Copy link")
    if not copy.count():  # a small one without this control
        return
    for slider in page.locator(".gu-explorable-mount input[type=range]").all():
        slider.press("ArrowRight")
    copy.click()
    hash = page.evaluate("location.hash")
    assert hash.startswith(f"#{widget.name}=")
    before = state(page)
    again = open_page(widget, before=SPY, hash=hash, reduced_motion="reduce")
    assert state(again) == before


@EACH
def test_nonsense_in_the_link_does_no_harm(open_page: Open, make: Make) -> None:
    widget = make()

    def opened(said: str) -> dict[str, object]:
        hash = f"#{widget.name}={said}"
        return state(open_page(widget, before=SPY, hash=hash, reduced_motion="reduce"))

    plain = state(open_page(widget, before=SPY, reduced_motion="reduce"))
    assert [said for said in NONSENSE if opened(said) != plain] == []
    assert opened(ANYTHING).keys() == plain.keys()
