"""Finds the explorables of the book: nothing has to be registered anywhere."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from importlib import import_module

import pytest
from groundup.widgets.explorable import SHARED, Explorable

Make = Callable[[], Explorable]


def folders() -> list[str]:
    """Return the names of the explorables: folders with a script of their name."""
    return sorted(path.stem for path in SHARED.glob("*/*.js") if is_main(path))


def is_main(path) -> bool:
    """Tell whether a script is the one that has the name of its folder."""
    return path.stem == path.parent.name


def classes(name: str) -> list[type[Explorable]]:
    """Return the explorables that a folder defines."""
    module = import_module(f"groundup.widgets.{name}")
    own = (c for c in vars(module).values() if inspect.isclass(c))
    return [
        c for c in own if issubclass(c, Explorable) and c.__module__ == module.__name__
    ]


def ways(cls: type[Explorable]) -> dict[str, Make]:
    """Return its `example`, and every other class method that makes one of nothing."""
    made = {
        name: getattr(cls, name)
        for name, member in vars(cls).items()
        if isinstance(member, classmethod)
        and member.__func__.__annotations__.get("return") == "Self"
        and not inspect.signature(getattr(cls, name)).parameters
    }
    return {"example": cls.example, **made}


EVERY = {
    name if way == "example" else f"{name}-{way}": make
    for name in folders()
    for cls in classes(name)
    for way, make in ways(cls).items()
}
EACH = pytest.mark.parametrize("make", EVERY.values(), ids=EVERY)
