"""Front matter: the YAML between two lines `---`, read key by key with clear errors."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .strict_yaml import read_yaml


def split(text: str, path: Path) -> tuple[dict[str, Any], str]:
    """Return the front matter of a Markdown file, and the text below it."""
    block, closed, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not closed:
        raise ValueError(f"{path}: expected front matter between two lines '---'")
    data = read_yaml(block, f"{path}: the front matter")
    if not isinstance(data, dict):
        raise ValueError(f"{path}: the front matter is not a list of 'key: value'")
    return data, body


class Fields:
    """Values by key; each getter raises ValueError saying what it expected."""

    def __init__(self, data: dict[str, Any], path: Path, prefix: str = "") -> None:
        self.data, self.path, self.prefix = dict(data), path, prefix

    def take(self, key: str, expected: str) -> Any:
        """Return a value and cross it off; raises ValueError where it is missing."""
        if key not in self.data:
            raise ValueError(
                f"{self.path}: {self.prefix}{key} is missing; expected {expected}"
            )
        return self.data.pop(key)

    def wrong(self, key: str, expected: str, value: object) -> ValueError:
        """Return the error for a value of a wrong kind."""
        return ValueError(
            f"{self.path}: {self.prefix}{key} is {value!r}; expected {expected}"
        )

    def text(self, key: str, empty: bool = False) -> str:
        """Return a text, which is not empty unless it may be."""
        value = self.take(key, "a text")
        if not isinstance(value, str) or not (empty or value.strip()):
            raise self.wrong(key, "a text", value)
        return value.strip()

    def whole(self, key: str, low: int, high: int) -> int:
        """Return a whole number from low to high."""
        expected = f"a whole number from {low} to {high}"
        value = self.take(key, expected)
        if type(value) is not int or not low <= value <= high:
            raise self.wrong(key, expected, value)
        return value

    def number(self, key: str) -> float:
        """Return a positive number."""
        value = self.take(key, "a positive number")
        if not real(value) or not value > 0:
            raise self.wrong(key, "a positive number", value)
        return float(value)

    def truth(self, key: str) -> bool:
        """Return true or false."""
        value = self.take(key, "true or false")
        if type(value) is not bool:
            raise self.wrong(key, "true or false", value)
        return value

    def interval(self, key: str) -> tuple[float, float]:
        """Return two numbers, the smaller one first."""
        expected = "two numbers, such as [-1, 1]"
        value = self.take(key, expected)
        numbers = isinstance(value, list) and [float(n) for n in value if real(n)]
        if not numbers or len(value) != 2 or numbers != sorted(set(numbers)):
            raise self.wrong(key, expected, value)
        return numbers[0], numbers[1]

    def names(self, key: str) -> tuple[str, ...]:
        """Return a list of texts, which may be empty."""
        value = self.take(key, "a list of names")
        if not isinstance(value, list) or not all(isinstance(n, str) for n in value):
            raise self.wrong(key, "a list of names", value)
        return tuple(value)

    def mapping(self, key: str) -> Fields:
        """Return the values below a key."""
        value = self.take(key, "keys and values")
        if not isinstance(value, dict):
            raise self.wrong(key, "keys and values", value)
        return Fields(value, self.path, f"{self.prefix}{key}.")

    def several(self, key: str) -> list[Fields]:
        """Return the values below each entry of a list; there is one at least."""
        expected = "a list of keys and values"
        value = self.take(key, expected)
        right = isinstance(value, list) and all(isinstance(v, dict) for v in value)
        if not right or not value:
            raise self.wrong(key, expected, value)
        prefix = f"{self.prefix}{key}."
        return [Fields(v, self.path, f"{prefix}{n}.") for n, v in enumerate(value, 1)]

    def nothing_left(self) -> None:
        """Raise ValueError where a key was never asked for: it may be misspelled."""
        if self.data:
            unknown = ", ".join(f"{self.prefix}{key}" for key in self.data)
            raise ValueError(f"{self.path}: unknown keys: {unknown}")


def real(value: object) -> bool:
    """Tell whether a value of YAML is a number."""
    return type(value) in (int, float)
