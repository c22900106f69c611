"""Reading the book: without scripts, on paper, from the keyboard, in the dark."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from .conftest import CHAPTER, Open

FIGURE = "#explorable-gradient-descent"
PROGRESS = "chapters/appendices/progress.html"
SIZES: list[ViewportSize] = [
    {"width": 1280, "height": 900},
    {"width": 700, "height": 900},
    {"width": 390, "height": 844},
]
PHONE = {"viewport": {"width": 390, "height": 844}}


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_without_javascript_everything_can_be_read(open_page: Open) -> None:
    page = open_page(CHAPTER, java_script_enabled=False)
    expect(page.locator(f"{FIGURE} .gu-explorable-poster svg").first).to_be_visible()
    expect(page.locator(".katex").first).to_be_visible()
    expect(page.locator(".gu-contents a").first).to_be_visible()
    expect(page.locator(".gu-theme")).to_be_hidden()
    about = page.locator(".gu-answer summary").first
    about.click()
    expect(page.locator(".gu-feedback").first).to_be_visible()
    page.locator(".gu-hint summary").first.click()
    expect(page.locator(".gu-hint").first).to_have_attribute("open", "")


def test_paper_shows_the_poster_and_not_the_controls(open_page: Open) -> None:
    page = open_page(CHAPTER)
    page.locator(FIGURE).scroll_into_view_if_needed()
    page.locator(f"{FIGURE} .gu-explorable-mount > *").first.wait_for()
    page.emulate_media(media="print")
    expect(page.locator(f"{FIGURE} .gu-explorable-poster")).to_be_visible()
    for gone in (
        ".gu-top",
        ".gu-contents",
        ".gu-turn",
        f"{FIGURE} .gu-explorable-mount",
    ):
        expect(page.locator(gone)).to_be_hidden()
    page.emulate_media(media="print", color_scheme="dark")
    assert background(page) == "rgb(255, 255, 255)"


def test_dark_mode_follows_the_system_and_the_switch_is_kept(open_page: Open) -> None:
    page = open_page("index.html", color_scheme="dark")
    dark = background(page)
    assert dark == "rgb(21, 24, 28)"
    switch = page.locator(".gu-theme")
    switch.click()
    expect(switch).to_have_accessible_name("Color theme: light")
    assert background(page) == "rgb(253, 252, 249)"
    page.reload()
    assert background(page) == "rgb(253, 252, 249)"
    switch.click()
    expect(switch).to_have_accessible_name("Color theme: dark")
    assert background(page) == dark


def test_the_first_tab_skips_to_the_text(open_page: Open) -> None:
    page = open_page(CHAPTER)
    page.keyboard.press("Tab")
    expect(page.locator(".gu-skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#gu-main")).to_be_focused()


def test_the_menu_of_a_phone_works_from_the_keyboard(open_page: Open) -> None:
    page = open_page("index.html", **PHONE)
    expect(page.locator(".gu-contents")).to_be_hidden()
    page.locator(".gu-menu-button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".gu-contents a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".gu-contents")).to_be_hidden()
    expect(page.locator(".gu-menu-button")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Vectors")


@pytest.mark.parametrize("disk", [False, True], ids=["http", "file"])
def test_a_search_finds_the_chapter(open_page: Open, disk: bool) -> None:
    page = open_page("index.html", disk=disk)
    page.locator(".gu-search input").fill("gradient")
    page.keyboard.press("Enter")
    result = page.locator("#search-results li a", has_text="Linear regression").first
    result.wait_for()
    result.click()
    expect(page.locator("h1")).to_contain_text("Linear regression")


@pytest.mark.parametrize("word", ["constructor", "toString", "__proto__", "valueOf"])
def test_a_word_that_every_object_inherits_is_searched_like_any(
    open_page: Open, word: str
) -> None:
    page = open_page(f"search.html?q={word}")
    page.locator("#search-results h2, #search-results .search-summary").first.wait_for()
    page.wait_for_function(
        "document.querySelector('#search-results').innerText.includes('found')"
        " || document.querySelector('#search-results').innerText.includes('did not')"
    )


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("name", ["search.html?q=gradient", "index.html", CHAPTER])
def test_the_smallest_phones_never_scroll_sideways(
    open_page: Open, name: str, width: int
) -> None:
    page = open_page(name, viewport={"width": width, "height": 640})
    page.add_style_tag(content="* { content-visibility: visible !important }")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_folded_listing_scrolls_in_its_own_box_by_keyboard(open_page: Open) -> None:
    page = open_page(CHAPTER, **PHONE)
    prompt = page.get_by_text("The library's code: gradient_descent").first
    prompt.click()
    box = page.locator("details.hide[open] pre").first
    expect(box).to_have_attribute("tabindex", "0")
    box.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement.scrollLeft > 0")


def test_an_answer_gives_its_feedback_and_is_kept(open_page: Open) -> None:
    page = open_page(CHAPTER)
    question = page.locator(".gu-question:has(.gu-answer input[type=radio])").first
    wrong = question.locator(".gu-answer:not([data-right])").first
    right = question.locator(".gu-answer[data-right]")
    expect(right.locator(".gu-feedback")).to_be_hidden()
    wrong.locator("input").focus()
    page.keyboard.press("Space")
    expect(wrong.locator(".gu-feedback")).to_contain_text("Not this one.")
    expect(wrong.locator(".gu-feedback")).to_be_visible()
    right.locator("label").click()
    expect(right.locator(".gu-feedback")).to_be_visible()
    expect(wrong.locator(".gu-feedback")).to_be_hidden()
    expect(question.locator("[role=status]")).to_contain_text("Right.")
    page.reload()
    expect(right.locator("input")).to_be_checked()
    expect(right.locator(".gu-feedback")).to_be_visible()


def test_progress_is_marked_counted_saved_and_loaded(
    open_page: Open, browser: Browser, server: str, tmp_path: Path
) -> None:
    page = open_page(CHAPTER)
    page.locator(".gu-read button").click()
    page.locator(".gu-guess input").first.fill("1/2")
    page.locator(".gu-guess button").first.click()
    page.locator(".gu-question input[type=radio]").first.check()
    page.locator(".gu-solved input").first.check()
    page.goto(f"{server}/{PROGRESS}")
    assert page.locator("#gu-progress dd").all_inner_texts() == ["1", "1", "1", "1"]
    expect(page.locator(".gu-contents a[data-read]")).to_have_count(1)
    with page.expect_download() as download:
        page.get_by_role("button", name="Save to a file").click()
    file = tmp_path / "progress.json"
    download.value.save_as(file)
    saved = json.loads(file.read_text())
    assert saved["version"] == 1
    assert list(saved["read"]) == [CHAPTER.removesuffix(".html")]
    assert list(saved["guesses"].values()) == ["1/2"]

    other = open_page(PROGRESS)
    assert other.locator("#gu-progress dd").all_inner_texts() == ["0", "0", "0", "0"]
    other.locator("#gu-progress input[type=file]").set_input_files(file)
    expect(other.locator("#gu-progress [role=status]")).to_have_text("Loaded.")
    assert other.locator("#gu-progress dd").all_inner_texts() == ["1", "1", "1", "1"]
    other.once("dialog", lambda dialog: dialog.accept())
    other.get_by_role("button", name="Forget everything").click()
    expect(other.locator("#gu-progress dd").first).to_have_text("0")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("no json", "the file is no JSON"),
        ('{"version": 2}', "version 1 is expected, found 2"),
        ('{"version": 1, "read": {}}', 'the part "questions" is missing'),
        ("[]", "the file holds no progress"),
    ],
)
def test_a_wrong_progress_file_changes_nothing(
    open_page: Open, tmp_path: Path, content: str, message: str
) -> None:
    page = open_page(PROGRESS)
    file = tmp_path / "wrong.json"
    file.write_text(content)
    page.locator("#gu-progress input[type=file]").set_input_files(file)
    expect(page.locator("#gu-progress [role=status]")).to_contain_text(message)
    assert page.locator("#gu-progress dd").all_inner_texts() == ["0", "0", "0", "0"]


def test_code_can_be_copied(open_page: Open) -> None:
    page = open_page(CHAPTER, permissions=["clipboard-read", "clipboard-write"])
    block = page.locator(".cell_input div.highlight").first
    block.scroll_into_view_if_needed()
    for details in page.locator("details.hide").all():
        details.evaluate("d => d.open = true")
    block.locator(".gu-copy").click()
    expect(block.locator(".gu-copy")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == block.locator("pre").text_content()


def test_the_links_to_run_the_chapter_are_there(open_page: Open) -> None:
    page = open_page(CHAPTER)
    page.locator(".gu-launch summary").click()
    notebook = page.get_by_role("link", name="Download the notebook")
    with page.expect_download() as download:
        notebook.click()
    assert download.value.suggested_filename == "linear_regression.ipynb"


def test_a_restless_reader_does_not_break_the_page(open_page: Open) -> None:
    page = open_page(CHAPTER)
    rng = random.Random(0)
    targets = page.locator("main summary, main input[type=radio], .gu-contents a")
    headings = page.locator("main section[id]")
    for turn in range(60):
        page.set_viewport_size(rng.choice(SIZES))
        headings.nth(rng.randrange(headings.count())).evaluate(
            "e => e.scrollIntoView()"
        )
        target = targets.nth(rng.randrange(targets.count()))
        if target.is_visible():
            target.focus()
            page.keyboard.press("Space")
        page.keyboard.press(rng.choice(["PageDown", "PageUp", "End", "Home", "Tab"]))
        assert page.locator("h1").count() == 1, turn


@pytest.mark.parametrize(("width", "beside"), [(1280, True), (820, True), (390, False)])
def test_a_derivation_has_its_reasons_beside_its_lines_or_below(
    open_page: Open, width: int, beside: bool
) -> None:
    page = open_page(CHAPTER, viewport={"width": width, "height": 900})
    lines = page.locator(".gu-derivation:has(.gu-because)").first.locator("> li")
    lines.first.scroll_into_view_if_needed()
    for number in range(lines.count()):
        line = lines.nth(number)
        math = line.locator(".gu-line-right").bounding_box()
        reason = line.locator(".gu-because").bounding_box()
        assert math and reason
        if beside:
            assert reason["x"] >= math["x"] + math["width"] - 1
        else:
            assert reason["y"] >= math["y"] + math["height"] - 1
    signs = lines.locator(".gu-line-right").evaluate_all(
        "found => found.map(e => e.getBoundingClientRect().left)"
    )
    assert max(signs) - min(signs) < 1


def test_what_changes_in_a_line_is_underlined_and_has_a_color(open_page: Open) -> None:
    page = open_page(CHAPTER)
    mark = page.locator(".gu-derivation .underline").first
    line = mark.locator(".underline-line").first
    style = "e => getComputedStyle(e)"
    ink = page.evaluate(f"({style})(document.body).color")
    color = mark.evaluate(f"e => ({style})(e).color")
    assert color != ink
    assert line.evaluate(f"e => ({style})(e).borderBottomColor") == color
    assert line.evaluate(f"e => ({style})(e).borderBottomStyle") == "solid"


def test_a_derivation_is_a_list_whose_lines_say_their_number_and_reason(
    open_page: Open,
) -> None:
    page = open_page(CHAPTER)
    lines = page.locator(".gu-derivation:has(.gu-because)").first
    assert lines.get_attribute("role") == "list"
    said = str(lines.locator("> li").nth(1).text_content()).split()
    assert said[:2] == ["Line", "2:"]
    assert "because" in said
