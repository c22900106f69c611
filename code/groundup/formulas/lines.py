"""A line of a derivation, as its author writes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .agreement import Given

SIGNS = {"=": "=", "≈": r"\approx"}


@dataclass(frozen=True)
class Named:
    """A left side: the name that a reader sees, and what it stands for."""

    latex: str
    meaning: Any


@dataclass(frozen=True)
class Line:
    """One line of a derivation, as its author wrote it."""

    expression: Any
    because: str
    shown: Any
    relation: str
    within: float
    near: Given
    at: Mapping[Any, Any]
    left: Any
    without: Any

    @property
    def form(self) -> Any:
        """The form in which a reader sees it."""
        return self.expression if self.shown is None else self.shown


def named(latex: str, meaning: Any) -> Named:
    """Return a left side that is shown as LaTeX and has the value of an expression."""
    return Named(latex, meaning)


def line(
    expression: Any,
    because: str = "",
    *,
    shown: Any = None,
    relation: str = "=",
    within: float = 0.0,
    near: Given | None = None,
    at: Mapping[Any, Any] | None = None,
    left: Any = None,
    without: Any = None,
) -> Line:
    """Return a line: an expression or `equation(left, right)`, and the reason for it.

    `shown` is another form of the expression, seen in its place and compared with it.
    `relation="≈"` needs `within`, the relative error that is allowed, and `near`, how
    symbols are drawn where the line holds. `at` puts numbers in for symbols, in this
    line and below it. A `left` side begins a new chain. `without` is a solution that
    the line gives up. Raises ValueError for a relation that is not known or not whole.
    """
    if relation not in SIGNS:
        raise ValueError(f"a line says = or ≈, found {relation!r}")
    if (relation == "≈") != (within > 0):
        raise ValueError("≈ and within, the error that is allowed, belong together")
    if relation == "≈" and not because:
        raise ValueError("≈ needs a reason")
    return Line(
        expression,
        because,
        shown,
        relation,
        within,
        near or {},
        at or {},
        left,
        without,
    )
