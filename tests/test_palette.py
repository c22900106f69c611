"""One palette: page, figures and explorables name the same colors."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from groundup.figures import PALETTE

CODE = Path(__file__).resolve().parents[1] / "code/groundup"
STYLE = CODE / "book/theme/styles/base.css"
NAMED = re.compile(r"--gu-(\w+): (#[0-9a-f]{6})")
FALLBACK = re.compile(r"--gu-(\w+), (#[0-9a-f]{6})")
DRAWN = sorted(
    p for p in CODE.rglob("widgets/**/*") if p.suffix in {".css", ".js", ".py"}
)


def light() -> dict[str, str]:
    """Return the colors of the light page by name."""
    first = STYLE.read_text().split(":root {")[1].split("}")[0]
    return dict(NAMED.findall(first))


def dark(style: str) -> list[dict[str, str]]:
    """Return the colors of each block that makes the page dark."""
    blocks = re.findall(r"\{([^{}]*color-scheme: dark;[^{}]*)\}", style)
    return [dict(NAMED.findall(block)) for block in blocks]


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2 of a color like #1c1f23."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2, between 1 and 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_figures_and_page_have_the_same_colors() -> None:
    page = light()
    assert {name: page[name] for name in PALETTE} == PALETTE


@pytest.mark.parametrize("path", DRAWN, ids=lambda p: p.name)
def test_an_explorable_falls_back_on_the_light_colors(path: Path) -> None:
    page = light()
    for name, color in FALLBACK.findall(path.read_text()):
        assert page[name] == color, f"{path.name}: {name}"


def test_the_two_ways_into_the_dark_lead_to_the_same_colors() -> None:
    by_switch, by_system = dark(STYLE.read_text())
    assert by_switch == by_system
    assert set(by_switch) == set(light())


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_every_color_can_be_read_as_text(mode: str, ground: str) -> None:
    colors = light() if mode == "light" else dark(STYLE.read_text())[0]
    for name in set(colors) - {"paper", "surface", "line"}:
        assert contrast(colors[name], colors[ground]) >= 4.5, name
