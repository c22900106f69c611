"""Values that an author names: numbers, or what a cell of the page has glued."""

from __future__ import annotations

from ast import literal_eval
from math import isfinite
from typing import NamedTuple

from docutils import nodes
from myst_nb.core.variables import RetrievalError
from myst_nb.ext.glue.utils import retrieve_glue_data

from groundup.grader import numbers
from groundup.grader.tolerance import written


class Value(NamedTuple):
    """A number, and how the page writes it."""

    number: float
    shown: str


def value(document: nodes.document, name: str) -> Value:
    """Return the value of a number, or of what was glued by this name.

    Raises ValueError with a sentence to the author where it is neither.
    """
    try:
        return Value(numbers.read(name), name.replace("-", "−"))
    except ValueError:
        glued = glued_value(document, name)
    if isinstance(glued, str):
        return Value(numbers.read(glued), glued.replace("-", "−"))
    return Value(float(glued), written(float(glued)))


def glued_value(document: nodes.document, name: str) -> str | float:
    """Return what a cell of this page has glued, a text or a number."""
    try:
        found = retrieve_glue_data(document, name).data["text/plain"]
    except RetrievalError:
        raise ValueError(f"no cell of this page glues {name!r}") from None
    # NumPy writes its scalars as np.float64(0.5).
    bare = found.split("(")[1].rstrip(")") if found.startswith("np.") else found
    try:
        glued = literal_eval(bare)
    except (ValueError, SyntaxError):
        glued = None
    if isinstance(glued, str) or (isinstance(glued, int | float) and isfinite(glued)):
        return glued
    raise ValueError(f"{name!r} is glued as {found}: glue a number")


def values(document: nodes.document, names: str) -> tuple[Value, ...]:
    """Return the values of names between commas."""
    return tuple(value(document, name.strip()) for name in names.split(","))
