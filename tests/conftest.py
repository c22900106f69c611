"""What tests of every folder share: the browser, and how they use the machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import numpy  # noqa: F401  (its linear algebra has to be there to be limited)
import pytest
from playwright.sync_api import Browser, sync_playwright
from threadpoolctl import threadpool_limits

from tests.clock import Clock
from tests.kept import Kept
from tests.topic import NAME, find

# scikit-learn's estimator checks leave one out unless SciPy is told this in time.
os.environ.setdefault("SCIPY_ARRAY_API", "1")

# Tests run on all processors already: a second thread would wait for the first, here
# and in the programs that tests start.
threadpool_limits(1, user_api="blas")
for name in ("OMP", "OPENBLAS", "MKL"):
    os.environ.setdefault(f"{name}_NUM_THREADS", "1")

# Files whose tests last longest begin first, so that no worker is left with one of
# them when the others are done.
LONGEST = (
    "test_two_builds test_every_exercise test_attacks test_every_mutant"
    " test_language_model test_every_page test_binder test_builds test_house"
).split()
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))),
    None,
)
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
    " --disable-background-networking --disable-component-update"
).split()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let one ask for the tests of one topic."""
    parser.addoption("--topic", help="run what is about this topic, nothing else")


def pytest_configure(config: pytest.Config) -> None:
    """Keep passes, and take the time of all tests where their reports come together."""
    config.addinivalue_line("markers", "kept(inputs): a pass is kept by its inputs")
    config.pluginmanager.register(Kept(config.rootpath, CHROMIUM or ""))
    if topic := config.getoption("--topic"):
        os.environ[NAME] = find(topic).name
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Clock())


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Share the tests among processors so that none is left with a long file."""
    if config.getoption("dist") != "loadfile":
        return None
    from tests.scopes import Scopes  # when the topic is known that was asked for

    return Scopes(config, log)


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Sort the tests: the longest files first, the others in their order.

    Where one topic was asked for, those that are not about it are left out.
    """
    if name := config.getoption("--topic"):
        topic = find(name)
        left_out = [item for item in items if not topic.names(item)]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if topic.names(item)]
    place = {name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: place.get(item.path.stem, len(place)))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; only where there is none, and not in CI, are its tests skipped."""
    if CHROMIUM is None and os.environ.get("CI") != "true":
        pytest.skip("no Chromium found")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()
