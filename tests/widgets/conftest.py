"""A browser, and static pages made from widgets as the book makes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from groundup.widgets import explorable
from groundup.widgets.explorable import Explorable
from ipywidgets.embed import dependency_state
from playwright.sync_api import Browser, ConsoleMessage, Page

HERE = Path(__file__).parent
HOST = Path(explorable.__file__).with_name("host.js")
Open = Callable[..., Page]
# Keeps the models that the page makes, so that a test can read and set their state.
SPY = """<script>
window.models = [];
const set = Map.prototype.set;
Map.prototype.set = function (key, value) {
  const see = (made) => made?.model && window.models.push(made.model);
  if (value instanceof Promise) value.then(see);
  return set.call(this, key, value);
};
</script>"""


def page_of(widgets: list[Explorable], before: str = "") -> str:
    """Return a page with the figures and the saved state of the widgets."""
    figures = ""
    for widget in widgets:
        record = widget._repr_mimebundle_()[0][explorable.MIME]
        figures += (
            f'<figure class="gu-explorable" id="explorable-{record["name"]}"'
            f' data-model-id="{record["model_id"]}">'
            f'<div class="gu-explorable-poster">{record["poster"]}</div>'
            '<div class="gu-explorable-mount"></div>'
            f"<figcaption>{record['caption']}</figcaption></figure>"
        )
    states = dependency_state(widgets) if widgets else {}
    saved = {"version_major": 2, "version_minor": 0, "state": states}
    state = json.dumps(saved).replace("</", "<\\/")
    script = f'<script defer src="{HOST.as_uri()}"></script>'
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Test</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"{script}<body style='margin:16px'>{before}{figures}"
        f'<script type="application/vnd.jupyter.widget-state+json">{state}</script>'
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep what holds of explorables: it depends on what these tests import."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker("kept")


@pytest.fixture
def broken_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens a page where an error is what is to be shown."""
    page = browser.new_page()

    def open_(widget: Explorable, change: Callable[[str], str] = str) -> Page:
        file = tmp_path / "page.html"
        file.write_text(change(page_of([widget])), encoding="utf-8")
        page.goto(file.as_uri())
        return page

    yield open_
    page.close()


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Return a function that opens widgets in a page from `file://`.

    The test fails if the page wrote anything on the console, or threw an error.
    """
    complaints: list[str] = []
    contexts = []

    def listen(message: ConsoleMessage) -> None:
        complaints.append(f"{message.type}: {message.text}")

    def open_(
        *widgets: Explorable,
        hash: str = "",
        width: int = 1000,
        before: str = "",
        live: bool = True,
        javascript: bool = True,
        **context: object,
    ) -> Page:
        size = {"width": width, "height": 900}
        contexts.append(
            browser.new_context(
                viewport=size, java_script_enabled=javascript, **context
            )
        )
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("console", listen)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        file = tmp_path / "page.html"
        file.write_text(page_of(list(widgets), before=before), encoding="utf-8")
        page.goto(file.as_uri() + hash)
        if live:
            page.wait_for_selector("figure[data-live]")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert complaints == []


def get(page: Page, name: str) -> object:
    """Return a trait of the first explorable of the page, opened with `SPY`."""
    return page.evaluate(f"window.models[0].get({name!r})")


def press(page: Page, name: str) -> None:
    """Press a button by its name."""
    page.get_by_role("button", name=name, exact=True).click()


def work_until_live(page: Page) -> float:
    """Return the milliseconds of work from scrolling to the figure to its first frame.

    Work of the page's own thread: neither what other programs do at the same time is in
    it, nor what it does for the test.
    """
    devtools = page.context.new_cdp_session(page)
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def worked() -> float:
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        found = {metric["name"]: metric["value"] for metric in metrics}
        return 1000 * (found["TaskDuration"] - found["DevToolsCommandDuration"])

    before = worked()
    page.evaluate("document.querySelector('figure').scrollIntoView()")
    page.wait_for_selector("figure[data-live]")
    page.evaluate("new Promise(f => requestAnimationFrame(() => setTimeout(f)))")
    return worked() - before
