"""The concept map: what it accepts, and how it works with 1 and with 33 chapters."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from groundup.widgets import ConceptMap
from groundup.widgets.concept_map import PARTS
from playwright.sync_api import expect

from .conftest import Open

SIZES = dict(zip(PARTS, (6, 7, 4, 5, 5, 6), strict=True))


def chapter(id: str, part: str, **other: Any) -> dict[str, Any]:
    basic = {"title": id.capitalize(), "url": f"{id}.html", "status": "ready"}
    return {"id": id, "part": part, "teaches": [], "needs": [], **basic, **other}


def book() -> list[dict[str, Any]]:
    """33 chapters; each needs what the one before and the one six before it teach."""
    found: list[dict[str, Any]] = []
    for part, size in SIZES.items():
        for _ in range(size):
            k = len(found)
            needs = [f"idea {j}" for j in (k - 1, k - 6) if j >= 0] or ["arithmetic"]
            status = "ready" if k < 9 else "coming"
            title = f"Chapter on stochastic topic {k}"
            found.append(
                chapter(
                    f"c{k}",
                    part,
                    title=title,
                    teaches=[f"idea {k}"],
                    needs=needs,
                    status=status,
                )
            )
    return found


ONE = [chapter("one", "algorithms", teaches=["a line"], needs=["vectors", "sums"])]


@pytest.mark.parametrize(
    ("chapters", "message"),
    [
        ([], "at least one chapter, got none"),
        ([{"id": "a"}], "needs the key 'title'"),
        ([*ONE, *ONE], r"must be unique, \['one'\] are used twice"),
        ([{**ONE[0], "status": "soon"}], 'status is "ready" or "coming", got \'soon\''),
        ([{**ONE[0], "needs": "sums"}], "needs must be a list of concepts, got 'sums'"),
        ([{**ONE[0], "title": None}], "title must be a text, got None"),
    ],
)
def test_wrong_chapters_are_refused_in_words(chapters, message) -> None:
    with pytest.raises(ValueError, match=message):
        ConceptMap(chapters)


def test_selecting_a_chapter_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no chapter has the id 'two'"):
        ConceptMap(ONE, selected="two")


def test_parts_stand_in_reading_order_and_the_first_ready_chapter_is_chosen() -> None:
    late = chapter("late", "generative")
    soon = chapter("soon", "foundations", status="coming")
    own = chapter("own", "appendix")
    widget = ConceptMap([late, own, soon, *ONE])
    assert [c["id"] for c in widget.chapters] == ["soon", "one", "late", "own"]
    assert widget.selected == "one"


def test_poster_lists_all_chapters_and_links_only_what_can_be_read() -> None:
    tree = ElementTree.fromstring(ConceptMap(book()).poster())
    assert len(tree.findall(".//li")) == 33
    assert [a.get("href") for a in tree.findall(".//a")] == [
        f"c{k}.html" for k in range(9)
    ]


def test_titles_are_text_and_never_markup(open_page: Open) -> None:
    odd = chapter("odd", "algorithms", title="a < b & <i>c</i>", teaches=["<b>d</b>"])
    assert "&lt;i&gt;" in ConceptMap([odd]).poster()
    page = open_page(ConceptMap([odd]))
    expect(page.get_by_role("button", name="a < b & <i>c</i>")).to_be_visible()
    expect(page.get_by_text("<b>d</b>")).to_be_visible()


def test_one_chapter_stands_beside_what_it_needs_and_teaches(open_page: Open) -> None:
    page = open_page(ConceptMap(ONE))
    panel = page.get_by_role("region", name="Chapter")
    for text in ("vectors", "sums", "you bring these", "a line"):
        expect(panel.get_by_text(text, exact=True)).to_be_visible()
    link = panel.get_by_role("link", name="Read the chapter")
    assert link.get_attribute("href") == "one.html"
    node = page.get_by_role("button", name="One").bounding_box()
    assert panel.bounding_box()["x"] > node["x"] + node["width"]
    assert page.locator(".gu-map-edges path").count() == 0


def test_33_chapters_stand_in_six_columns_without_overlap(open_page: Open) -> None:
    page = open_page(ConceptMap(book()), width=1040)
    columns = page.locator(".gu-map-column")
    tops = {round(columns.nth(i).bounding_box()["y"]) for i in range(6)}
    assert len(tops) == 1
    boxes = page.evaluate(
        "[...document.querySelectorAll('.gu-map-node')].map(n => { const b ="
        " n.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom,"
        " n.scrollWidth - n.clientWidth] })"
    )
    assert len(boxes) == 33
    assert all(spill <= 0 for *_, spill in boxes)
    for i, (l1, t1, r1, b1, _) in enumerate(boxes):
        for l2, t2, r2, b2, _ in boxes[i + 1 :]:
            assert r1 <= l2 or r2 <= l1 or b1 <= t2 or b2 <= t1
    assert page.evaluate("document.documentElement.scrollWidth") <= 1040


def test_a_chosen_chapter_shows_where_it_comes_from_and_leads_to(
    open_page: Open,
) -> None:
    page = open_page(ConceptMap(book()), width=1040)
    page.get_by_role("button", name="topic 7", exact=False).first.click()
    chosen = page.locator(".gu-map-node[aria-pressed=true]")
    expect(chosen).to_contain_text("topic 7")
    assert page.locator(".gu-map-node.gu-map-before").count() == 2  # 6 and 1
    assert page.locator(".gu-map-node.gu-map-after").count() == 2  # 8 and 13
    assert page.locator(".gu-map-edges .gu-map-before").count() == 2
    expect(page.get_by_role("status")).to_contain_text("leads to 2 chapters")
    panel = page.get_by_role("region", name="Chapter")
    panel.get_by_role("button", name="topic 13").click()
    expect(chosen).to_contain_text("topic 13")
    expect(panel).to_contain_text("still to come")
    expect(chosen).to_be_focused()


def test_pointing_at_a_chapter_only_looks(open_page: Open) -> None:
    page = open_page(ConceptMap(book()), width=1040)
    page.locator(".gu-map-node").nth(20).hover()
    assert page.locator(".gu-map-edges .gu-map-before").count() == 2
    expect(page.locator(".gu-map-node[aria-pressed=true]")).to_contain_text("topic 0")


def test_arrow_keys_walk_the_map_and_enter_chooses(open_page: Open) -> None:
    page = open_page(ConceptMap(book()), width=1040)
    page.keyboard.press("Tab")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    focused = page.locator(".gu-map-node:focus")
    expect(focused).to_contain_text("topic 1")
    assert focused.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".gu-map-node[aria-pressed=true]")).to_contain_text("topic 1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # there is nothing above the first
    expect(page.locator(".gu-map-node:focus")).to_contain_text("topic 0")


def test_on_a_phone_the_panel_opens_below_its_chapter(open_page: Open) -> None:
    page = open_page(ConceptMap(book()), width=390)
    node = page.locator(".gu-map-node").nth(4)
    node.click()
    panel = page.get_by_role("region", name="Chapter").bounding_box()
    box = node.bounding_box()
    following = page.locator(".gu-map-node").nth(5).bounding_box()
    assert box["y"] < panel["y"] < following["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator(".gu-map-edges path").count() == 0


def test_a_link_can_choose_a_chapter(open_page: Open) -> None:
    page = open_page(ConceptMap(book()), hash="#concept-map=chapter:c12", width=1040)
    expect(page.locator(".gu-map-node[aria-pressed=true]")).to_contain_text("topic 12")


def test_colors_come_from_the_variables_of_the_theme(open_page: Open) -> None:
    page = open_page(ConceptMap(book()))
    page.add_style_tag(content=":root { --gu-accent: rgb(1, 2, 3); }")
    chosen = page.locator(".gu-map-node[aria-pressed=true]")
    color = chosen.evaluate("e => getComputedStyle(e).backgroundColor")
    assert color == "rgb(1, 2, 3)"
