"""Builds one chapter: `python -m groundup.book.one_chapter linear_regression`.

Sphinx is told to write the one page; the rest of the book is taken as it was read
last, so that numbers and links of the page are right. Where the book was not built
yet, or by other code, all of it is built.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from . import own_version
from .cards import docnames


def chapter_file(root: Path, topic: str) -> Path:
    """Return the page of a topic, named `topic` or `part/topic`.

    Raises ValueError with the topics there are, if this is none of them.
    """
    pages = [name for name in docnames(root) if name.startswith("chapters/")]
    for name in pages:
        if topic and f"/{name}".endswith(f"/{topic}"):
            return root / f"{name}.md"
    known = ", ".join(name.rsplit("/", 1)[-1] for name in pages)
    asked = f"there is no chapter {topic!r}" if topic else "name a chapter: TOPIC=…"
    raise ValueError(f"{asked}; the pages are: {known}")


def was_built(root: Path) -> bool:
    """Tell whether the whole book was built, by the code that is here."""
    index = root / "_build/html/searchindex.js"
    made_by = f'"groundup.book": {own_version()}'
    return index.is_file() and made_by in index.read_text(encoding="utf-8")


def build(root: Path, path: Path) -> int:
    """Build a page, with the book around it if need be; returns the exit status."""
    tool = str(Path(sys.executable).with_name("jupyter-book"))
    strict = ["-W", "-n", "--keep-going"]
    if not was_built(root):
        print("The page takes its numbers and links from the book: all of it is built.")
        return subprocess.run([tool, "build", ".", *strict], check=False).returncode
    sphinx = [sys.executable, "-m", "sphinx", "-b", "html", *strict]
    sphinx += ["-c", ".", "-d", "_build/.doctrees", ".", "_build/html", str(path)]
    try:
        for command in ([tool, "config", "sphinx", "."], sphinx):
            if code := subprocess.run(command, check=False).returncode:
                return code
    finally:
        (root / "conf.py").unlink(missing_ok=True)  # made from _config.yml
    return 0


def main(arguments: Sequence[str]) -> int:
    """Build the chapter that the arguments name, strictly."""
    root = Path.cwd()
    try:
        path = chapter_file(root, arguments[0] if arguments else "")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    if code := build(root, path):
        return code
    page = root / "_build/html" / path.relative_to(root).with_suffix(".html")
    print(f"\nThe chapter is built. Open  {page.as_uri()}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
