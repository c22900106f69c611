"""Guesses and questions: by mouse, keyboard and touch, with scripts and without."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..checks import ALL, AXE, COLORS
from ..conftest import Open
from .conftest import PAGE

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
KEPT = "JSON.parse(localStorage.getItem('groundup.progress') ?? '{}')"


def guess(page: Page, text: str) -> None:
    """Type a guess of the slope, and send it."""
    field = page.locator("#guess-slope input")
    field.fill(text)
    field.press("Enter")


def ask(page: Page, *texts: str) -> None:
    """Type the numbers that the question asks for, and send them."""
    for field, text in zip(
        page.locator("#question-next input").all(), texts, strict=True
    ):
        field.fill(text)
    page.locator("#question-next button").click()


def test_an_answer_is_folded_until_there_is_a_guess(open_page: Open) -> None:
    page = open_page(PAGE)
    answer = page.locator("#answer-slope")
    expect(answer.locator("dl")).to_be_hidden()
    expect(page.locator("#guess-slope a")).to_be_hidden()
    guess(page, "400")
    expect(answer.locator("dl")).to_be_visible()
    assert answer.locator("dd").all_inner_texts() == ["400 grams", "497 grams"]
    expect(page.locator("#guess-slope [role=status]")).to_contain_text("400 grams")
    page.locator("#guess-slope a").click()
    expect(answer).to_be_in_viewport()


def test_a_reader_may_open_the_answer_without_a_guess(open_page: Open) -> None:
    page = open_page(PAGE)
    answer = page.locator("#answer-slope")
    answer.locator("summary").focus()
    page.keyboard.press("Enter")
    assert answer.locator("dd").all_inner_texts() == ["not yet", "497 grams"]
    expect(answer.locator(".gu-reply:visible")).to_have_count(3)


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("497", "Near, within 10 %"),
        ("546.7", "Near, within 10 %"),
        ("1e3/2 grams", "Near, within 10 %"),
        ("546.8", "Too high"),
        ("447.2", "Too low"),
        ("−12", "Too low"),
    ],
)
def test_a_number_gets_the_reply_that_fits(
    open_page: Open, text: str, reply: str
) -> None:
    page = open_page(PAGE)
    guess(page, text)
    shown = page.locator("#answer-slope .gu-reply:visible .gu-is")
    assert shown.all_inner_texts() == [reply]


def test_what_cannot_be_read_is_said_and_not_kept(open_page: Open) -> None:
    page = open_page(PAGE)
    guess(page, "a lot")
    field = page.locator("#guess-slope input")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()
    expect(page.locator("#guess-slope [role=status]")).to_contain_text("not a number")
    expect(page.locator("#answer-slope dl")).to_be_hidden()
    assert not page.evaluate(KEPT).get("guesses")
    guess(page, "1/2")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_a_choice_is_made_by_arrow_keys_and_kept(open_page: Open) -> None:
    page = open_page(PAGE)
    radios = page.locator("#guess-below input")
    radios.first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    answer = page.locator("#answer-below")
    expect(answer.locator("dd").first).to_contain_text("among them")
    expect(answer.locator("dd").first.locator(".katex")).to_be_visible()
    shown = answer.locator(".gu-reply:visible")
    assert shown.all_inner_texts() == ["That is what one hopes."]
    page.reload()
    expect(radios.nth(1)).to_be_checked()
    expect(answer.locator("dd").first).to_contain_text("among them")
    assert page.evaluate(KEPT)["guesses"] == {"algorithms/one/below": 1}


def test_guesses_are_kept_beside_the_progress_and_of_old_times_too(
    open_page: Open,
) -> None:
    page = open_page(PAGE)
    old = {"version": 1, "read": {"a": "2026"}, "questions": {}, "exercises": {}}
    page.evaluate(
        "text => localStorage.setItem('groundup.progress', text)", json.dumps(old)
    )
    page.reload()
    guess(page, " 1e3/2 ")
    saved = page.evaluate(KEPT)
    assert saved["read"] == {"a": "2026"}
    assert saved["guesses"] == {"algorithms/one/slope": " 1e3/2 "}
    page.reload()
    assert page.locator("#answer-slope dd").first.inner_text() == "1e3/2 grams"


@pytest.mark.parametrize("kept", [7, True, None, [], {"a": 1}, "words", "<b>9</b>"])
def test_what_nobody_has_guessed_is_not_shown(open_page: Open, kept: object) -> None:
    page = open_page(PAGE)
    both = {"algorithms/one/slope": kept, "algorithms/one/below": kept}
    saved = {"version": 1, "read": {}, "exercises": {}, "guesses": both}
    saved["questions"] = {"algorithms/one/next": kept}
    page.evaluate(
        "text => localStorage.setItem('groundup.progress', text)", json.dumps(saved)
    )
    page.reload()
    expect(page.locator("#answer-slope dl")).to_be_hidden()
    expect(page.locator("#answer-below dl")).to_be_hidden()


@pytest.mark.parametrize(
    ("texts", "verdict", "reply"),
    [
        (("0.265", "1.0425"), "Right: 0.265 and 1.0425.", "Both moved."),
        (("26.5 %", "1,0425"), "Right", "Both moved."),
        (("0.27", "1.04"), "Right", "Both moved."),
        (("53/200", "31/40"), "Not this one.", "was computed with the new"),
        (("1.335", "3.925"), "Not this one.", "Uphill"),
    ],
)
def test_numbers_get_the_reply_to_their_mistake(
    open_page: Open, texts: tuple[str, str], verdict: str, reply: str
) -> None:
    page = open_page(PAGE)
    question = page.locator("#question-next")
    expect(question.locator(".gu-answer:visible")).to_have_count(0)
    ask(page, *texts)
    feedback = question.locator(".gu-feedback:visible")
    expect(feedback).to_have_count(1)
    expect(feedback).to_contain_text(verdict)
    expect(feedback).to_contain_text(reply)
    expect(question.locator("[role=status]")).to_contain_text(reply)
    page.reload()
    expect(feedback).to_contain_text(reply)


def test_another_number_is_told_apart_and_the_answer_can_be_opened(
    open_page: Open,
) -> None:
    page = open_page(PAGE)
    question = page.locator("#question-next")
    ask(page, "0.265", "x")
    expect(question.locator("[role=status]")).to_contain_text("not a number")
    expect(question.locator("input").nth(1)).to_be_focused()
    ask(page, "0.265", "0.276")
    expect(question.locator("[role=status]")).to_contain_text(
        "does not recognize the mistake"
    )
    expect(question.locator(".gu-feedback:visible")).to_have_count(0)
    question.locator("summary:visible").click()
    expect(question.locator(".gu-feedback:visible")).to_contain_text("Both moved.")


def test_without_scripts_questions_have_folded_answers(open_page: Open) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    for gone in ("form", "input"):
        expect(page.locator(f"#guess-slope {gone}").first).to_be_hidden()
    expect(page.locator("#guess-below input").first).to_be_hidden()
    expect(page.get_by_text("among them").first).to_be_visible()
    answer = page.locator("#answer-slope")
    expect(answer.get_by_text("497 grams", exact=True)).to_be_hidden()
    answer.locator("summary").click()
    assert answer.locator("dd:visible").all_inner_texts() == ["497 grams"]
    expect(answer.locator(".gu-reply:visible")).to_have_count(3)
    question = page.locator("#question-next")
    expect(question.locator("form")).to_be_hidden()
    question.get_by_text("If you have 0.265 and 0.775").click()
    expect(question.locator(".gu-feedback:visible")).to_contain_text("was computed")


def test_paper_holds_the_answers_and_no_fields(open_page: Open) -> None:
    page = open_page(PAGE)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#answer-slope dl")).to_be_visible()
    expect(page.locator("#question-next .gu-feedback:visible")).to_have_count(3)
    expect(page.locator("main input:visible")).to_have_count(0)


def test_fields_and_buttons_have_room_for_a_finger(open_page: Open) -> None:
    page = open_page(PAGE, **PHONE)
    page.keyboard.press("Tab")  # fields that are far away are there now
    touched = page.locator(
        ".gu-guess :is(label, button), .gu-fields :is(input, button)"
    )
    for target in [*touched.all(), *page.locator(".gu-revealed summary").all()]:
        box = target.bounding_box()
        assert box and box["height"] >= 44, target.evaluate("e => e.outerHTML")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#guess-below label").nth(2).tap()
    expect(page.locator("#answer-below .gu-reply:visible")).to_contain_text("So it is.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_violation_before_and_after(
    open_page: Open, tools: Path, scheme: str
) -> None:
    page = open_page(PAGE, color_scheme=scheme)
    page.add_style_tag(content="* { content-visibility: visible !important }")
    page.add_script_tag(path=tools / "axe-core/axe.min.js")
    for step in ("before", "refused", "after"):
        if step == "refused":
            guess(page, "none")
        if step == "after":
            guess(page, "497")
            page.locator("#guess-below input").first.check()
            ask(page, "0.265", "0.775")
        found = page.evaluate(AXE, COLORS if scheme == "dark" else ALL)
        assert found["passed"]
        assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
