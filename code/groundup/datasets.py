"""Every data set of the book, read from installed packages, without a network."""

from __future__ import annotations

import csv
from importlib.resources import files
from importlib.util import find_spec
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class Dataset(NamedTuple):
    """Samples and targets with their names and units. `X`: (n, d), `y`: (n,)."""

    X: Array
    y: Array
    feature_names: tuple[str, ...]
    feature_units: tuple[str, ...]
    target_name: str
    target_unit: str


UNITS = {
    "bill_length_mm": ("bill length", "mm"),
    "bill_depth_mm": ("bill depth", "mm"),
    "flipper_length_mm": ("flipper length", "mm"),
    "body_mass_g": ("body mass", "g"),
}


def running_example() -> Dataset:
    """Return the four points that can be checked by hand: x = 1…4, y = 2, 3, 5, 6."""
    x = np.array([[1.0], [2.0], [3.0], [4.0]])
    return Dataset(x, np.array([2.0, 3.0, 5.0, 6.0]), ("x",), ("",), "y", "")


def penguins(
    features: tuple[str, ...] = ("flipper_length_mm",), target: str = "body_mass_g"
) -> Dataset:
    """Return 342 penguins of three species that were measured at Palmer Station.

    `features` and `target` are among `bill_length_mm`, `bill_depth_mm`,
    `flipper_length_mm` and `body_mass_g`. Rows with a missing measurement are left
    out. Raises ValueError for another column, ModuleNotFoundError without the
    package. Source: Gorman, Williams and Fraser (2014); Horst, Hill and Gorman (2020).
    """
    columns = (*features, target)
    if unknown := [name for name in columns if name not in UNITS]:
        raise ValueError(f"penguins have no column {unknown[0]!r}; use {list(UNITS)}")
    rows = [
        [float(row[name]) for name in columns]
        for row in penguin_rows()
        if all(row[name] not in {"", "NA"} for name in UNITS)
    ]
    table = np.array(rows)
    names, units = zip(*(UNITS[name] for name in columns), strict=True)
    return Dataset(
        table[:, :-1], table[:, -1], names[:-1], units[:-1], names[-1], units[-1]
    )


def penguin_rows() -> list[dict[str, str]]:
    """Return the rows of the penguins' table as the package has them."""
    if find_spec("palmerpenguins") is None:
        raise ModuleNotFoundError(
            "the penguins come with a package that is not installed:"
            " pip install palmerpenguins"
        )
    path = files("palmerpenguins").joinpath("data/penguins.csv")
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
