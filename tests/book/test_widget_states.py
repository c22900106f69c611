"""What a page keeps of its explorables: what two of a kind share stands there once."""

from __future__ import annotations

import json
from typing import Any

from groundup.book.widget_states import name_widgets


def model(**state: Any) -> dict[str, Any]:
    return {"model_name": "AnyModel", "state": state}


def test_what_models_of_a_kind_share_is_kept_once() -> None:
    state = {
        "b1": model(_esm="program", _css="style", x=1, y=2),
        "c2": model(_esm="program", _css="style", x=1, y=3),
        "d3": model(_esm="another", _css="style", x=1),
    }
    body, text = name_widgets("first b1, then c2 and d3", state)
    assert body == "first model-0, then model-1 and model-2"
    found = json.loads(text)["state"]
    assert (
        found["model-1"]["state"] == {"y": 3} and found["model-1"]["like"] == "model-0"
    )
    assert found["model-2"] == state["d3"] and found["model-0"] == state["b1"]


def test_a_value_that_the_first_lacks_stays() -> None:
    state = {"b1": model(_esm="p"), "c2": model(_esm="p", x=None)}
    found = json.loads(name_widgets("b1 c2", state)[1])["state"]
    assert found["model-1"]["state"] == {"x": None}
