"""Numbers for the prose: a sentence shows what a cell computed, and types nothing."""

from __future__ import annotations

from typing import Any

from IPython.display import display

# What MyST-NB's role `{glue:text}` looks for; other programs do not know this type
# and so show nothing.
HIDDEN = "application/papermill.record/"


def glue(name: str, value: Any) -> None:
    """Keep a value for the sentence that says ``{glue:text}`name` ``.

    A string is kept as it is, anything else as `str` writes it. Raises ValueError for
    an empty name.
    """
    if not name:
        raise ValueError("expected a name for the value, found an empty string")
    record = {"scrapbook": {"name": name, "mime_prefix": HIDDEN}}
    # A notebook outside the book cannot put it into the sentence, and shows it here.
    outputs = {f"{HIDDEN}text/plain": repr(value), "text/plain": f"{name}: {value}"}
    display(outputs, raw=True, metadata=record)
