"""Formulas that learners type: Python and the page read and refuse the same."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from groundup.grader import expressions
from playwright.sync_api import Browser, Page

SCRIPT = Path(expressions.__file__).parents[1] / "book/theme/scripts/expressions.js"
VECTORS = json.loads(Path(__file__).with_name("expressions.json").read_text("utf-8"))
IN_THE_PAGE = """([text, at]) => {
  const value = groundup.formulaValue(groundup.readFormula(text, Object.keys(at)), at);
  return Number.isNaN(value) ? null : value;
}"""
REFUSED = """([text, symbols]) => {
  try { return groundup.readFormula(text, symbols); }
  catch (error) { return error.message; }
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """An empty page with the script."""
    found = browser.new_page()
    found.add_script_tag(path=SCRIPT)
    yield found
    found.close()


def same(one: float | None, other: float | None) -> bool:
    """Tell whether two values are one, but for the rounding of a function."""
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-14)


@pytest.mark.parametrize("case", VECTORS["read"], ids=lambda c: ascii(c["text"]))
def test_a_formula_is_read_by_both(case: dict[str, Any], page: Page) -> None:
    text, at, value = case["text"], case["at"], case["value"]
    found = expressions.value(expressions.read(text, list(at)), at)
    assert same(None if math.isnan(found) else found, value)
    assert same(page.evaluate(IN_THE_PAGE, [text, at]), value)


@pytest.mark.parametrize("case", VECTORS["refused"], ids=lambda c: ascii(c["text"]))
def test_what_is_no_formula_is_refused_by_both(
    case: dict[str, Any], page: Page
) -> None:
    text, symbols, said = case["text"], case["symbols"], case["said"]
    with pytest.raises(ValueError) as error:
        expressions.read(text, symbols)
    assert str(error.value) == said
    assert page.evaluate(REFUSED, [text, symbols]) == said


def test_names_are_looked_for_in_a_moment() -> None:
    """Names within names could be tried in very many ways."""
    with pytest.raises(ValueError, match="has no meaning here"):
        expressions.read("a" * 20 + "b", ["a", "aa", "aaa"])
    with pytest.raises(ValueError, match="has no meaning here"):
        expressions.read("a" * 199 + "b", ["a", "aa", "aaa"])
