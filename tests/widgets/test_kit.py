"""The kit on disk: scripts name the parts they use, and carry no others."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from groundup.widgets import kit
from groundup.widgets.explorable import SHARED, source

from .every import folders

pytestmark = pytest.mark.kept(inputs=lambda item: [SHARED])
PARTS = sorted(path.stem for path in kit.HERE.glob("*.js"))
SCRIPTS = sorted(SHARED.glob("*/*.js"))
DEFINED = re.compile(r"^(?:const|let|function) (\w+)", re.MULTILINE)
EACH_SCRIPT = pytest.mark.parametrize(
    "script", SCRIPTS, ids=lambda path: f"{path.parent.name}/{path.stem}"
)


def defined(script: Path) -> set[str]:
    """Return the names that a script gives to the whole module."""
    return set(DEFINED.findall(script.read_text(encoding="utf-8")))


def body(script: Path) -> str:
    """Return a script without its lines of comment."""
    lines = script.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.strip().startswith("//"))


def needless(script: Path) -> list[str]:
    """Return the parts that a script names and of which it uses nothing."""
    text = body(script)
    return [
        part
        for part in kit.named(script)
        if not any(
            re.search(rf"(?<![\w.]){name}\b", text)
            for name in defined(kit.HERE / f"{part}.js")
        )
    ]


def folder(place: Path, **scripts: str) -> Path:
    """Return the folder `thing` of an explorable with such scripts."""
    (place / "thing").mkdir()
    for name, text in scripts.items():
        (place / "thing" / f"{name}.js").write_text(text)
    return place / "thing"


def test_there_are_parts_and_explorables_that_use_them() -> None:
    assert len(PARTS) > 5
    for name in folders():
        used = kit.used(sorted((SHARED / name).glob("*.js")))
        assert "elements" in used, name


def test_a_part_that_does_not_exist_is_named_with_those_that_do(tmp_path: Path) -> None:
    thing = folder(tmp_path, thing="// kit: elements telescope plots\n")
    with pytest.raises(ValueError, match=r"thing\.js asks for plots, telescope: the"):
        source(thing, "js")
    with pytest.raises(ValueError, match=r"only axes, .*elements"):
        source(thing, "css")


def test_parts_come_once_before_what_uses_them_and_the_main_script_last(
    tmp_path: Path,
) -> None:
    thing = folder(
        tmp_path,
        other="// kit: numbers plot\nconst other = 1;\n",
        thing="// kit: plot elements\nconst thing = 2;\n",
    )
    text = source(thing, "js")
    order = ["const clamp =", "function fill(", "function axes(", "function lay("]
    order += ["const other", "const thing"]
    assert [text.count(mark) for mark in order] == [1] * len(order)
    assert sorted(order, key=text.index) == order
    assert "function shell(" not in text


def test_a_script_without_such_a_line_carries_nothing(tmp_path: Path) -> None:
    thing = folder(tmp_path, thing="const thing = 2;\n// kit: plot\n")
    assert source(thing, "js") == "const thing = 2;\n"
    assert source(thing, "css") == ""


def test_lines_of_comment_stay_behind_and_no_code_with_them(tmp_path: Path) -> None:
    code = 'const a = "//"; // why\n  // where\nconst b = `https://x`;\n'
    text = source(folder(tmp_path, thing=f"// what\n{code}"), "js")
    assert text == 'const a = "//"; // why\nconst b = `https://x`;\n'


@EACH_SCRIPT
def test_a_script_uses_something_of_each_part_that_it_names(script: Path) -> None:
    assert needless(script) == []


def test_a_part_that_nothing_is_used_of_is_found(tmp_path: Path) -> None:
    text = "// kit: numbers links\n// linkedState(\nconst x = clamp(el.linkedState);\n"
    assert needless(folder(tmp_path, thing=text) / "thing.js") == ["links"]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_is_small_and_says_first_what_it_is(part: str) -> None:
    lines = (kit.HERE / f"{part}.js").read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 150
    said = lines[1] if lines[0].startswith(kit.FIRST) else lines[0]
    assert said.startswith("// ") and part not in kit.used([kit.HERE / f"{part}.js"])


def test_no_part_is_there_for_nobody() -> None:
    own = [path for path in SCRIPTS if path.parent != kit.HERE]
    assert set(kit.used(own)) == set(PARTS)


@pytest.mark.parametrize("name", ["gradient_descent", "attention"])
def test_what_the_kit_has_is_not_made_again(name: str) -> None:
    of_the_kit = {n for part in PARTS for n in defined(kit.HERE / f"{part}.js")}
    own = {n for path in (SHARED / name).glob("*.js") for n in defined(path)}
    assert own & of_the_kit == set()
    text = "".join(body(path) for path in (SHARED / name).glob("*.js"))
    for kept in ("new AbortController", "IntersectionObserver", "setPointerCapture"):
        assert kept not in text
    assert "requestAnimationFrame" not in text and "gu-spoken" not in text
