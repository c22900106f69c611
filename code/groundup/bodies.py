"""The machines that a reader's answers become parts of, and how they are drawn.

One table: what `groundup chat` and `groundup names` put together, what the pages and
`groundup progress` show, and what an exercise's page says of its answer.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True)
class Organ:
    """A part: its name, the exercise that makes it, the function that it asks for."""

    name: str
    exercise: str
    function: str

    @property
    def short(self) -> str:
        """The exercise's name without its topic."""
        return self.exercise.split("/")[1]


@dataclass(frozen=True)
class Stage:
    """Parts that work together, under one heading."""

    title: str
    organs: tuple[Organ, ...]


@dataclass(frozen=True)
class Body:
    """A machine: what runs it, and its parts in the order in which they work."""

    name: str
    title: str
    command: str
    stages: tuple[Stage, ...]

    @property
    def organs(self) -> tuple[Organ, ...]:
        """All parts."""
        return tuple(organ for stage in self.stages for organ in stage.organs)


TALKING = Body(
    "chat",
    "The talking machine",
    "groundup chat --mine",
    (
        Stage(
            "Text becomes tokens",
            (Organ("tokenizer", "tokenization/encode_word", "encode_word"),),
        ),
        Stage(
            "Thirty times: a block",
            (
                Organ("normalization", "language_model/rms_norm", "rms_norm"),
                Organ("rotary positions", "tokenization/rotary", "rotate"),
                Organ("softmax", "attention/softmax", "softmax"),
                Organ("attention", "attention/attention", "attention"),
                Organ("cache step", "language_model/cache_step", "step"),
                Organ("feed-forward layer", "language_model/swiglu", "swiglu"),
                Organ("block", "language_model/llama_block", "llama_block"),
            ),
        ),
        Stage(
            "One token is chosen",
            (Organ("sampling", "language_model/nucleus", "top_p"),),
        ),
    ),
)
NAMING = Body(
    "names",
    "The machine that makes up names",
    "groundup names --mine",
    (
        Stage("A name is read", (Organ("block", "gpt/block", "block"),)),
        Stage(
            "Training",
            (
                Organ("loss", "gpt/cross_entropy", "cross_entropy"),
                Organ(
                    "norm's gradient", "gpt/layer_norm_backward", "layer_norm_backward"
                ),
                Organ("optimizer", "gpt/adamw", "adamw_step"),
            ),
        ),
    ),
)
BODIES = (TALKING, NAMING)


def becomes(exercise: str) -> Iterator[tuple[Body, Organ]]:
    """Yield the machines, and the parts of them, that an exercise's answer becomes."""
    for body in BODIES:
        for organ in body.organs:
            if organ.exercise == exercise:
                yield body, organ


def count(body: Body, mine: Collection[str]) -> str:
    """Return how many parts are the reader's, of whom these exercises pass."""
    number = sum(organ.exercise in mine for organ in body.organs)
    are = "is" if number == 1 else "are"
    return f"{number} of {len(body.organs)} parts {are} yours"


def lines(body: Body, mine: Collection[str]) -> Iterator[str]:
    """Yield the machine as lines of text: ■ is a part of one's own, □ the book's."""
    yield f"{body.title} ({body.command}): {count(body, mine)}"
    for stage in body.stages:
        parts = (
            f"{'■' if organ.exercise in mine else '□'} {organ.name}"
            for organ in stage.organs
        )
        yield f"  {stage.title + ':':24}{'   '.join(parts)}"


def drawing(
    body: Body,
    mine: Collection[str] = (),
    broken: Collection[str] = (),
    links: bool = True,
) -> str:
    """Return the machine as HTML; parts are lit by the exercises that pass.

    A page lights them by what the reader has ticked: each part names its exercise.
    `broken` are parts that passed and gave way in the machine.
    """
    stages = "".join(
        f'<div class="gu-stage"><p>{escape(stage.title)}</p><ul>'
        + "".join(part(organ, mine, broken, links) for organ in stage.organs)
        + "</ul></div>"
        for stage in body.stages
    )
    return (
        f'<figure class="gu-body" data-body="{body.name}"><div class="gu-stages">'
        f"{stages}</div><figcaption>{escape(body.title)}:"
        f' <span class="gu-body-count">{count(body, mine)}</span>.'
        f" <code>{body.command}</code></figcaption></figure>"
    )


def part(
    organ: Organ, mine: Collection[str], broken: Collection[str], links: bool
) -> str:
    """Return one part of the drawing."""
    lit = organ.exercise in mine
    state = "broken" if organ.exercise in broken else "mine" if lit else "book"
    says = {"broken": "yours, gave way", "mine": "yours", "book": "the book's"}[state]
    name = escape(organ.name)
    topic, short = organ.exercise.split("/")
    shown = f'<a href="../transformers/{topic}.html#exercise-{short}">{name}</a>'
    return (
        f'<li data-part="{organ.exercise}" data-state="{state}">'
        f'{shown if links else name} <span class="gu-state">{says}</span></li>'
    )
