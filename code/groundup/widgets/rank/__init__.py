"""The rank slider: what a thin update can express of a whole one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike
from traitlets import Dict, Float, Int, List, Unicode

from groundup.validation import finite_numbers

from ..explorable import Explorable
from .poster import poster
from .update import noise_as_long, small_update

__all__ = ["Rank", "noise_as_long", "small_update"]

LARGEST = 16  # rows or columns that a map has room for on a phone
WIDE = 576  # the width of SmolLM2
CONTROLS = ("matrix", "reset", "link")
CAPTION = (
    "Move the rank: the green singular values are kept. The map in the middle is the"
    " nearest matrix of that rank, the one on the right what it misses. Blue entries"
    " are positive, orange ones with a dash negative."
)


class Rank(Explorable):
    """An update, the nearest matrix of a rank, and the singular values.

    `updates` are matrices (d_in, d_out) by their names, of 16 rows and columns at most.
    The state is `matrix`, its place among them, and `rank`. `wide` is the side of a
    square matrix at which the table says what the same rank takes, 0 for none. The page
    writes `approximation`, `groundup.transformers.fine_tuning.nearest_of_rank`
    multiplied out, and `numbers`: the share of the squares that is `kept`, the sum of
    those that are `missing`, and how many numbers are in the `thin` matrices and in the
    `full` one. `controls` are those of
    `CONTROLS` that are shown.
    Raises ValueError for other matrices, states and controls.
    """

    matrices = List(Dict()).tag(sync=True)
    matrix = Int(0).tag(sync=True)
    rank = Int(1).tag(sync=True)
    wide = Int(WIDE).tag(sync=True)
    controls = List(Unicode(), list(CONTROLS)).tag(sync=True)
    approximation = List(List(Float())).tag(sync=True)
    numbers = Dict().tag(sync=True)

    def __init__(
        self,
        updates: Mapping[str, ArrayLike],
        *,
        matrix: int = 0,
        rank: int = 1,
        controls: Sequence[str] = CONTROLS,
        **kwargs: Any,
    ) -> None:
        made = [decomposed(name, values) for name, values in updates.items()]
        if not 0 <= matrix < len(made):
            raise ValueError(f"matrix must be one of {len(made)}, got {matrix}")
        most = len(made[matrix]["s"])
        if not 0 <= rank <= most:
            raise ValueError(f"rank must be between 0 and {most}, got {rank}")
        if unknown := sorted(set(controls) - set(CONTROLS)):
            raise ValueError(f"controls are {CONTROLS}, got {unknown}")
        kwargs.setdefault("caption", CAPTION)
        super().__init__(
            matrices=made, matrix=matrix, rank=rank, controls=list(controls), **kwargs
        )

    @classmethod
    def example(cls) -> Self:
        """Return a small matrix of rank 2, a large one, and noise, all made up."""
        rng = np.random.default_rng(0)
        thin = rng.normal(size=(12, 4)) * [2, 1, 0.5, 0.25] @ rng.normal(size=(4, 12))
        updates = {
            "3 × 3": np.array([[3, 0, -1], [1, 0, 3], [2, 0, -4]]),
            "12 × 12": thin + 0.1 * rng.normal(size=(12, 12)),
            "noise": rng.normal(size=(12, 12)),
        }
        return cls(updates, matrix=1, rank=2)

    def room(self) -> tuple[str, str]:
        """Return its heights: maps a third of the page wide, and what is below."""
        return "calc(min(var(--gu-width) / 3 - 10px, 260px) + 337px)", "700px"

    def poster(self) -> str:
        """Return the update, the nearest of its rank, and the singular values."""
        return poster(self.name, self.matrices[self.matrix], self.rank)


def decomposed(name: str, update: ArrayLike) -> dict[str, Any]:
    """Return a matrix with its singular values and directions, as the page needs it.

    Raises ValueError for what is no matrix, is too large, or zero.
    """
    values = finite_numbers(update, name, 2)
    if max(values.shape) > LARGEST or min(values.shape) < 2:
        raise ValueError(
            f"{name} must have 2 to {LARGEST} rows and columns, got {values.shape}"
        )
    if not values.any():
        raise ValueError(f"{name} must have an entry other than zero")
    u, s, v = np.linalg.svd(values, full_matrices=False)
    return {
        "name": name,
        "values": values.tolist(),
        "u": u.tolist(),
        "s": s.tolist(),
        "v": v.tolist(),
    }
