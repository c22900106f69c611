"""A data set as a table: numbers with names and units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Table:
    """A data set: features `X: (n, d)`, target `y: (n,)`, their names and units."""

    X: Array
    y: Array
    feature_names: tuple[str, ...]
    target_name: str
    units: dict[str, str]
    labels: dict[str, tuple[str, ...]]

    def column(self, name: str) -> Array:
        """Return one feature or the target, (n,), by name.

        Raises ValueError listing the names there are.
        """
        if name == self.target_name:
            return self.y
        if name not in self.feature_names:
            names = ", ".join((*self.feature_names, self.target_name))
            raise ValueError(f"no column {name!r}; there are {names}")
        return self.X[:, self.feature_names.index(name)]


def read_only(values: Sequence[float] | Sequence[Sequence[float]]) -> Array:
    """Return an array that cannot be changed in place: the tables are cached."""
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array
