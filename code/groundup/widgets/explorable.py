"""The base of every explorable: a widget that is alive with and without a kernel."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any, ClassVar, Self

import anywidget
from traitlets import Unicode

from . import kit

MIME = "application/vnd.groundup.explorable+json"
SHARED = Path(__file__).parent
COMMENT = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)


def source(folder: Path, suffix: str) -> str:
    """Return one text: the kit's parts that its scripts name, its own, the main one.

    The browser gets a single module, so parts are joined and import nothing; lines of
    comment stay behind. Raises ValueError where a script names a part that the kit does
    not have.
    """
    main = folder / f"{folder.name}.{suffix}"
    own = [*sorted(set(folder.glob(f"*.{suffix}")) - {main}), main]
    parts = kit.used(sorted(folder.glob("*.js")))
    files = [*(kit.HERE / f"{part}.{suffix}" for part in parts), *own]
    text = "\n".join(f.read_text(encoding="utf-8") for f in files if f.is_file())
    return COMMENT.sub("", text) if suffix == "js" else text


class Explorable(anywidget.AnyWidget):
    """A picture that a reader operates, in a notebook and in the static page.

    A subclass lives in `<name>/__init__.py` with `<name>.js` and `<name>.css` beside
    it. Its module computes what depends on the reader's hand, so no kernel is needed.
    Each has an `example()`, which the tests that hold for all explorables open.
    `caption` is inline HTML; `name` must be unique on a page.
    """

    folder: ClassVar[Path] = SHARED
    name = Unicode().tag(sync=True)
    caption = Unicode().tag(sync=True)

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Read the module and the style beside the class as text.

        Raises TypeError where neither the class nor a base of it has a module, and
        ValueError where a script names a part that the kit does not have.
        """
        file = getattr(sys.modules[cls.__module__], "__file__", None)
        folder = Path(file).parent if file else Path()
        # traitlets makes a subclass for each added trait: these have their module.
        if folder != cls.folder and (folder / f"{folder.name}.js").is_file():
            cls.folder = folder
            cls._esm = source(folder, "js")
            cls._css = source(folder, "css")
        if not hasattr(cls, "_esm"):
            raise TypeError(f"{cls.__name__}: there is no {folder.name}.js beside it")
        super().__init_subclass__(**kwargs)

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("name", self.folder.name.replace("_", "-"))
        super().__init__(**kwargs)

    @classmethod
    def example(cls) -> Self:
        """Return one with what a chapter would give it, as large but made up."""
        raise NotImplementedError(f"{cls.__name__} has no example")

    def poster(self) -> str:
        """Return well-formed HTML or SVG that stands in without JavaScript."""
        raise NotImplementedError(f"{type(self).__name__} has no poster")

    def room(self) -> tuple[str, str]:
        """Return the heights to keep free for it, CSS lengths: wide page, narrow page.

        The page must not move when the explorable takes the place of its poster.
        """
        return "0px", "0px"

    def get_state(self, key: Any = None, drop_defaults: bool = False) -> dict[str, Any]:
        """Return the traits to sync: always all, a static page knows no defaults."""
        state: dict[str, Any] = super().get_state(key=key, drop_defaults=False)
        return state

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return what Jupyter shows, and beside it what the page's renderer needs."""
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        record = {
            "model_id": self.model_id,
            "name": self.name,
            "caption": self.caption,
            "poster": self.poster(),
            "room": self.room(),
        }
        return {**data, MIME: record}, metadata
