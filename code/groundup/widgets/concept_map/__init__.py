"""The map of the book."""
from __future__ import annotations
from typing import Any
from traitlets import Dict, List
from ..explorable import Explorable

class ConceptMap(Explorable):
    """The map."""
    chapters = List(Dict()).tag(sync=True)
    def __init__(self, chapters: Any, **kwargs: Any) -> None:
        super().__init__(chapters=list(chapters), **kwargs)
    def poster(self) -> str:
        return "<div></div>"
