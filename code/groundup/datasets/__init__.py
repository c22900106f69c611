"""Every data set the book uses, loaded from installed packages, offline."""

from .first_names import names
from .four_points import running_example
from .palmer_penguins import penguins
from .table import Table

__all__ = ["Table", "names", "penguins", "running_example"]
