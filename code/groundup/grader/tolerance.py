"""How near to the truth a number has to be, as an author writes it: 5 % or 0.01."""

from __future__ import annotations

from typing import NamedTuple

from . import numbers

DIGITS = 6  # of a number that nobody has made a text


class Tolerance(NamedTuple):
    """How far from the truth still counts: an amount, or a share of the truth."""

    amount: float
    relative: bool

    def width(self, value: float) -> float:
        """Return the distance from this value that still counts."""
        return self.amount * abs(value) if self.relative else self.amount

    def stated(self, unit: str) -> str:
        """Return the tolerance as the page states it, such as `within 10 %`."""
        if self.relative:
            return f"within {written(100 * self.amount)} %"
        return " ".join(["within", written(self.amount), unit]).rstrip()


def written(number: float) -> str:
    """Return a number of at most six digits with a minus sign, not a hyphen."""
    return f"{number:.{DIGITS}g}".replace("-", "−")


def tolerance(text: str) -> Tolerance:
    """Return the tolerance that an author has written, such as `5 %` or `0.01`."""
    return Tolerance(numbers.read(text), text.rstrip().endswith("%"))
