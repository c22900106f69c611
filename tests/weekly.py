"""What is tried in turn: a third each week, and all of it where everything is proved.

Tests that run each chapter a second time would take hours when the book has all its
chapters. Which third it is, is the week's choice; the weekly run, which sets
`GROUNDUP_PROVE_ALL`, tries everything.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from typing import TypeVar

EVERY = 3  # weeks after which the first third comes again
T = TypeVar("T")


def everything() -> bool:
    """Tell whether all that there is has to be tried."""
    return os.environ.get("GROUNDUP_PROVE_ALL") == "1"


def in_turn(all_: Sequence[T], week: int | None = None) -> list[T]:
    """Return this week's third, or all where everything is proved."""
    if everything():
        return list(all_)
    week = date.today().isocalendar().week if week is None else week
    return list(all_[week % EVERY :: EVERY])
