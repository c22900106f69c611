"""The states of a page's explorables, with names that every build gives again."""

from __future__ import annotations

import json
from typing import Any

from sphinx.application import Sphinx

STATE = "ipywidgets_state"


def widget_state(app: Sphinx, page: str) -> dict[str, Any]:
    """Return the saved state of the models of a page's widgets by their names."""
    stored = getattr(app.env, "nb_metadata", {}).get(page, {})
    saved = stored.get("js_files", {}).get(STATE)
    if saved:
        return dict(json.loads(saved[1]["body"])["state"])
    return dict(getattr(app.env, "gu_widget_states", {}).get(page, {}))


def name_widgets(body: str, state: dict[str, Any]) -> tuple[str, str]:
    """Return a page's text and widget state with names that every build gives again.

    Jupyter names widgets at random. Those that the page shows are counted; models of
    which it shows nothing, layouts for one, are left out with all references to them.
    """
    kept = {}
    for number, name in enumerate(
        sorted(filter(body.__contains__, state), key=body.find)
    ):
        model = state[name]
        traits = {k: v for k, v in model["state"].items() if not refers_to_model(v)}
        kept[f"model-{number}"] = {**model, "state": traits}
        body = body.replace(name, f"model-{number}")
    share(kept)
    text = json.dumps({"state": kept}, sort_keys=True, separators=(",", ":"))
    return body, text.replace("</", "<\\/") if kept else ""


def share(models: dict[str, Any]) -> None:
    """Leave out what a model's state has like an earlier one's, and name that one.

    Explorables of one kind have the same program and style, most of their bytes.
    """
    owners: dict[str, str] = {}
    for name, model in models.items():
        state = model["state"]
        owner = owners.setdefault(state.get("_esm", name), name)
        if owner != name:
            shared = models[owner]["state"]
            kept = {k: v for k, v in state.items() if k not in shared or v != shared[k]}
            models[name] = {**model, "state": kept, "like": owner}


def refers_to_model(value: Any) -> bool:
    """Tell whether a trait's value stands for another widget."""
    return isinstance(value, str) and value.startswith("IPY_MODEL_")
