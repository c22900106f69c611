"""What holds of each explorable of the book on disk, before a page shows it."""

from __future__ import annotations

import json
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from groundup.widgets.explorable import MIME
from ipywidgets.embed import dependency_state

from .every import EACH, Make, classes, folders

DATA = 300_000  # bytes that an explorable may bring beside its code


def test_every_folder_has_one_explorable_and_there_are_some() -> None:
    assert len(folders()) >= 6
    assert {name: len(classes(name)) for name in folders()} == dict.fromkeys(
        folders(), 1
    )


@EACH
def test_mime_bundle_has_what_the_page_and_what_jupyter_needs(make: Make) -> None:
    widget = make()
    data, _ = widget._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    record = data[MIME]
    assert set(record) == {"model_id", "name", "caption", "poster", "room"}
    assert record["model_id"] == widget.model_id
    json.dumps(record)


@EACH
def test_saved_state_survives_json_with_all_traits_and_both_sources(make: Make) -> None:
    widget = make()
    state = json.loads(json.dumps(dependency_state([widget])))
    saved = state[widget.model_id]["state"]
    assert saved["_esm"] == str(widget._esm)
    assert saved["_css"] == str(widget._css)
    own = {name for name in widget.traits(sync=True) if name not in {"comm", "keys"}}
    assert own <= set(saved)


@EACH
def test_code_stays_within_its_budget(make: Make) -> None:
    widget = make()
    assert len(f"{widget._esm}{widget._css}".encode()) <= 60_000


@EACH
def test_data_stay_within_their_budget(make: Make) -> None:
    traits = dict(make().get_state())
    code = {name: traits.pop(name) for name in ("_esm", "_css")}
    assert all(code.values())
    assert len(json.dumps(traits, default=len).encode()) <= DATA


@EACH
def test_poster_is_well_formed_and_takes_its_colors_from_the_theme(make: Make) -> None:
    poster = make().poster()
    ElementTree.fromstring(poster)
    for color in poster.split("#")[1:]:
        before = poster[: poster.index("#" + color)].rsplit("(", 1)[-1]
        assert before.startswith("--gu-"), f"a color without a variable: {color[:7]}"


@EACH
def test_module_is_one_valid_script_without_imports(make: Make, tmp_path: Path) -> None:
    text = str(make()._esm)
    assert "import " not in text.replace("import(", "")
    assert text.count("export default") == 1
    node = shutil.which("node")
    if node is None:
        return  # the browser tests run the same text
    file = tmp_path / "module.mjs"
    file.write_text(text, encoding="utf-8")
    subprocess.run([node, "--check", str(file)], check=True)
