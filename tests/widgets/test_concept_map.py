"""The road: what it accepts, the way to a chapter, and 1 or 33 chapters on a page."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree

import pytest
from groundup.parts import PARTS
from groundup.widgets.concept_map import ConceptMap
from groundup.widgets.concept_map.route import routes
from playwright.sync_api import Page, expect

from .conftest import Open

SIZES = dict(zip(PARTS, (6, 7, 4, 5, 5, 6), strict=True))
WISHES = [("the seventh", "c7"), ("the last", "c32")]
CHOSEN = ".gu-map-node[aria-pressed=true]"


def chapter(id: str, part: str, **other: Any) -> dict[str, Any]:
    basic = {"title": id.capitalize(), "url": f"{id}.html", "status": "ready"}
    ours = {"id": id, "part": part, "minutes": 60, "prerequisites": []}
    return {**ours, **basic, **other}


def book() -> list[dict[str, Any]]:
    """33 chapters; each builds on the one six before it, the seventh on the first too.

    Nine can be read. Minutes are 60 for those that can be read, 90 for the others.
    """
    found: list[dict[str, Any]] = []
    for part, size in SIZES.items():
        for _ in range(size):
            k = len(found)
            ready = k < 9
            found.append(
                chapter(
                    f"c{k}",
                    part,
                    title=f"Chapter on stochastic topic {k}",
                    question="" if ready else f"What is {k}?",
                    minutes=60 if ready else 90,
                    teaches=[f"idea {k}"] if ready else [],
                    prerequisites=[f"c{k - 6}"] if k >= 6 else [],
                    status="ready" if ready else "coming",
                )
            )
    return found


def road(**kwargs: Any) -> ConceptMap:
    return ConceptMap(book(), wishes=WISHES, **kwargs)


def steps(page: Page) -> list[int]:
    """Return the numbers of the chapters that are marked on the map, in its order."""
    titles = page.locator(".gu-map-step .gu-map-node > span:first-child")
    return [int(text.split()[-1]) for text in titles.all_inner_texts()]


ONE = [
    chapter(
        "one",
        "algorithms",
        teaches=["a line"],
        needs=["vectors", "sums"],
        objectives=["Draw it"],
    )
]


@pytest.mark.parametrize(
    ("chapters", "message"),
    [
        ([], "at least one chapter, got none"),
        ([{"id": "a"}], "needs the key 'title'"),
        ([*ONE, *ONE], r"must be unique, \['one'\] are used twice"),
        ([{**ONE[0], "status": "soon"}], 'status is "ready" or "coming", got \'soon\''),
        ([{**ONE[0], "needs": "sums"}], "needs must be a list, got 'sums'"),
        ([{**ONE[0], "title": None}], "title must be a text, got None"),
        ([{**ONE[0], "minutes": 0}], "minutes must be positive, got 0"),
        (
            [{**ONE[0], "prerequisites": ["two"]}],
            "one asks for 'two', not an earlier chapter",
        ),
        (
            [{**ONE[0], "prerequisites": ["one"]}],
            "one asks for 'one', not an earlier chapter",
        ),
    ],
)
def test_wrong_chapters_are_refused_in_words(chapters, message) -> None:
    with pytest.raises(ValueError, match=message):
        ConceptMap(chapters)


def test_selecting_or_wishing_for_a_chapter_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="no chapter has the id 'two'"):
        ConceptMap(ONE, selected="two")
    with pytest.raises(ValueError, match="no chapter has the id 'three'"):
        ConceptMap(ONE, wishes=[("three", "three")])


def test_a_route_is_all_that_a_chapter_builds_on_and_nothing_else() -> None:
    found = routes({"a": [], "b": [], "c": ["a"], "d": ["c", "b"], "e": ["c"]})
    assert found == {
        "a": ["a"],
        "b": ["b"],
        "c": ["a", "c"],
        "d": ["a", "b", "c", "d"],
        "e": ["a", "c", "e"],
    }


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
    assert (
        len([span for span in tree.findall(".//span") if span.text == "(to come)"])
        == 24
    )


def test_titles_are_text_and_never_markup(open_page: Open) -> None:
    odd = chapter("odd", "algorithms", title="a < b & <i>c</i>", question="<b>d</b>?")
    assert "&lt;i&gt;" in ConceptMap([odd]).poster()
    page = open_page(ConceptMap([odd]))
    expect(
        page.get_by_role("button", name="a < b & <i>c</i>", exact=True)
    ).to_be_visible()
    expect(page.get_by_text("<b>d</b>?")).to_be_visible()


def test_33_chapters_stand_in_six_columns_without_overlap(open_page: Open) -> None:
    page = open_page(road(), width=1040)
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


def test_one_chapter_shows_what_it_is_about_and_where_to_read_it(
    open_page: Open,
) -> None:
    page = open_page(ConceptMap(ONE))
    panel = page.get_by_role("region", name="Chapter")
    expect(panel).to_contain_text("It builds on no other chapter.")
    for summary in ("What you will be able to do", "Its ideas"):
        panel.get_by_text(summary).click()
    for text in ("Draw it", "It teaches: a line.", "It uses: vectors, sums."):
        expect(panel.get_by_text(text, exact=True)).to_be_visible()
    link = panel.get_by_role("link", name="Read the chapter")
    assert link.get_attribute("href") == "one.html"
    on_map = page.get_by_role("link", name="Read One", exact=True)
    assert on_map.get_attribute("href") == "one.html"
    expect(page.get_by_role("status")).to_have_text(
        "One: 1 chapter, about 1 hour; it can be read today."
    )


def test_what_is_to_come_says_so_in_words_and_is_no_link(open_page: Open) -> None:
    page = open_page(road(), width=1040)
    coming = page.locator(".gu-map-coming")
    assert coming.count() == 24
    assert coming.get_by_text("to come", exact=True).count() == 24
    assert coming.get_by_role("link").count() == 0
    assert page.locator(".gu-map-ready").get_by_role("link").count() == 9


def test_a_chosen_chapter_shows_the_way_there_and_its_hours(open_page: Open) -> None:
    page = open_page(road(), width=1040)
    page.get_by_role("button", name="topic 19", exact=False).click()
    expect(page.locator(CHOSEN)).to_contain_text("topic 19")
    assert steps(page) == [1, 7, 13, 19]
    expect(page.get_by_role("status")).to_have_text(
        "Chapter on stochastic topic 19: 4 chapters, about 5 hours;"
        " 2 of them can be read today."
    )
    panel = page.get_by_role("region", name="Chapter")
    expect(panel).to_contain_text("What is 19?")
    expect(panel).to_contain_text(
        "It builds on Chapter on stochastic topic 13 (to come)"
    )
    told = panel.locator("ol li").all_inner_texts()
    assert [" ".join(text.split()) for text in told] == [
        "Chapter on stochastic topic 1 60 min",
        "Chapter on stochastic topic 7 60 min",
        "Chapter on stochastic topic 13 to come · 90 min",
        "Chapter on stochastic topic 19 to come · 90 min",
    ]
    assert panel.locator("ol a").count() == 2


@pytest.mark.parametrize("number", [0, 5, 8, 14, 32])
def test_the_browser_marks_the_route_that_python_finds(
    open_page: Open, number: int
) -> None:
    chapters = book()
    ways = routes({c["id"]: c["prerequisites"] for c in chapters})
    page = open_page(ConceptMap(chapters, selected=f"c{number}"), width=1040)
    assert [f"c{k}" for k in steps(page)] == ways[f"c{number}"]


def test_a_wish_chooses_and_keeps_the_focus(open_page: Open) -> None:
    page = open_page(road(), width=1040)
    wishes = page.get_by_role("group", name="I want to understand")
    wish = wishes.get_by_role("button", name="the last")
    wish.focus()
    page.keyboard.press("Enter")
    expect(wish).to_be_focused()
    expect(wish).to_have_attribute("aria-pressed", "true")
    expect(page.locator(CHOSEN)).to_contain_text("topic 32")
    assert steps(page) == [2, 8, 14, 20, 26, 32]


def test_what_has_been_read_is_marked_and_taken_off(open_page: Open) -> None:
    kept = "{version: 1, read: {'chapters/c1': 'then'}, questions: {}, exercises: {}}"
    before = (
        f"<script>localStorage['groundup.progress'] = JSON.stringify({kept})</script>"
    )
    page = open_page(road(selected="c19"), before=before, width=1040)
    expect(page.get_by_role("status")).to_contain_text(
        "2 of them can be read today. You have read 1: about 4 hours left."
    )
    expect(page.locator(".gu-map-way li").first).to_contain_text("✓ read")
    assert page.locator(".gu-map-read").get_by_text("✓ read").count() == 1


@pytest.mark.parametrize("kept", ["'nonsense'", "'[]'", "'{}'", "'null'"])
def test_a_progress_that_cannot_be_read_does_no_harm(
    open_page: Open, kept: str
) -> None:
    before = f"<script>localStorage['groundup.progress'] = {kept}</script>"
    page = open_page(road(), before=before, width=1040)
    expect(page.get_by_role("status")).to_contain_text("it can be read today")


def test_arrow_keys_walk_the_map_and_enter_chooses(open_page: Open) -> None:
    page = open_page(ConceptMap(book()), width=1040)
    page.keyboard.press("Tab")
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
        page.keyboard.press(key)
    focused = page.locator(".gu-map-node:focus")
    expect(focused).to_contain_text("topic 1")
    assert focused.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(CHOSEN)).to_contain_text("topic 1")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")  # there is nothing above the first
    expect(page.locator(".gu-map-node:focus")).to_contain_text("topic 0")


def test_on_a_phone_the_panel_opens_below_its_chapter_or_the_wishes(
    open_page: Open,
) -> None:
    page = open_page(road(), width=390, has_touch=True)
    node = page.locator(".gu-map-node").nth(10)
    node.tap()
    panel = page.get_by_role("region", name="Chapter")
    following = page.locator(".gu-map-node").nth(11).bounding_box()
    assert node.bounding_box()["y"] < panel.bounding_box()["y"] < following["y"]
    expect(panel.locator("ol")).to_be_hidden()
    panel.get_by_text("The way there, step by step (2)").tap()
    expect(panel.locator("ol")).to_be_visible()
    page.get_by_role("button", name="the last").tap()
    first = page.locator(".gu-map-node").first.bounding_box()
    assert panel.bounding_box()["y"] < first["y"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_on_a_phone_all_can_be_met_by_a_finger(open_page: Open) -> None:
    page = open_page(road(selected="c20"), width=390, has_touch=True)
    page.locator(".gu-map details").evaluate_all(
        "all => all.forEach(d => d.open = true)"
    )
    small = page.evaluate(
        "[...document.querySelectorAll('.gu-map :is(button, summary, .gu-map-read,"
        " .gu-map-go, ol a)')].filter(e => e.getBoundingClientRect().height < 44)"
        ".map(e => e.outerHTML)"
    )
    assert small == []


def test_a_link_can_choose_a_chapter_and_is_copied(open_page: Open) -> None:
    page = open_page(road(), hash="#concept-map=chapter:c12", width=1040)
    expect(page.locator(CHOSEN)).to_contain_text("topic 12")
    page.get_by_role("button", name="topic 20").click()
    page.get_by_role("button", name="Copy link").click()
    assert page.url.endswith("#concept-map=chapter:c20")


def test_nonsense_in_the_address_does_no_harm(open_page: Open) -> None:
    page = open_page(road(), hash="#concept-map=chapter:nowhere,x", width=1040)
    expect(page.locator(CHOSEN)).to_contain_text("topic 0")


def test_colors_come_from_the_variables_of_the_theme(open_page: Open) -> None:
    page = open_page(ConceptMap(book()))
    page.add_style_tag(content=":root { --gu-accent: rgb(1, 2, 3); }")
    color = page.locator(CHOSEN).evaluate("e => getComputedStyle(e).backgroundColor")
    assert color == "rgb(1, 2, 3)"
