"""What every explorable has: its sources, its mime bundle, a state, a poster."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree

import numpy as np
import pytest
from groundup.widgets.explorable import MIME, SHARED, Explorable
from groundup.widgets.gradient_descent import GradientDescent
from ipywidgets import FloatSlider, HBox, jslink


def descent() -> GradientDescent:
    return GradientDescent([1, 2, 3, 4], [2, 3, 5, 6])


def test_host_stays_within_its_budget() -> None:
    assert (SHARED / "host.js").stat().st_size <= 4_096


def test_every_picture_of_the_poster_says_in_words_what_it_shows() -> None:
    tree = ElementTree.fromstring(descent().poster())
    pictures = [node for node in tree if node.tag.endswith("svg")]
    assert len(pictures) == 2
    for picture in pictures:
        assert picture.get("role") == "img"
        told = (picture.get("aria-labelledby") or "").split()
        texts = {node.get("id"): node.text for node in picture}
        assert len(told) == 2
        assert all(texts[id_] for id_ in told)


def test_poster_of_a_diverging_run_is_finite_and_still_well_formed() -> None:
    widget = GradientDescent([1, 2, 3, 4], [2, 3, 5, 6], learning_rate=5.0)
    poster = widget.poster()
    ElementTree.fromstring(poster)
    marks = poster.split("<title", 1)[1].replace("INK", "")
    assert "nan" not in marks and "inf" not in marks


def test_poster_of_many_points_is_light() -> None:
    rng = np.random.default_rng(0)
    x = rng.normal(size=342)
    assert len(GradientDescent(x, 3 * x + rng.normal(size=342)).poster()) < 40_000


def test_two_explorables_of_one_class_can_have_their_own_names() -> None:
    widget = GradientDescent([1, 2], [1, 3], name="two-points")
    assert widget._repr_mimebundle_()[0][MIME]["name"] == "two-points"
    assert descent().name == "gradient-descent"


def test_a_class_without_a_module_is_refused() -> None:
    with pytest.raises(TypeError, match="Nothing: there is no"):
        type("Nothing", (Explorable,), {"__module__": __name__})


def test_a_subclass_in_a_notebook_keeps_the_module_of_its_base() -> None:
    own = type("Own", (GradientDescent,), {"__module__": __name__})
    assert str(own([1, 2], [1, 3])._esm) == str(descent()._esm)


def test_it_is_a_widget_like_any_other() -> None:
    widget, seen = descent(), []
    widget.observe(lambda change: seen.append(change["new"]), names="learning_rate")
    widget.learning_rate = 0.05
    slider = FloatSlider(max=0.1)
    jslink((slider, "value"), (widget, "learning_rate"))
    assert seen == [0.05]
    assert HBox([widget, slider]).children[0] is widget


def test_a_message_from_the_page_reaches_observers() -> None:
    widget, seen = descent(), []
    widget.observe(lambda change: seen.append(change["new"]), names="w")
    widget.set_state({"start": [1.0, 2.0], "w": [1.0, 2.0], "step": 0})
    assert seen == [[1.0, 2.0]]
    assert widget.start == [1.0, 2.0]


@pytest.mark.kept(inputs=lambda item: [SHARED])
def test_no_color_is_written_without_a_variable_of_the_theme() -> None:
    for file in [*SHARED.rglob("*.css"), *SHARED.rglob("*.js")]:
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.strip().startswith("--gu-"):
                continue  # the palette that stands in for the theme in JupyterLab
            parts = line.split("#")
            for before, after in zip(parts, parts[1:], strict=False):
                if len(after) >= 6 and all(c in "0123456789abcdef" for c in after[:6]):
                    assert before.endswith(", "), f"{file.name}: {line.strip()}"
