"""Puts the book's contents into a wheel: exercises have the order of the chapters."""

from __future__ import annotations

from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Contents(BuildHookInterface[Any]):
    """Adds one file, which an editable install reads where it lies."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Add the file to a wheel, and not to an editable install."""
        if version == "standard":
            build_data["force_include"]["_toc.yml"] = "groundup/_toc.yml"
