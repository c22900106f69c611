"""The shortest way to a chapter: all that it builds on, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def routes(prerequisites: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Return for each chapter those that lead to it in reading order, itself last.

    `prerequisites` has the chapters in reading order, each with those that it asks for.
    Raises ValueError for one that is no earlier chapter; so there are no circles.
    """
    found: dict[str, list[str]] = {}
    for id_, asked in prerequisites.items():
        for before in asked:
            if before not in found:
                raise ValueError(f"{id_} asks for {before!r}, not an earlier chapter")
        needed = {step for before in asked for step in found[before]}
        found[id_] = [*(step for step in found if step in needed), id_]
    return found
