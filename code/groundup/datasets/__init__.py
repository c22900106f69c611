"""Every data set the book uses, loaded from installed packages, offline."""

from .first_names import names
from .four_points import running_example
from .palmer_penguins import penguins
from .table import Table
from .world_factbook import Country, Landmarks, countries, landmarks

__all__ = [
    "Country",
    "Landmarks",
    "Table",
    "countries",
    "landmarks",
    "names",
    "penguins",
    "running_example",
]
