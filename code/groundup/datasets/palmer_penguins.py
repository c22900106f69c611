"""Penguins: 342 adult birds, measured on three islands of the Palmer Archipelago."""

from __future__ import annotations

import csv
from functools import cache

from ..carried import Carried
from .table import Table, read_only

CSV = Carried(
    what="this data set",
    package="palmerpenguins",
    file="data/penguins.csv",
    sha256="f204db2c753b0937caac3cb35258562c14f073e4bbc76be24b4c51ce22767a93",
    origin="Gorman, Williams and Fraser (2014); Horst, Hill and Gorman (2020)",
    date="2007 to 2009",
    license="CC0 1.0",
)
FEATURES = {
    "bill_length": ("bill_length_mm", "mm"),
    "bill_depth": ("bill_depth_mm", "mm"),
    "flipper_length": ("flipper_length_mm", "mm"),
}
TARGET = ("body_mass", "body_mass_g", "g")


@cache
def penguins() -> Table:
    """Return 342 penguins: bill length, bill depth, flipper length (mm), mass (g).

    The two birds of 344 that were not measured are left out. Label: `species`.
    Raises ModuleNotFoundError without the package palmerpenguins, ValueError where its
    file is another one.
    Source: Gorman, Williams and Fraser (2014); Horst, Hill and Gorman (2020).
    """
    with CSV.intact().open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[TARGET[1]] != "NA"]
    columns = [column for column, _ in FEATURES.values()]
    return Table(
        X=read_only([[float(row[column]) for column in columns] for row in rows]),
        y=read_only([float(row[TARGET[1]]) for row in rows]),
        feature_names=tuple(FEATURES),
        target_name=TARGET[0],
        units={name: unit for name, (_, unit) in FEATURES.items()}
        | {TARGET[0]: TARGET[2]},
        labels={"species": tuple(row["species"] for row in rows)},
    )
