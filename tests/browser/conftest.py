"""The built book in a real browser: over HTTP as a server gives it, and from disk."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from groundup.book.assets import npm_command
from groundup.book.serve import make_server
from playwright.sync_api import Browser, Page, Request

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BUILT = Path(os.environ.get("GROUNDUP_HTML", ROOT / "_build/html"))
CHAPTER = "chapters/algorithms/linear_regression.html"
PAGES = ["index.html", "search.html"] + sorted(
    path.relative_to(BUILT).as_posix() for path in BUILT.glob("chapters/**/*.html")
)
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder of the built book; without one nothing here can be tested."""
    assert (BUILT / "index.html").is_file(), "no built book: run make book first"
    return BUILT


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[str]:
    """The address of a server of the book."""
    with make_server(built) as found:
        thread = threading.Thread(target=found.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def tools() -> Path:
    """The packages of `package.json`: axe and Lighthouse, installed once."""
    target = ROOT / ".cache/npm-tests"
    lock = HERE / "package-lock.json"
    stamp = target / ".installed"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if not (stamp.is_file() and stamp.read_text() == wanted):
        target.mkdir(parents=True, exist_ok=True)
        for path in (HERE / "package.json", lock):
            shutil.copy(path, target)
        flags = ["--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([*npm_command(), "ci", *flags], cwd=target, check=True)
        stamp.write_text(wanted)
    return target / "node_modules"


@pytest.fixture
def open_page(browser: Browser, server: str, built: Path) -> Iterator[Open]:
    """Return a function that opens a page of the book; at the end it must be clean.

    Clean: nothing on the console, no error, no request that failed or left for
    another host. The requests that were answered are kept as `page.finished`.
    """
    pages: list[Page] = []
    asked: list[str] = []
    problems: list[str] = []

    def open_(name: str, *, disk: bool = False, **options: Any) -> Page:
        options = {"viewport": {"width": 1280, "height": 900}, **options}
        context = browser.new_context(**options)
        context.set_default_timeout(20_000)  # beside another worker of the suite
        page = context.new_page()
        page.on("console", lambda m: problems.append(f"console {m.type}: {m.text}"))
        page.on("pageerror", lambda e: problems.append(f"error: {e}"))
        page.on("requestfailed", lambda r: problems.extend(failure(r)))
        page.on("request", lambda r: asked.append(r.url))
        finished: list[Request] = []
        page.on("requestfinished", lambda r: finished.append(r))
        page.finished = finished  # type: ignore[attr-defined]
        page.goto(f"{built.as_uri()}/{name}" if disk else f"{server}/{name}")
        page.wait_for_load_state("networkidle")
        pages.append(page)
        return page

    yield open_
    for page in pages:
        page.context.close()
    own = (server, "file://", "data:", "blob:")
    problems += [f"left for {url}" for url in asked if not url.startswith(own)]
    assert problems == []


def failure(request: Request) -> list[str]:
    """Return what is wrong with a request; one that a page left behind is no fault."""
    left = request.failure == "net::ERR_ABORTED"
    return [] if left else [f"failed: {request.url}: {request.failure}"]


def show_everything(page: Page) -> None:
    """Scroll through the page, so that all that waits to be seen is drawn."""
    page.add_style_tag(content="* { content-visibility: visible !important }")
    height = page.evaluate("document.body.scrollHeight")
    for top in range(0, height, 700):
        page.evaluate(f"scrollTo(0, {top})")
    figures = page.locator("figure.gu-explorable")
    for number in range(figures.count()):
        figures.nth(number).scroll_into_view_if_needed()
        figures.nth(number).locator(".gu-explorable-mount > *").first.wait_for()
    page.evaluate("scrollTo(0, 0)")


def open_details(page: Page) -> None:
    """Open all that a reader may unfold: hints, answers, tables behind figures."""
    page.locator("main details").evaluate_all("all => all.forEach(d => d.open = true)")
