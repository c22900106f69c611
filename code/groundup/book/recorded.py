"""Keeps what cells with peers printed: `python -m groundup.book.recorded`.

Reads the runs of the last build, and writes for each chapter the outputs that stand in
where PyTorch is absent, `groundup/recorded/<part>/<topic>.json`.
"""

from __future__ import annotations

import ast
import json
import sys
from pathlib import Path
from typing import Any

from jupyter_cache import get_cache

from groundup.peers import RECORDED, Guard, bindings, key

from .cards import read_cards


def optional_packages(tree: ast.AST) -> set[str]:
    """Return the packages that a cell names in `peers.optional(…)`."""
    return {
        str(argument.value)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "peers.optional"
        for argument in call.args
        if isinstance(argument, ast.Constant)
    }


def printed(cell: Any) -> str:
    """Return the text that a cell printed."""
    streams = [o.text for o in cell.outputs if o.output_type == "stream"]
    return "".join(streams).rstrip("\n")


def outputs(notebook: Any) -> dict[str, str]:
    """Return what the cells of an executed notebook that need peers printed."""
    guard, known, found = Guard(), set[str](), dict[str, str]()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        tree = ast.parse(cell.source)
        guard.packages |= optional_packages(tree)
        if guard.needs(cell.source, known):
            found[key(cell.source)] = printed(cell)
        else:
            known |= set(bindings(tree))
    return found


def of_the_last_build(root: Path) -> dict[str, dict[str, str]]:
    """Return for each topic what its cells with peers printed.

    Raises FileNotFoundError where the book has not been built.
    """
    folder = root / "_build/.jupyter_cache"
    if not folder.is_dir():
        raise FileNotFoundError(f"no executed chapters in {folder}: run make book")
    cache = get_cache(folder)
    runs = {Path(r.uri): r.pk for r in cache.list_cache_records()}
    found = {}
    for card in read_cards(root):
        pk = runs.get(root / f"{card.docname}.md")
        if pk is not None and (said := outputs(cache.get_cache_bundle(pk).nb)):
            found[card.topic] = said
    return found


def text(said: dict[str, str]) -> str:
    """Return the text of a chapter's file."""
    return json.dumps(said, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def main() -> int:
    """Write the files of all chapters anew."""
    found = of_the_last_build(Path.cwd())
    for path in RECORDED.rglob("*.json"):
        path.unlink()
    for topic, said in found.items():
        path = RECORDED / f"{topic}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text(said), encoding="utf-8")
        print(f"{topic}: {len(said)} cells")
    return 0


if __name__ == "__main__":
    sys.exit(main())
