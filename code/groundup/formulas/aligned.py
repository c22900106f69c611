"""What a cell displays: lines aligned at their signs, a reason beside each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .verification import Verified

DERIVATION = "application/vnd.groundup.derivation+json"


@dataclass(frozen=True)
class Row:
    """One line, in LaTeX: what is before the sign, and each sign with what follows."""

    left: str
    steps: Sequence[tuple[str, str]]
    because: str

    @property
    def right(self) -> str:
        """The line from its first sign on."""
        return " ".join(f"{sign} {latex}" for sign, latex in self.steps)

    def markdown(self) -> str:
        """Return the line as a row of a Markdown table, in which | has a meaning."""
        left, right = (
            f"$\\displaystyle {part}$".replace("|", r"\vert ") if part else ""
            for part in (self.left, self.right)
        )
        return f"| {left} | {right} | {self.because} |"


@dataclass(frozen=True)
class Aligned:
    """Lines, how they were checked, and the formula that they reach."""

    id: str
    rows: Sequence[Row]
    note: str
    verified: Verified | None = None

    def record(self) -> dict[str, Any]:
        """Return what the page needs to know."""
        return {
            "id": self.id,
            "rows": [dict(row.__dict__) for row in self.rows],
            "note": self.note,
            "formula": self.verified.record() if self.verified else None,
        }

    def markdown(self) -> str:
        """Return the lines where the page's style is absent: a table, and the box."""
        table = "\n".join(["| | | |", "|--:|:--|:--|", *map(Row.markdown, self.rows)])
        box = (
            self.verified._repr_mimebundle_()["text/markdown"] if self.verified else ""
        )
        return f"{table}\n\n{box}"

    def __repr__(self) -> str:
        lines = (f"{r.left} {r.right}   ({r.because})".strip() for r in self.rows)
        return "\n".join([f"{self.id}:", *lines])

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        return {
            DERIVATION: self.record(),
            "text/markdown": self.markdown(),
            "text/plain": repr(self),
        }
