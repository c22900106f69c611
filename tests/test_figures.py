"""Figures: light, the page's colors, readable text, the same at every build."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest
from groundup import figures
from groundup.figures import PALETTE
from groundup.figures.thinned import thinned
from matplotlib.figure import Figure

RNG = np.random.default_rng(0)


def cloud(points: int = 342) -> Figure:
    fig, ax = figures.panel(xlabel="flipper (cm)", ylabel="mass (kg)")
    x, y = np.random.default_rng(1).normal(size=(2, points))
    figures.dots(ax, x, y)
    figures.bars(ax, x, y, 0 * y)
    ax.plot([-2, 2], [-2, 2], color=PALETTE["blue"])
    ax.contour([0, 1], [0, 1], [[0, 1], [2, 3]], colors=PALETTE["muted"])
    figures.label(ax, 0, 0, "the line", "blue")
    return fig


def shown(fig: Figure | None = None, name: str = "cloud") -> str:
    return figures.show(fig or cloud(), name=name, alt="A cloud", caption="Look").html


def test_a_figure_is_the_same_at_every_build() -> None:
    assert shown() == shown()


def test_a_figure_of_342_points_with_bars_stays_below_25_kb() -> None:
    assert len(shown().encode()) < 25_000


def corners(path: str) -> np.ndarray:
    """Return the points, (n, 2), of a path of straight lines."""
    return np.array(re.findall(r"[ML]\s*(\S+) (\S+)", path), float)


def furthest(points: np.ndarray, path: np.ndarray) -> float:
    """Return how far a point, (n, 2), can be from a path through points, (m, 2)."""
    starts, ways = path[:-1], np.diff(path, axis=0)
    steps = points[:, None] - starts
    along = np.sum(steps * ways, axis=-1) / np.sum(ways**2, axis=-1)
    away = steps - np.clip(along, 0, 1)[..., None] * ways
    return float(np.hypot(*away.T).min(axis=0).max())


ROUND = np.linspace(0, 2 * np.pi, 40)
PATHS = {
    "a closed contour": np.column_stack([90 * np.cos(ROUND), 30 * np.sin(ROUND)]),
    "a straight line": np.column_stack([np.arange(30), 2 * np.arange(30)]),
    "steps that turn back on one line": [[0, 0], [20, 10], [-8, -4], [10, 5], [4, 2]],
    "a zigzag": [[x, 5 * (x % 2)] for x in range(12)],
    "a bend": [[x, 0.002 * x**2] for x in range(100)],
}


@pytest.mark.parametrize("points", PATHS.values(), ids=PATHS)
def test_a_thinner_path_lies_on_the_one_it_was(points) -> None:
    path = "M " + " L ".join(
        f"{x!r} {y!r}" for x, y in np.array(points, float).tolist()
    )
    thin = corners(thinned(path))
    assert 1 < len(thin) <= len(points)
    assert furthest(np.array(points, float), thin) <= 0.1 + 1e-9
    assert thinned(thinned(path)) == thinned(path)


def test_points_on_the_way_are_left_out_and_corners_are_not() -> None:
    assert thinned("M 0 0 L 1 0.05 L 2 0 L 2 9 z M 5 5 L 6 6") == (
        "M 0.0 0.0 L 2.0 0.0 L 2.0 9.0 z M 5 5 L 6 6"
    )
    assert thinned("M0 0L1 0L2e-3 0L3 0zM5 5L6 6") == "M 0.0 0.0 L 3.0 0.0zM5 5L6 6"
    assert thinned("M 0 0 L 1 0.3 L 2 0").count("L") == 2
    assert thinned("M 0 0 Q 1 1 2 0 Q 3 3 4 0") == "M 0 0 Q 1 1 2 0 Q 3 3 4 0"


def test_contours_carry_few_points() -> None:
    fig, ax = figures.panel()
    a, b = np.meshgrid(np.linspace(-2, 2, 120), np.linspace(-2, 2, 120))
    ax.contour(a, b, 3 * a**2 + 2 * a * b + b**2, [1, 2, 4])
    paths = re.findall(r' d="([^"]*)"', shown(fig))
    assert sum(path.count("L") for path in paths) < 300  # of 640


def test_every_color_follows_the_page() -> None:
    html = shown()
    assert "var(--gu-blue, #0b62a8)" in html
    without_variables = re.sub(r"var\([^)]*\)", "", html)
    assert not re.search(r"#[0-9a-f]{6}\b", without_variables)


def test_text_is_text_and_large_enough() -> None:
    html = shown()
    assert ">flipper (cm)</text>" in html and ">the line</text>" in html
    sizes = [float(size) for size in re.findall(r"font-size:([\d.]+)px", html)]
    assert min(sizes) >= 14


def test_the_svg_is_well_formed_and_scales() -> None:
    svg = re.search(r"<svg.*</svg>", shown(), re.DOTALL)
    assert svg
    root = ElementTree.fromstring(svg[0])
    assert root.get("viewBox") == "0 0 440 300"
    assert root.get("width") is None


def test_nothing_that_cannot_be_seen_is_left() -> None:
    html = shown()
    for waste in ("metadata", "<style", "matplotlib", "<!--", "xlink"):
        assert waste not in html


def test_ids_are_used_and_begin_with_the_name_of_the_figure() -> None:
    html = shown(name="penguins")
    ids = re.findall(r'id="([^"]+)"', html)
    assert ids[0] == "figure-penguins"
    used = set(re.findall(r"#(penguins-[\w-]+)", html))
    assert set(ids[1:]) == used


def test_two_figures_on_a_page_share_no_id() -> None:
    ids = re.findall(r'id="([^"]+)"', shown(name="one") + shown(name="two"))
    assert len(ids) == len(set(ids))


def test_the_alternative_text_is_there_once_and_escaped() -> None:
    html = figures.show(
        cloud(3), name="a", alt='"x" < y', caption="<b>Look</b>"
    )._repr_html_()
    assert html.count('role="img"') == 1
    assert 'aria-label="&quot;x&quot; &lt; y"' in html
    assert "<figcaption><b>Look</b></figcaption>" in html


def test_panels_stand_in_one_figure() -> None:
    html = figures.show([cloud(3), cloud(4)], name="a", alt="x", caption="y").html
    assert html.count("<svg") == 2 and html.count("<figure") == 1


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": "Two Words"}, "lower case words with hyphens"),
        ({"alt": " "}, "alt is empty"),
        ({"caption": ""}, "caption is empty"),
        ({"figures": []}, "no panels"),
    ],
)
def test_a_figure_that_lacks_something_is_refused(
    wrong: dict[str, object], message: str
) -> None:
    good = {"figures": cloud(3), "name": "a", "alt": "x", "caption": "y"}
    with pytest.raises(ValueError, match=message):
        figures.show(**good | wrong)  # type: ignore[arg-type]


def test_a_panel_without_size_is_refused() -> None:
    with pytest.raises(ValueError, match="must be positive, found 0 × 300"):
        figures.panel(0, 300)


@pytest.mark.parametrize(
    ("values", "texts"),
    [
        ([0.01, 1, 100, 1e4], ["0.01", "1", "100", "10,000"]),
        ([100, 1e3, 1e4, 1e5], ["10²", "10³", "10⁴", "10⁵"]),
        ([1e-6, 0.1, 1], ["10⁻⁶", "10⁻¹", "10⁰"]),
        ([1, 1e12], ["10⁰", "10¹²"]),
    ],
)
def test_powers_of_ten_are_plain_text_in_one_notation(
    values: list[float], texts: list[str]
) -> None:
    assert figures.powers_of_ten(values, values) == texts


def test_ticks_out_of_sight_do_not_choose_the_notation() -> None:
    fig, ax = figures.panel()
    figures.log_scale(ax, "x")
    ax.plot([0.02, 2e3], [0, 1])
    html = shown(fig)
    assert "1,000</text>" in html and "10³" not in html


def test_logarithmic_axes_need_no_math_fonts() -> None:
    fig, ax = figures.panel()
    figures.log_scale(ax)
    ax.plot([1, 1e6], [1e-8, 1])
    html = shown(fig)
    assert "10⁻⁸</text>" in html and "tspan" not in html


def test_a_label_keeps_clear_of_what_is_below_it() -> None:
    html = shown()
    text = re.search(r"<text style=\"([^\"]*)\"[^>]*>the line", html)
    assert text and "paint-order:stroke" in text[1] and "--gu-paper" in text[1]


def test_dots_and_bars_are_one_path_each() -> None:
    fig, ax = figures.panel()
    figures.dots(ax, [1, 2, 3], [1, 2, 3])
    figures.bars(ax, [1, 2, 3], 0, [1, 2, 3])
    html = shown(fig)
    assert html.count("h0") == 3
    assert len([d for d in re.findall(r'd="([^"]+)"', html) if d.count("M") == 3]) == 2


def test_a_bar_ends_at_its_height_however_wide_it_is() -> None:
    fig, ax = figures.panel()
    figures.bars(ax, [1, 2], 0, [0.004, 1], width=18)
    figures.dots(ax, [1, 2], [1, 1])
    bar, dot = ax.lines
    assert bar.get_solid_capstyle() == "butt"  # a round end would add half the width
    assert dot.get_solid_capstyle() == "round"  # and is all there is of a dot
