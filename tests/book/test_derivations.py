"""Derivations on the page: their order, their reasons, and where lines may break."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes
from groundup.book.derivations import (
    breakable,
    derivation_line,
    derivation_node,
    how_checked,
)

from .test_builds import SmallBook

CELL = """
```{{code-cell}} ipython3
:tags: [check]

import sympy as sp

from groundup.algorithms import linear_regression as lr
from groundup.formulas import derivation, kept, line

n, i = sp.symbols("n i", integer=True, positive=True)
y, p = sp.IndexedBase("y"), sp.IndexedBase("p")
mean = sp.Sum(y[i], (i, 1, n)) / n
left = sp.Sum((y[i] - p[i]) ** 2, (i, 1, n))
around = sp.Sum((y[i] - mean) ** 2, (i, 1, n))
derivation(
    "{name}.share",
    1 - left / around,
    [line(kept(around {sign} left) / around, "a common denominator")],
    {{n: range(3, 6), y: (n,), p: (n,)}},
    lr.r_squared,
)
```
"""
RECORD: dict[str, Any] = {
    "note": "The last was compared with `lr.slope`.",
    "rows": [
        {"left": "L", "steps": [["=", "a + b"]], "because": "the sum of $n$ terms"},
        {"left": "", "steps": [["=", "c"], [r"\approx", "2"]], "because": ""},
    ],
}
LONG = r"w \left({x}_{i} - \bar{x}\right) - \left({y}_{i} - \bar{y}\right)"


def test_a_line_is_read_as_its_number_its_mathematics_and_its_reason() -> None:
    first, second = derivation_node(RECORD).findall(derivation_line)
    reason = "because the sum of n terms"
    assert first.astext() == (
        rf"Line 1: \displaystyle L\displaystyle = \nobreak a + b {reason}"
    )
    assert second.astext() == (
        r"Line 2: \displaystyle = \nobreak c \displaystyle \approx \nobreak 2 "
    )
    assert [math.astext() for math in first.findall(nodes.math)][-1] == "n"


def test_how_it_was_checked_is_said_with_the_code_s_name() -> None:
    (said,) = how_checked(derivation_node(RECORD))
    assert isinstance(said, nodes.Element)
    assert [name.astext() for name in said.findall(nodes.literal)] == ["lr.slope"]


@pytest.mark.parametrize("reasons", [True, False])
def test_a_block_without_reasons_keeps_no_room_for_them(reasons: bool) -> None:
    rows = RECORD["rows"] if reasons else RECORD["rows"][1:]
    assert derivation_node({**RECORD, "rows": rows})["reasons"] is reasons


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"2 \left(a - b\right)", None),
        (rf"2 \left({LONG}\right)^{{2}}", f"2 ({LONG})^{{2}}"),
        (rf"\left({LONG}\right) \left({LONG}\right)", f"({LONG}) ({LONG})"),
        (rf"\frac{{\left({LONG}\right)}}{{n}}", None),
        (rf"\left(\sum {LONG}\right)", rf"\biggl(\sum {LONG}\biggr)"),
        (
            rf"\left(\frac{{a}}{{b}} {LONG}\right)",
            rf"\Bigl(\frac{{a}}{{b}} {LONG}\Bigr)",
        ),
        (r"2 \cdot 3", r"2 \cdot \nobreak 3"),
    ],
)
def test_long_brackets_outside_of_groups_may_be_broken(
    latex: str, shown: str | None
) -> None:
    assert breakable(latex) == (latex if shown is None else shown)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """What a build says of one right and one wrong derivation, and the right page."""
    book = SmallBook(tmp_path_factory.mktemp("book"))
    for name, sign in (("one", "-"), ("two", "+")):
        path = book.path(name)
        path.write_text(path.read_text() + CELL.format(name=name, sign=sign))
    done = book.build()
    assert done.returncode != 0
    page = book.root / "_build/html/chapters/algorithms/one.html"
    text = page.read_text()
    return done.stdout + done.stderr, text[text.index("<main") :]


def test_a_line_that_does_not_follow_ends_the_build_and_is_named(
    built: tuple[str, str],
) -> None:
    said, _ = built
    assert "two.share: line 1 does not follow from what is before it" in said
    assert "one.share" not in said


def test_a_page_shows_the_lines_the_box_and_then_how_they_were_checked(
    built: tuple[str, str],
) -> None:
    _, page = built
    places = [
        page.index(text)
        for text in (
            '<ol class="gu-derivation" role="list">',
            "a common denominator",
            'id="formula-one-share"',
            "How this was checked",
            "Each line was compared with the one before it",
        )
    ]
    assert places == sorted(places)
