"""axe, the accessibility checker, on every page of the built book."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import CHAPTER, PAGES, Open, open_details, show_everything

# Most of axe's time goes into the contrast of thousands of words of code and symbols
# of formulas. Of those that look the same in the same surroundings the first stays;
# another word loses its own element, another symbol is out of sight in its place.
DROP_REPEATS = """() => {
  const seen = new Set();
  for (const box of document.querySelectorAll("pre, .katex-html"))
    for (const e of [...box.querySelectorAll("*")]) {
      if (e.id || e.tabIndex >= 0 || e.matches(".l")) continue; // .l breaks a line
      const { color, fontSize, fontWeight, opacity } = getComputedStyle(e);
      const looks = [color, fontSize, fontWeight, opacity];
      for (let p = e; p; p = p.parentElement)
        if (p.contains(box)) looks.push(p.tagName, p.className);
        else looks.push(getComputedStyle(p).backgroundColor);
      const key = [...new Set(looks)].join(" ");
      if (!seen.has(key)) seen.add(key);
      else if (box.matches("pre")) e.replaceWith(...e.childNodes);
      else if (!e.children.length) e.style.visibility = "hidden";
    }
}"""

AXE = """async (options) => {
  const { violations, passes } = await axe.run(options);
  return { violations, passed: passes.length };
}"""
# Room for a finger is not among the rules that axe asks without being told.
ALL = {"rules": {"target-size": {"enabled": True}}}
COLORS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(
    open_page: Open, tools: Path, name: str, scheme: str
) -> None:
    page = open_page(name, color_scheme=scheme, reduced_motion="reduce")
    show_everything(page)
    open_details(page)
    page.evaluate(DROP_REPEATS)
    page.add_script_tag(path=tools / "axe-core/axe.min.js")
    options = COLORS if scheme == "dark" else ALL  # in the dark only these are others
    found = page.evaluate(AXE, options)
    assert found["passed"]
    shown = [
        f"{v['id']}: {v['help']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for v in found["violations"]
        for node in v["nodes"]
    ]
    assert shown == []


@pytest.mark.parametrize("plant", ["pre .k", ".katex-html .mord"])
def test_a_faint_word_or_symbol_is_found(
    open_page: Open, tools: Path, plant: str
) -> None:
    page = open_page(CHAPTER)
    show_everything(page)
    page.add_style_tag(content=f"{plant} {{ color: #bbb !important }}")
    page.evaluate(DROP_REPEATS)
    page.add_script_tag(path=tools / "axe-core/axe.min.js")
    found = page.evaluate(AXE, COLORS)
    assert [v["id"] for v in found["violations"]] == ["color-contrast"]
