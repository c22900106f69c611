"""Refreshers: short, with an example whose numbers are right."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
from groundup.book.front import title_of
from groundup.book.refreshers import FOLDER, LONGEST, read, words

TEXTS = Path(__file__).resolve().parents[2] / FOLDER
y = np.array([2, 3, 5, 6])
product = np.array([[1, 2], [3, 4]]) @ np.array([[5, 0], [6, 1]])
thin = np.outer([1, 2, 3], [5, 0, 1])
strong = np.linalg.svd(np.array([[2, 2], [-1, 1]]))[1]
WORKED = {
    "mean": [f"= {y.mean():.0f}.", "here $-2, -1, 1, 2$"],
    "sigma": [f"= {y.sum()}.", rf"3 \sum y_i = {3 * y.sum()}$"],
    "derivative": ["= 6 + h."],
    "dot_product": [f"= {np.dot([1, 2, 3], [4, 0, -1])}."]
    + [f"(3, 4) \\cdot (3, 4) = {np.dot([3, 4], [3, 4])}$, and the length is 5."],
    "rank": [r" \\ ".join(" & ".join(map(str, row)) for row in thin)],
    "singular_values": ["= {:.0f} + {:.0f}$".format(*strong**2)]
    + [rf"\sqrt {strong[0] ** 2:.0f}$ and $\sqrt {strong[1] ** 2:.0f}$"],
    "matrix_product": [r" \\ ".join(" & ".join(map(str, row)) for row in product)],
    "exponential": [rf"e^{{-1}} \approx {math.exp(-1):.3f}"]
    + [rf"e^1 \approx {math.e:.3f}", rf"e^2 \approx {math.exp(2):.3f}."],
}


@pytest.mark.parametrize("path", sorted(TEXTS.glob("*.md")), ids=lambda p: p.stem)
def test_a_refresher_is_short_and_worked(path: Path) -> None:
    assert title_of(path)
    text = read(path)
    assert 40 <= words(text) <= LONGEST
    assert "$$" in text or "<svg" in text
    for figure in WORKED.get(path.stem, []):
        assert figure in text


def test_the_distances_from_the_mean_are_those_of_the_text() -> None:
    assert list(y - y.mean()) == [-2, -1, 1, 2]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Add up some numbers.", 4),
        ("The mean $a + b$ of – two", 5),
        ("$$\na + b\n= c\n$$\n\nThen.", 2),
        ('<svg viewBox="0 0 1 1"><text>slope 6</text></svg>\n\nOne.', 1),
    ],
)
def test_a_formula_is_a_word_and_a_drawing_is_none(text: str, count: int) -> None:
    assert words(text) == count


def test_a_refresher_that_is_too_long_or_unknown_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_text("# Long\n\n" + "word " * LONGEST)
    assert read(path)
    path.write_text("# Long\n\n" + "word " * (LONGEST + 1))
    with pytest.raises(ValueError, match="121 words, at most 120"):
        read(path)
    with pytest.raises(ValueError, match="there is none; there are long"):
        read(tmp_path / "short.md")
