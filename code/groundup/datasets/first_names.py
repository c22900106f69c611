"""First names, borne most often by people counted in the census of 1990."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from ..carried import Carried

WOMEN = Carried(
    what="this data set",
    package="names",
    file="dist.female.first",
    sha256="bd2f310fc4e5d5e5ea122c9d4342c9821145823118eb20db1647f305ec77b358",
    origin="United States Census Bureau",
    date="1990",
    license="public domain; the package MIT",
)
MEN = replace(
    WOMEN,
    file="dist.male.first",
    sha256="0a5078ef6effe3b483d15b0f7f95047662126c9bfb624ecd5e5b978fc0f2470b",
)


@cache
def names() -> tuple[str, ...]:
    """Return 5,163 first names in small letters a to z, in the order of the alphabet.

    Raises ModuleNotFoundError without the package names, ValueError where its files
    are others.
    Source: names of people counted in the United States census of 1990.
    """
    found: set[str] = set()
    for carried in (WOMEN, MEN):
        lines = carried.intact().read_text(encoding="ascii").splitlines()
        found.update(line.split()[0].lower() for line in lines)
    return tuple(sorted(found))
