"""The book's figures: one palette, one style, drawings that follow the page's theme.

A figure is drawn by matplotlib and shown as SVG inside the page, its colors replaced
by the page's own, so that it is right in dark mode and its text can be read out.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

# The names and light values of the page's custom properties (`--gu-blue`, …).
PALETTE = {
    "paper": "#fdfcf9",
    "surface": "#f5f2ea",
    "ink": "#1c1f23",
    "muted": "#5b6068",
    "line": "#d9d4c7",
    "blue": "#0b62a8",
    "orange": "#b8500a",
    "green": "#0a7556",
    "purple": "#7d3fa6",
    "red": "#b3261e",
    "gold": "#8a6100",
}
INK, MUTED, LINE = PALETTE["ink"], PALETTE["muted"], PALETTE["line"]
PAPER, SURFACE = PALETTE["paper"], PALETTE["surface"]
BLUE, ORANGE, GREEN = PALETTE["blue"], PALETTE["orange"], PALETTE["green"]
PURPLE, RED, GOLD = PALETTE["purple"], PALETTE["red"], PALETTE["gold"]

STYLE: dict[str, Any] = {
    "axes.edgecolor": MUTED,
    "axes.facecolor": "none",
    "axes.labelcolor": INK,
    "axes.linewidth": 0.8,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlecolor": INK,
    "axes.titlelocation": "left",
    "axes.titlesize": 13,
    "figure.constrained_layout.use": True,
    "figure.facecolor": "none",
    "font.size": 13,
    "lines.linewidth": 2.0,
    "lines.markersize": 6,
    "path.simplify_threshold": 1.0,
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
    "text.color": INK,
    "xtick.color": MUTED,
    "xtick.labelsize": 12,
    "ytick.color": MUTED,
    "ytick.labelsize": 12,
}
SVG, XLINK = "http://www.w3.org/2000/svg", "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?\d+\.\d+")
FONT = re.compile(r"font-family: [^;]*")
REFERENCE = re.compile(r"(?<=url\(#)[^)]+")


@dataclass(frozen=True)
class Shown:
    """A finished figure: an SVG drawing, what is seen on it, and its caption."""

    svg: str
    caption: str
    alt: str

    def _repr_html_(self) -> str:
        caption = f"<figcaption>{self.caption}</figcaption>" if self.caption else ""
        return f'<figure class="gu-figure">{self.svg}{caption}</figure>'

    def __repr__(self) -> str:
        return f"Figure: {self.alt}"


def axes(
    width: float = 6.4, height: float = 3.6, columns: int = 1, **options: Any
) -> Any:
    """Return a matplotlib Axes in the book's style, or an array of `columns` Axes.

    `width` and `height` are in inches at 100 points of the page each; `options` go
    to `Figure.subplots`.
    """
    mpl.rcParams.update(STYLE)
    return Figure(figsize=(width, height)).subplots(1, columns, **options)


def show(drawn: Axes, name: str, alt: str, caption: str = "") -> Shown:
    """Return the figure of an Axes, ready to be displayed as a cell's value.

    `name` makes the ids in the drawing unique on the page, `alt` says in words what
    is seen, `caption` (HTML) what to notice. Raises ValueError without `alt`.
    """
    if not alt.strip():
        raise ValueError(f"the figure {name!r} needs alt: what is seen, in words")
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name}):
        drawn.get_figure(root=True).savefig(  # type: ignore[union-attr]
            buffer, format="svg", metadata={"Date": None}
        )
    return Shown(inline(buffer.getvalue(), name, alt), caption, alt)


def inline(svg: str, name: str, alt: str) -> str:
    """Return matplotlib's SVG made fit for a page: themed, labeled, small."""
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)
    used = set(REFERENCE.findall(svg)) | {
        element.get(XLINK, "").lstrip("#") for element in root.iter()
    }
    for element in list(root.iter()):
        for child in list(element):
            if superfluous(child):
                element.remove(child)
    for element in root.iter():
        lighten(element, name, used)
    box = root.get("viewBox", "")
    root.attrib.clear()
    root.attrib.update(
        {"class": "gu-plot", "viewBox": box, "role": "img", "aria-label": alt}
    )
    text = ElementTree.tostring(root, encoding="unicode")
    for color, value in PALETTE.items():
        text = text.replace(value, f"var(--gu-{color},{value})")
    return re.sub(r"\s*\n\s*", " ", text).replace("> <", "><")


def superfluous(element: ElementTree.Element) -> bool:
    """Tell whether nothing of an element can be seen on the page."""
    tag = element.tag.removeprefix(f"{{{SVG}}}")
    unseen = tag == "path" and element.get("style") == "fill: none"
    # The page-wide `*` rule of matplotlib's style would reach other drawings.
    return unseen or tag == "style" or tag.endswith("metadata")


def lighten(element: ElementTree.Element, name: str, used: set[str]) -> None:
    """Shorten one element: rounded numbers, unique ids, a shared style said once."""
    for key in ("d", "x", "y", "points", "transform"):
        if value := element.get(key):
            element.set(key, NUMBER.sub(rounded, value))
    if style := element.get("style"):
        style = FONT.sub("font-family: var(--gu-sans,sans-serif)", style)
        element.set("style", style.replace("; ", ";").replace(": ", ":"))
    if link := element.attrib.pop(XLINK, None):
        element.set("href", f"#{name}-{link[1:]}")
    if clip := element.get("clip-path"):
        element.set("clip-path", clip.replace("url(#", f"url(#{name}-"))
    if mark := element.attrib.pop("id", None):
        if mark in used:
            element.set("id", f"{name}-{mark}")
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    styles = {child.get("style") for child in element}
    if len(element) > 1 and len(styles) == 1 and (shared := styles.pop()):
        element.set("style", shared)
        for child in element:
            del child.attrib["style"]


def rounded(match: re.Match[str]) -> str:
    """Return a coordinate with one digit after the point, none where it is zero."""
    return f"{float(match[0]):.1f}".removesuffix(".0")
