"""The next token's distribution under each rule of sampling, operated by the reader."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import ArrayLike
from traitlets import Bool, Dict, Float, Int, List

from ..explorable import Explorable
from .data import COUNTS, RATIOS, SHARES, TEMPERATURES, Prompt, prompt

CAPTION = (
    "Real logits of SmolLM2. The thin gray bars are the model's own probabilities, the"
    " blue ones what the rules make of them. Temperature bends the whole list; each cut"
    " removes its tail, and what stays shares the probability."
)
ROWS = 12
LISTS = {"t": TEMPERATURES, "k": COUNTS, "p": SHARES, "m": RATIOS}


class Model(Protocol):
    """What is asked of a language model here."""

    def logits(self, ids: Sequence[int]) -> Any:
        """Return logits (1, V) of the token after `ids`."""
        ...


class Tokenizer(Protocol):
    """What is asked of a tokenizer here."""

    def encode(self, text: str) -> list[int]:
        """Return token ids."""
        ...

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of token ids."""
        ...


class NextToken(Explorable):
    """The likeliest next tokens of some prompts, and sliders for four rules.

    `entries` lists (prompt, texts of all V tokens, logits (V,)). The state is `prompt`
    and, as places in `stops`, `t`, `k`, `p` and `m`: temperature, top-k, top-p, min-p,
    applied in this order as `groundup.transformers.language_model.filtered` does. The
    page writes how many tokens are `kept`, and the `probabilities` of the first ones.
    """

    prompts = List(Dict()).tag(sync=True)
    stops = Dict(LISTS).tag(sync=True)
    prompt = Int(0).tag(sync=True)
    t = Int(TEMPERATURES.index(1.0)).tag(sync=True)
    k = Int(len(COUNTS) - 1).tag(sync=True)
    p = Int(len(SHARES) - 1).tag(sync=True)
    m = Int(0).tag(sync=True)
    words = Bool(False).tag(sync=True)
    kept = Int(0).tag(sync=True)
    probabilities = List(Float()).tag(sync=True)

    def __init__(
        self, entries: Sequence[tuple[str, Sequence[str], ArrayLike]], **kwargs: Any
    ) -> None:
        made: list[Prompt] = [prompt(*entry) for entry in entries]
        if not made:
            raise ValueError("expected at least one prompt, found none")
        kwargs.setdefault("caption", CAPTION)
        super().__init__(prompts=made, **kwargs)

    @classmethod
    def of_model(
        cls, model: Model, tokenizer: Tokenizer, texts: Sequence[str], **kwargs: Any
    ) -> Self:
        """Return it with a model's logits after each of some texts."""
        logits = [model.logits(tokenizer.encode(text))[0] for text in texts]
        names = [""] * len(logits[0])
        for token in {int(i) for each in logits for i in np.argsort(-each)[:500]}:
            names[token] = tokenizer.decode([token])
        pairs = zip(texts, logits, strict=True)
        return cls([(text, names, each) for text, each in pairs], **kwargs)

    @classmethod
    def example(cls) -> Self:
        """Return three prompts of a vocabulary of 5000 words, with random logits."""
        rng = np.random.default_rng(0)
        words = [f" word{n}" for n in range(5000)]
        return cls([(f"p{n}", words, 3 * rng.normal(size=5000)) for n in range(3)])

    def room(self) -> tuple[str, str]:
        """Return its heights: rows of a fixed height below the controls."""
        return "534px", "660px"

    def poster(self) -> str:
        """Return the first prompt's distribution as the model gives it."""
        entry = self.prompts[0]
        weights = np.exp(np.array(entry["logits"]) - entry["logits"][0])
        likely = weights / entry["totals"][TEMPERATURES.index(1.0)]
        rows = [
            row(number, entry["tokens"][number], float(likely[number]), likely[0])
            for number in range(min(ROWS, len(likely)))
        ]
        name = escape(f"{self.name}-poster", quote=True)
        height = 40 + 24 * len(rows)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 {height}"'
            f' role="img" aria-labelledby="{name}-title {name}-told"'
            ' style="max-width:100%;font:14px var(--gu-sans, system-ui, sans-serif)">'
            f'<title id="{name}-title">The next token</title>'
            f'<desc id="{name}-told">The likeliest tokens after'
            f" {escape(entry['prompt'])} and their probabilities</desc>"
            f'<text x="0" y="18" font-weight="600" fill="var(--gu-ink, #1c1f23)">'
            f"{escape(entry['prompt'])} …</text>{''.join(rows)}</svg>"
        )


def shown(token: str) -> str:
    """Return a token's text with its blanks and line ends visible."""
    for blank, mark in ((" ", "␣"), ("\n", "↵"), ("\t", "⇥")):
        token = token.replace(blank, mark)
    printable = "".join(c if c.isprintable() else "·" for c in token)
    return printable or "(end)"


def row(number: int, token: str, share: float, largest: float) -> str:
    """Return one bar of the poster."""
    y = 40 + 24 * number
    return (
        f'<text x="150" y="{y + 13}" text-anchor="end"'
        f' fill="var(--gu-ink, #1c1f23)">{escape(shown(token))}</text>'
        f'<rect x="160" y="{y}" width="{400 * share / largest:.1f}" height="16"'
        ' fill="var(--gu-blue, #0b62a8)"/>'
        f'<text x="{168 + 400 * share / largest:.1f}" y="{y + 13}"'
        f' fill="var(--gu-muted, #5b6068)">{share:.1%}</text>'
    )
