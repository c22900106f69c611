"""YAML in which no key stands twice: the later value would silently win."""

from __future__ import annotations

from typing import Any

import yaml


class Strict(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Reads plain data, and refuses a key that its mapping has already."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        """Return a mapping; raises yaml.YAMLError with the place of a second key."""
        seen = set()
        for key, _ in node.value:
            name = (key.tag, str(key.value))
            if name in seen:
                said = f"the key {key.value!r} is here a second time"
                raise yaml.MarkedYAMLError(problem=said, problem_mark=key.start_mark)
            seen.add(name)
        return super().construct_mapping(node, deep)


def read_yaml(text: str, what: str) -> Any:
    """Return the data of a text; raises ValueError, saying what it is, if it has none.

    `what` is a file and, where that is not the text, a part of it.
    """
    try:
        return yaml.load(text, Strict)
    except yaml.YAMLError as error:
        raise ValueError(f"{what} is not YAML: {error}") from None
