"""A small book in which two topics have an exercise of the same id."""

from __future__ import annotations

from pathlib import Path

from groundup.grader.authoring import create

FIRST, SECOND = "late/two", "early/one"  # as the book is read
MEAN = "import numpy as np\n\n\ndef score(x):\n    return np.mean(x**2)\n"
SUM = MEAN.replace("np.mean", "np.sum")


def write_exercises(book: Path, chapters: tuple[str, ...] = (FIRST, SECOND)) -> Path:
    """Write them into a book: means of squares come first, sums of squares second.

    Returns the folder of the exercises.
    """
    root = book / "exercises"
    for chapter in chapters:
        if (root / chapter / "score").exists():
            continue
        folder = create(root, chapter, "score")
        if chapter == SECOND:
            add_up(folder)
    files = "".join(f"  - file: chapters/{chapter}\n" for chapter in chapters)
    contents = book / "_toc.yml"
    if not contents.exists() or "score" in contents.read_text():
        head = "# score\nformat: jb-book\nroot: index\nchapters:\n"
        contents.write_text(f"{head}{files}")
    return root


def add_up(folder: Path) -> None:
    """Turn an exercise on a mean into one on a sum."""
    for name, old, new in (
        ("solution.py", "np.mean", "np.sum"),
        ("test_score.py", "12.5", "25.0"),
        ("test_score.py", " / size", ""),
        ("right.yml", "np.mean", "np.sum"),
        ("right.yml", " / len(x)", ""),
        ("right.yml", " / x.size", ""),
    ):
        path = folder / name
        path.write_text(path.read_text().replace(old, new))
    (folder / "wrong.yml").unlink()
