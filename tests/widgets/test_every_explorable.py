"""What holds of each explorable of the book: on disk, and in a page."""

from __future__ import annotations

import json
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import groundup.widgets
import numpy as np
import pytest
from groundup.transformers.gpt import GPT, Config
from groundup.transformers.tokenization import trained
from groundup.widgets import (
    Attention,
    ConceptMap,
    GradientDescent,
    Journey,
    Merges,
    NextToken,
)
from groundup.widgets.explorable import MIME
from ipywidgets.embed import dependency_state

from .conftest import Open, work_until_live

TALL = '<div style="height:3000px"></div>'


def concept_map() -> ConceptMap:
    chapter = {
        "id": "algorithms/linear_regression",
        "title": "Linear regression",
        "part": "algorithms",
        "url": "chapters/algorithms/linear_regression.html",
        "teaches": ["least squares"],
        "needs": ["vectors"],
        "minutes": 90,
        "prerequisites": [],
        "status": "ready",
    }
    return ConceptMap([chapter])


def gradient_descent() -> GradientDescent:
    rng = np.random.default_rng(1)
    x = rng.normal(size=342)
    return GradientDescent(x, 2 * x + rng.normal(size=342))


def going_by_itself() -> GradientDescent:
    return GradientDescent.going_by_itself()


def journey() -> Journey:
    return Journey(GPT(Config(27, 12, 32, 2, 4)), "anna")


def merges() -> Merges:
    return Merges(trained(["the penguins' pool, the other penguin's pool " * 3], 60))


def next_token() -> NextToken:
    rng = np.random.default_rng(0)
    words = [f" word{n}" for n in range(5000)]
    return NextToken([(f"p{n}", words, 3 * rng.normal(size=5000)) for n in range(3)])


MAKERS = [
    Attention,
    concept_map,
    gradient_descent,
    going_by_itself,
    journey,
    merges,
    next_token,
]
EACH = pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__.lower())


def test_no_explorable_is_left_out() -> None:
    made = {type(make()).__name__ for make in MAKERS}
    assert made == set(groundup.widgets.__all__) - {"Explorable"}


@EACH
def test_mime_bundle_has_what_the_page_and_what_jupyter_needs(make) -> None:
    widget = make()
    data, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    record = data[MIME]
    assert set(record) == {"model_id", "name", "caption", "poster", "room"}
    assert record["model_id"] == widget.model_id
    json.dumps(record)


@EACH
def test_saved_state_survives_json_with_all_traits_and_both_sources(make) -> None:
    widget = make()
    state = json.loads(json.dumps(dependency_state([widget])))
    saved = state[widget.model_id]["state"]
    assert saved["_esm"] == str(widget._esm)
    assert saved["_css"] == str(widget._css)
    own = {name for name in widget.traits(sync=True) if name not in {"comm", "keys"}}
    assert own <= set(saved)


@EACH
def test_code_stays_within_its_budget(make) -> None:
    widget = make()
    assert len(f"{widget._esm}{widget._css}".encode()) <= 60_000


@EACH
def test_poster_is_well_formed_and_takes_its_colors_from_the_theme(make) -> None:
    poster = make().poster()
    ElementTree.fromstring(poster)
    for color in poster.split("#")[1:]:
        before = poster[: poster.index("#" + color)].rsplit("(", 1)[-1]
        assert before.startswith("--gu-"), f"a color without a variable: {color[:7]}"


@EACH
def test_module_is_one_valid_script_without_imports(make, tmp_path: Path) -> None:
    text = str(make()._esm)
    assert "import " not in text.replace("import(", "")
    assert text.count("export default") == 1
    node = shutil.which("node")
    if node is None:
        return  # the browser tests run the same text
    file = tmp_path / "module.mjs"
    file.write_text(text, encoding="utf-8")
    subprocess.run([node, "--check", str(file)], check=True)


@EACH
def test_first_frame_takes_100_ms_of_work_from_being_near(
    open_page: Open, make
) -> None:
    page = open_page(make(), before=TALL, live=False)
    assert 1 < work_until_live(page) <= 100


@EACH
def test_on_a_phone_nothing_is_wider_than_the_page(open_page: Open, make) -> None:
    page = open_page(make(), width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
