"""Every data set the book uses, loaded from installed packages, offline."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from .extras import MissingPackage

Array = NDArray[np.float64]

FEATURES = {
    "bill_length": ("bill_length_mm", "mm"),
    "bill_depth": ("bill_depth_mm", "mm"),
    "flipper_length": ("flipper_length_mm", "mm"),
}
TARGET = ("body_mass", "body_mass_g", "g")


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


def package_folder(package: str) -> Path:
    """Return where a package is installed, without importing it.

    Raises ModuleNotFoundError with the command that installs it.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise MissingPackage(
            f"this data set comes with the package {package}: pip install {package}",
            name=package,
        )
    return Path(spec.origin).parent


def read_only(values: Sequence[float] | Sequence[Sequence[float]]) -> Array:
    """Return an array that cannot be changed in place: the tables are cached."""
    array = np.array(values, dtype=np.float64)
    array.flags.writeable = False
    return array


@cache
def penguins() -> Table:
    """Return 342 penguins: bill length, bill depth, flipper length (mm), mass (g).

    The two birds of 344 that were not measured are left out. Label: `species`.
    Raises ModuleNotFoundError without the package palmerpenguins.
    Source: Gorman, Williams and Fraser (2014); Horst, Hill and Gorman (2020).
    """
    path = package_folder("palmerpenguins") / "data" / "penguins.csv"
    with path.open(encoding="utf-8", newline="") as file:
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


def running_example() -> tuple[Array, Array]:
    """Return x and y of four points whose line can be computed by hand: (4,), (4,).

    Slope 1.4, intercept 0.5, residuals 0.1, −0.3, 0.3, −0.1.
    """
    return read_only([1, 2, 3, 4]), read_only([2, 3, 5, 6])


@cache
def names() -> tuple[str, ...]:
    """Return 5,163 first names in small letters a to z, in the order of the alphabet.

    Raises ModuleNotFoundError without the package names.
    Source: names of people counted in the United States census of 1990.
    """
    folder = package_folder("names")
    found: set[str] = set()
    for file in ("dist.female.first", "dist.male.first"):
        lines = (folder / file).read_text(encoding="ascii").splitlines()
        found.update(line.split()[0].lower() for line in lines)
    return tuple(sorted(found))
