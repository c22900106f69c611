"""The host of static pages: posters, failures, binary state, several figures."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from groundup.widgets.explorable import Explorable
from groundup.widgets.gradient_descent import GradientDescent
from playwright.sync_api import expect
from traitlets import Bytes

from .conftest import Open

FOUR = ([1, 2, 3, 4], [2, 3, 5, 6])


def made(script: str, **traits: Any) -> Explorable:
    """Return an explorable of a test, whose module is the text given."""
    body = {"__module__": __name__, "_esm": script + "\n", "_css": "b { color: red }\n"}
    body |= {name: value.tag(sync=True) for name, value in traits.items()}
    widget: Explorable = type("Made", (Explorable,), body)(name="made")
    widget.poster = lambda: "<p>the poster</p>"  # type: ignore[method-assign]
    return widget


def test_poster_gives_way_to_the_live_explorable_and_returns_in_print(
    open_page: Open,
) -> None:
    page = open_page(GradientDescent(*FOUR))
    poster, mount = (page.locator(f".gu-explorable-{n}") for n in ("poster", "mount"))
    expect(poster).to_be_hidden()
    expect(mount).to_be_visible()
    page.emulate_media(media="print")
    expect(poster).to_be_visible()
    expect(mount).to_be_hidden()


def test_without_javascript_the_poster_stands(open_page: Open) -> None:
    page = open_page(GradientDescent(*FOUR), live=False, javascript=False)
    expect(page.locator(".gu-explorable-poster svg[role=img]").first).to_be_visible()


@pytest.mark.parametrize(
    "script",
    [
        "export default { render({ model: m, el }) { el.append(m.get('name')) } }",
        "export default () => ({ render({ el }) { el.textContent = 'made' } });",
        "let said; export default { initialize({ model }) { said = model.get('name') },"
        " render({ el }) { el.textContent = said } }",
    ],
    ids=["an object", "a function", "with initialize"],
)
def test_each_form_of_a_module_is_rendered(open_page: Open, script: str) -> None:
    page = open_page(made(script))
    expect(page.locator(".gu-explorable-mount")).to_have_text("made")


def test_events_come_at_once_and_end_when_taken_off(open_page: Open) -> None:
    page = open_page(
        made(
            """export default { render({ model, el }) {
              const seen = [];
              const a = (_, value) => seen.push(`a${value}`);
              model.on("change:name", a);
              model.on("change", () => seen.push("any"));
              model.set("name", "1");
              model.set("name", "1");
              model.off("change:name", a);
              model.set({ name: "2" });
              model.save_changes();
              model.send({});
              el.textContent = seen.join(" ");
            } }"""
        )
    )
    expect(page.locator(".gu-explorable-mount")).to_have_text("a1 any any")


def test_binary_state_arrives_as_bytes(open_page: Open) -> None:
    numbers = np.array([1.5, -2.25])
    script = """export default { render({ model, el }) {
      const view = model.get("data");
      el.textContent = [...new Float64Array(view.buffer)].join(" ");
    } }"""
    page = open_page(made(script, data=Bytes(numbers.tobytes())))
    expect(page.locator(".gu-explorable-mount")).to_have_text("1.5 -2.25")


def test_a_failure_is_told_and_the_poster_stays(broken_page: Open) -> None:
    broken = made("export default { render() { throw new Error('no numbers') } }")
    page = broken_page(broken)
    note = page.get_by_role("note")
    expect(note).to_contain_text("could not start (no numbers)")
    expect(page.get_by_text("the poster")).to_be_visible()


def test_a_missing_state_is_told(broken_page: Open) -> None:
    page = broken_page(
        GradientDescent(*FOUR),
        lambda text: text.replace('data-model-id="', 'data-model-id="x'),
    )
    expect(page.get_by_role("note")).to_contain_text("state is missing from this page")
    expect(page.locator(".gu-explorable-poster")).to_be_visible()


def test_style_is_added_once_for_a_class(open_page: Open) -> None:
    first, second = GradientDescent(*FOUR), GradientDescent(*FOUR, name="second")
    page = open_page(first, second)
    page.locator("figure").nth(1).scroll_into_view_if_needed()
    page.wait_for_function("document.querySelectorAll('[data-live]').length === 2")
    assert page.locator("head style").count() == 1


def test_no_other_file_is_asked_for(open_page: Open) -> None:
    asked: list[str] = []
    page = open_page(GradientDescent(*FOUR))
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    page.wait_for_selector("figure[data-live]")
    outside = [url for url in asked if not url.startswith(("file:", "blob:"))]
    assert outside == []


def test_a_page_without_explorables_is_left_alone(open_page: Open) -> None:
    page = open_page(live=False, before="<p>only text</p>")
    expect(page.get_by_text("only text")).to_be_visible()
