"""Numbers that readers write: Python and the page read and refuse the same."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from groundup.grader import numbers
from playwright.sync_api import Browser, Page

SCRIPT = Path(numbers.__file__).parents[1] / "book/theme/scripts/numbers.js"
VECTORS = json.loads(Path(__file__).with_name("numbers.json").read_text("utf-8"))
IN_THE_PAGE = """([text, unit]) => {
  try { return groundup.readNumber(text, unit); }
  catch (error) { return error.message; }
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with the script."""
    found = browser.new_page()
    found.add_script_tag(path=SCRIPT)
    yield found
    found.close()


def in_python(text: str, unit: str) -> float | str:
    """Return what Python reads, or says."""
    try:
        return numbers.read(text, unit)
    except ValueError as error:
        return str(error)


def same(one: Any, other: Any) -> bool:
    """Tell whether two answers are one, to the last bit and the sign of zero."""
    if isinstance(one, str) or isinstance(other, str):
        return bool(one == other)
    return bool(one == other and math.copysign(1, one) == math.copysign(1, other))


@pytest.mark.parametrize("case", VECTORS["read"], ids=lambda c: ascii(c["text"]))
def test_a_number_is_read_by_both(case: dict[str, Any], page: Page) -> None:
    text, unit, value = case["text"], case["unit"], case["value"]
    assert same(in_python(text, unit), value)
    assert same(page.evaluate(IN_THE_PAGE, [text, unit]), value)


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda c: ascii(c["text"]))
def test_what_is_no_number_is_refused_by_both(case: dict[str, Any], page: Page) -> None:
    text, unit, said = case["text"], case["unit"], case["said"]
    assert in_python(text, unit) == said
    assert page.evaluate(IN_THE_PAGE, [text, unit]) == said


@pytest.mark.parametrize("case", VECTORS["within"], ids=str)
def test_both_draw_the_border_at_the_same_place(
    case: dict[str, Any], page: Page
) -> None:
    value, truth, width = case["value"], case["truth"], case["width"]
    assert numbers.within(value, truth, width) is case["is"]
    asked = "([v, t, w]) => groundup.within(v, t, w)"
    assert page.evaluate(asked, [value, truth, width]) is case["is"]


def test_whatever_is_typed_is_read_alike(page: Page) -> None:
    rng = random.Random(0)
    signs = "0123456789012345 .,,..-−+/eE·^%\u2009⁻²g*"
    typed = ["".join(rng.choices(signs, k=rng.randint(1, 8))) for _ in range(20_000)]
    found = page.evaluate(
        f"all => all.map(text => ({IN_THE_PAGE})([text, 'g']))", typed
    )
    ours = [in_python(text, "g") for text in typed]
    differ = [
        text
        for text, one, other in zip(typed, ours, found, strict=True)
        if not same(one, other)
    ]
    assert differ == []
    assert sum(isinstance(one, float) for one in ours) > 1000
