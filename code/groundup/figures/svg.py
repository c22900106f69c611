"""Makes matplotlib's SVG light, and its colors the page's.

What matplotlib writes for one figure carries metadata, a group and an id for every
artist and six decimals for every number; a page needs none of it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from xml.etree import ElementTree

from matplotlib.figure import Figure

from .thinned import thinned

SVG = "{http://www.w3.org/2000/svg}"
XLINK = "{http://www.w3.org/1999/xlink}href"
NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
NUMERIC = ("d", "x", "y", "width", "height", "transform", "points")
DEFAULTS = {"stroke-miterlimit", "font", "font-family", "-inkscape-font-specification"}
LABEL = "label"  # the gid of texts that get a halo of the page's color
HALO = "paint-order:stroke;stroke-width:4px;stroke-linejoin:round;stroke:"

Element = ElementTree.Element


def drawing(fig: Figure, name: str, colors: Mapping[str, str], font: str) -> str:
    """Return a figure as inline SVG whose ids begin with `name`.

    `colors` maps the hex colors drawn with to the CSS that replaces them.
    """
    buffer = io.StringIO()
    fig.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    root = ElementTree.fromstring(buffer.getvalue())
    width, height = root.get("viewBox", "").split()[2:]
    prune(root)
    rename_ids(root, name)
    for element in root.iter():
        element.tag = element.tag.removeprefix(SVG)
        restyle(element, colors)
        round_numbers(element)
    body = "".join(ElementTree.tostring(child, "unicode") for child in root)
    return (
        f'<svg viewBox="0 0 {float(width):g} {float(height):g}" aria-hidden="true"'
        f' focusable="false" style="flex:1 1 {float(width) * 0.7:g}px;min-width:0;'
        f'max-width:{float(width) * 1.25:g}px;height:auto;font-family:{font}">'
        f"{body}</svg>"
    )


def prune(root: Element) -> None:
    """Drop metadata, shared styles and what cannot be seen; open needless groups."""
    for parent in list(root.iter()):
        for child in list(parent):
            style = child.get("style", "")
            invisible = "fill: none" in style and "stroke" not in style
            drawn = child.tag.removeprefix(SVG) in ("path", "rect")
            if (
                child.tag.endswith(("metadata", "}style"))
                or (drawn and invisible)
                or child.tag == f"{SVG}title"
            ):
                parent.remove(child)
    mark_labels(root)
    unwrap(root, {used for element in root.iter() for used in references(element)})


def mark_labels(root: Element) -> None:
    """Give each text inside a group with the gid of labels that id as its class."""
    for group in root.iter(f"{SVG}g"):
        if group.get("id", "").startswith(LABEL):
            for text in group.iter(f"{SVG}text"):
                text.set("class", LABEL)


def references(element: Element) -> list[str]:
    """Return the ids that an element refers to."""
    found = re.findall(r"url\(#([^)]+)\)", " ".join(element.attrib.values()))
    return found + [element.get(XLINK, "#").removeprefix("#")]


def unwrap(parent: Element, used: set[str]) -> None:
    """Remove ids that nothing uses, empty groups, and groups without attributes."""
    children: list[Element] = []
    for child in list(parent):
        unwrap(child, used)
        child.tail = None
        if child.get("id") not in used:
            child.attrib.pop("id", None)
        bare = child.tag in (f"{SVG}g", f"{SVG}defs")
        if bare and not len(child):
            continue
        opened = child.tag == f"{SVG}g" and not child.attrib
        children.extend(list(child) if opened else [child])
    if len(parent):  # what stands between elements is indentation
        parent.text = None
    parent[:] = children


def rename_ids(root: Element, name: str) -> None:
    """Number the ids that are left, with `name` in front: pages hold many figures."""
    names: dict[str, str] = {}
    for element in root.iter():
        if "id" in element.attrib:
            names[element.attrib["id"]] = f"{name}-{len(names)}"
            element.set("id", names[element.attrib["id"]])
    for element in root.iter():
        for key, value in list(element.attrib.items()):
            if key == XLINK:
                del element.attrib[key]
                element.set("href", f"#{names[value.removeprefix('#')]}")
            elif "url(#" in value:
                element.set(
                    key, re.sub(r"#([^)]+)", lambda m: f"#{names[m[1]]}", value)
                )


def restyle(element: Element, colors: Mapping[str, str]) -> None:
    """Shorten an element's style and put the page's colors into it."""
    rules = [rule.strip() for rule in element.get("style", "").split(";")]
    kept = []
    for rule in filter(None, rules):
        key, value = (part.strip() for part in rule.split(":", 1))
        if key == "font" or key == "font-size":
            size = re.search(r"[\d.]+px", value)
            kept.append(f"font-size:{size[0]}" if size else rule)
            if "bold" in value or re.search(r"\b[67]00\b", value):
                kept.append("font-weight:600")
        elif key not in DEFAULTS:
            kept.append(f"{key}:{colors.get(value, value)}")
    if element.get("class") == LABEL:
        del element.attrib["class"]
        kept.append(HALO + colors["halo"])
    if kept:
        element.set("style", ";".join(kept))


def round_numbers(element: Element) -> None:
    """Keep a tenth of a unit of coordinates and paths: less cannot be seen."""
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]
    if "d" in element.attrib:
        element.set("d", thinned(element.attrib["d"]))
    for key in NUMERIC:
        if key in element.attrib:
            value = NUMBER.sub(one_decimal, element.attrib[key])
            element.set(key, short_path(value) if key == "d" else value)


def one_decimal(match: re.Match[str]) -> str:
    """Return a number with one decimal, or none where that is a zero."""
    return f"{round(float(match[0]), 1):g}"


def short_path(path: str) -> str:
    """Return a path's data without needless blanks, dots as strokes of no length."""
    path = " ".join(path.split())
    path = re.sub(r"M (\S+) (\S+) L \1 \2(?= M|$)", r"M\1 \2h0", path)
    return re.sub(r" ?([MLCQz]) ?", r"\1", path)
