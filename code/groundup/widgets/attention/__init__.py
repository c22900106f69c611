"""Attention on a short sentence, stage by stage; and what heads of SmolLM2 look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from traitlets import Bool, Dict, Float, Int, List, Unicode

from ..explorable import Explorable
from ..kit.table import table
from . import toy
from .observed import observe, unpacked

SENTENCES = (
    "one fish two fish red fish",
    "the cat saw the dog run",
    "to be or not to be",
)
AT_ONCE = 3  # heads in the poster: more do not fit on a phone
CAPTION = (
    "Words ask one another. Step from the scores to the weighted sum, choose any"
    " number to see where it comes from, and change the sentence, the head, the mask"
    " and the temperature: a high one makes weights alike, a low one picks a winner."
)
WITH_MODEL = (
    " The other view shows heads of SmolLM2: choose a token that asks, and see how much"
    " of its weight each token before it gets. In the picture a row is a token that"
    " asks, a column one that is asked, and lines mark the row of the one chosen."
)


class Attention(Explorable):
    """Scores, scale, mask, softmax, weighted sum: on numbers that can be followed.

    The state is `text`, `stage` (0 to 5), `head`, `temperature`, `causal` and the cell
    at `row`, `column`; `result` holds the arrays that the page computed, those of
    `toy.steps`. `real_heads=True` adds a view of SmolLM2's heads where its weights are
    installed; with `view="model"` it is what is seen first, and with `one_view` nothing
    leads to the other. Raises ValueError for a text without words and values out of
    range.
    """

    text = Unicode().tag(sync=True)
    sentences = List(Unicode()).tag(sync=True)
    stage = Int(0).tag(sync=True)
    head = Int(0).tag(sync=True)
    temperature = Float(1.0).tag(sync=True)
    causal = Bool(True).tag(sync=True)
    row = Int(0).tag(sync=True)
    column = Int(0).tag(sync=True)
    playing = Bool(False).tag(sync=True)
    result = Dict().tag(sync=True)
    heads = List(Dict()).tag(sync=True)
    letters = List(List(Float())).tag(sync=True)
    turns = List(Float()).tag(sync=True)
    view = Unicode("toy").tag(sync=True)
    one_view = Bool(False).tag(sync=True)
    observed = Dict().tag(sync=True)
    sentence = Int(0).tag(sync=True)
    observed_head = Int(0).tag(sync=True)
    query = Int(-1).tag(sync=True)

    def __init__(
        self,
        text: str | None = None,
        *,
        sentences: Sequence[str] = SENTENCES,
        temperature: float = 1.0,
        real_heads: bool = False,
        **kwargs: Any,
    ) -> None:
        text = sentences[0] if text is None else text
        words = toy.words(text)
        if not words:
            raise ValueError(f"text must hold a word at least, got {text!r}")
        if not 0.1 <= temperature <= 10:
            raise ValueError(f"temperature must be 0.1 to 10, got {temperature}")
        seen = observe() if real_heads else {}
        kwargs.setdefault("caption", CAPTION + WITH_MODEL * bool(seen))
        kwargs.setdefault("stage", 4)
        super().__init__(
            text=text,
            sentences=list(sentences),
            temperature=temperature,
            heads=toy.heads(),
            letters=toy.letters().tolist(),
            turns=list(toy.TURNS),
            row=len(words) - 1,
            column=max(0, len(words) - 2),
            observed=seen,
            **kwargs,
        )

    @classmethod
    def example(cls) -> Self:
        """Return the one on words alone, which needs no model."""
        return cls()

    def room(self) -> tuple[str, str]:
        """Return its heights as measured on a wide page and on a phone."""
        if self.view == "model" and self.observed:
            return "700px", "758px"
        return "589px", "811px"

    def poster(self) -> str:
        """Return the weights of the sentence as a table, colored by their size."""
        if self.view == "model" and self.observed:
            return observed_poster(self.observed, self.sentence, self.query)
        words = toy.words(self.text)
        weights = toy.steps(self.text, self.head, self.temperature, self.causal)
        rows = zip(words, weights["weights"], strict=True)
        return table(
            "The weights that each word, a row, gives to every other", words, rows
        )


def observed_poster(observed: dict[str, Any], sentence: int, query: int) -> str:
    """Return the weights that one token gives in some heads; with -1 the last one."""
    chosen = observed["sentences"][sentence]
    asks = query if query >= 0 else len(chosen["tokens"]) - 1
    tokens = chosen["tokens"][: asks + 1]
    names = [about["name"] for about in observed["heads"][:AT_ONCE]]
    before = asks * (asks + 1) // 2  # entries of the rows above
    lines = [unpacked(w)[before:][: asks + 1] for w in chosen["weights"][:AT_ONCE]]
    rows = ((token.strip(), line) for token, *line in zip(tokens, *lines, strict=True))
    told = (
        f"The weights that token {asks + 1}, {tokens[-1].strip()}, gives to itself and"
        " those before it, in heads of SmolLM2"
    )
    return table(told, names, rows)
