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
