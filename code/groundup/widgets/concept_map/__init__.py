"""The road through the book: all chapters, and the shortest way to one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Self

from traitlets import Dict, List, Unicode

from groundup.parts import PARTS

from ..explorable import Explorable
from .route import routes
from .still import height, poster

TEXTS = ("id", "title", "part", "status")
OPTIONAL = {"url": "", "question": "", "objectives": (), "teaches": (), "needs": ()}
LISTS = ("prerequisites", "objectives", "teaches", "needs")
CAPTION = (
    "Every chapter of the book. Choose one, or a wish above, to see the shortest way"
    " there. Times of chapters to come are estimates."
)


def checked(chapter: Mapping[str, Any]) -> dict[str, Any]:
    """Return a chapter with all its keys; raises ValueError for one that is wrong."""
    for key in (*TEXTS, "minutes", "prerequisites"):
        if key not in chapter:
            raise ValueError(f"a chapter needs the key {key!r}, got {sorted(chapter)}")
    whole = {**OPTIONAL, **chapter}
    for key in (*TEXTS, "url", "question"):
        if not isinstance(whole[key], str):
            raise ValueError(f"{key} must be a text, got {whole[key]!r}")
    for key in LISTS:
        if isinstance(whole[key], str):
            raise ValueError(f"{key} must be a list, got {whole[key]!r}")
    if whole["status"] not in ("ready", "coming"):
        raise ValueError(f'status is "ready" or "coming", got {whole["status"]!r}')
    if not isinstance(whole["minutes"], int) or whole["minutes"] <= 0:
        raise ValueError(f"minutes must be positive, got {whole['minutes']!r}")
    keys = (*TEXTS, "url", "question", "minutes", *LISTS)
    return {key: list(whole[key]) if key in LISTS else whole[key] for key in keys}


def in_reading_order(chapters: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the chapters by part; parts that the book does not know come last."""
    seen = [*PARTS, *(chapter["part"] for chapter in chapters)]
    ordered = sorted(chapters, key=lambda chapter: seen.index(chapter["part"]))
    ids = [chapter["id"] for chapter in ordered]
    if twice := sorted({id_ for id_ in ids if ids.count(id_) > 1}):
        raise ValueError(f"ids of chapters must be unique, {twice} are used twice")
    return ordered


class ConceptMap(Explorable):
    """The chapters by part, and the route to the selected one through prerequisites.

    `chapters` are mappings with `id`, `title`, `part`, `status` ("ready" or "coming"),
    `minutes`, `prerequisites` (ids of earlier chapters) and, where there is something
    to say, `url`, `question`, `objectives`, `teaches` and `needs` (names of concepts).
    `wishes` are pairs of words and an id. `selected` is the chapter that the panel
    tells about, the first that can be read if none is given. Raises ValueError for no
    chapter, an id used twice or not known, or a prerequisite that is no earlier one.
    """

    chapters = List(Dict()).tag(sync=True)
    parts = Dict().tag(sync=True)
    wishes = List(List(Unicode())).tag(sync=True)
    selected = Unicode().tag(sync=True)

    def __init__(
        self,
        chapters: Iterable[Mapping[str, Any]],
        *,
        wishes: Iterable[Sequence[str]] = (),
        **kwargs: Any,
    ) -> None:
        ordered = in_reading_order([checked(chapter) for chapter in chapters])
        if not ordered:
            raise ValueError("expected at least one chapter, got none")
        ids = [chapter["id"] for chapter in ordered]
        ways = routes({c["id"]: c["prerequisites"] for c in ordered})
        for chapter in ordered:
            chapter["route"] = [ids.index(id_) for id_ in ways[chapter["id"]]]
        ready = [chapter["id"] for chapter in ordered if chapter["status"] == "ready"]
        kwargs.setdefault("selected", (ready or ids)[0])
        pairs = [list(wish) for wish in wishes]
        for id_ in [kwargs["selected"], *(id_ for _, id_ in pairs)]:
            if id_ not in ids:
                raise ValueError(f"no chapter has the id {id_!r}")
        kwargs.setdefault("caption", CAPTION)
        super().__init__(chapters=ordered, wishes=pairs, parts=PARTS, **kwargs)

    @classmethod
    def example(cls) -> Self:
        """Return the road of a book with a chapter to read and one to come."""
        first = {
            "id": "algorithms/linear_regression",
            "title": "Linear regression",
            "part": "algorithms",
            "url": "chapters/algorithms/linear_regression.html",
            "teaches": ["least squares"],
            "needs": ["vectors"],
            "minutes": 90,
            "prerequisites": [],
            "status": "ready",
        }
        second = {
            "id": "algorithms/decision_trees",
            "title": "Decision trees",
            "part": "algorithms",
            "question": "Who survived?",
            "minutes": 80,
            "prerequisites": ["algorithms/linear_regression"],
            "status": "coming",
        }
        return cls([first, second], wishes=[("trees", "algorithms/decision_trees")])

    def room(self) -> tuple[str, str]:
        """Return its heights: columns beside each other, or lists below each other."""
        wide, narrow = (height(self.chapters, narrow=n) for n in (False, True))
        return f"{wide}px", f"{narrow}px"

    def poster(self) -> str:
        """Return the chapters as lists with links, one list for each part."""
        return poster(self.chapters)
