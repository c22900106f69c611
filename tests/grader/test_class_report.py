"""The report on a class: one page, complete, safe to open, in the book's colors."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from groundup.grader import class_report, results
from groundup.grader.exercise import Exercise, load
from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
SOFTMAX = ROOT / "exercises/transformers/attention/softmax"
EVIL = "<script>alert(1)</script>"
VOID = {"meta", "br"}


def report(exercise: Exercise, failed: dict[int, tuple[str, str]]) -> dict[str, Any]:
    """Return a report as the grader writes it; `failed` has status and message."""
    tests = []
    for number, test in enumerate(exercise.tests):
        status, message = failed.get(number, ("pass", ""))
        tests.append({"id": test.name.removeprefix("test_"), "title": test.title})
        tests[-1] |= {"status": status, "message": message, "points": test.points}
    score = sum(t["points"] for t in tests if t["status"] == "pass")
    return {"exercise": exercise.id, "score": score, "tests": tests, "sandbox": "walls"}


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The report on a class of six."""
    exercise = load(SOFTMAX)
    known = {wrong.name: wrong for wrong in exercise.wrong}["first_axis"]
    message = f"Title\n\n  yours 1\n\n{known.message.replace(' ', chr(10), 3)}"
    found = {
        ("ada", "softmax"): report(exercise, {}),
        ("bob", "softmax"): report(exercise, {1: ("fail", message)}),
        ("cy", "softmax"): report(
            exercise, {1: ("fail", message), 2: ("timeout", "T")}
        ),
        (EVIL, "softmax"): report(exercise, {0: ("error", f"T\n{EVIL}")}),
        ("dee", "softmax"): {"exercise": "softmax", "trouble": f"broken {EVIL}"},
    }
    students = ["ada", "bob", "cy", EVIL, "dee", "zoe"]
    problems = {EVIL: EVIL}
    return class_report.write_report(
        tmp_path, students, {"softmax": exercise}, found, problems
    )


class Reader(HTMLParser):
    """Reads tags, and fails where they are not nested."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [values["id"] or ""] if "id" in values else []
        self.links += [values["href"] or ""] if "href" in values else []
        assert not {"src", "onclick"} & set(values)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_whole_and_asks_for_nothing(page: Path) -> None:
    text = page.read_text()
    reader = Reader()
    reader.feed(text)
    assert reader.open == []
    assert reader.links and all(link.startswith("#") for link in reader.links)
    assert {link[1:] for link in reader.links} == set(reader.ids)
    assert len(reader.ids) == len(set(reader.ids)) == 4
    assert text.count("<script") == 1 and EVIL not in text
    assert "http" not in text and "url(" not in text and "@import" not in text


def test_what_fails_most_comes_with_its_misconception(page: Path) -> None:
    text = page.read_text()
    assert "<li>2 × normalizes down the columns</li>" in text
    assert "<li>1 × ran too long</li>" in text
    assert "<td>2 of 4<" in text
    assert "nothing was handed in" in text
    assert "could not be graded: softmax" in text


def test_its_colors_are_the_books() -> None:
    styles = (ROOT / "code/groundup/book/theme/styles/base.css").read_text()
    own = Path(class_report.__file__).with_suffix(".css").read_text()
    colors = set(re.findall(r"#[0-9a-f]{6}", own))
    assert len(colors) >= 14 and colors <= set(re.findall(r"#[0-9a-f]{6}", styles))


def test_a_link_opens_the_answer(page: Path, browser: Browser) -> None:
    shown = browser.new_page(viewport={"width": 390, "height": 800})
    shown.goto(page.as_uri())
    assert shown.locator("details[open]").count() == 0
    shown.get_by_role("link", name="5 of 6: bob, softmax").click()
    shown.wait_for_selector("details[open]")
    assert shown.locator("details[open] summary").inner_text() == "bob, softmax: 5 of 6"
    assert shown.evaluate("document.documentElement.scrollWidth") <= 390
    shown.close()


def test_gradescope_s_results_have_every_test_and_its_points() -> None:
    exercise = load(SOFTMAX)
    one = report(exercise, {1: ("fail", "Title\n\nno")})
    found = results.gradescope({"softmax": exercise}, {"softmax": one | {"seconds": 2}})
    assert (found["score"], found["execution_time"], found["output"]) == (5, 2, "")
    assert [t["score"] for t in found["tests"]] == [1, 0, 1, 1, 1, 1]
    assert [t["status"] for t in found["tests"]].count("passed") == 5
    assert found["tests"][1]["output"] == "Title\n\nno"
    assert [t["number"] for t in found["tests"]][:2] == ["1.1", "1.2"]
    absent = results.gradescope({"softmax": exercise}, {}, "nothing was handed in")
    assert (absent["score"], absent["output"]) == (0, "nothing was handed in")
    trouble = {"exercise": "softmax", "trouble": "secret"}
    told = results.gradescope({"softmax": exercise}, {"softmax": trouble})
    assert told["score"] == 0 and "secret" not in str(told)
