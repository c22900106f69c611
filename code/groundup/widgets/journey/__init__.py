"""One token's journey through a small GPT that runs in the page."""

from __future__ import annotations

from base64 import b64encode
from typing import Any, Self

import numpy as np
from traitlets import Dict, Float, Int, List, Unicode

from groundup.transformers.gpt import GPT, Config, decode, encode, shapes

from ..explorable import Explorable
from .data import journey, rounded

CAPTION = (
    "The network runs in this page. A strip is the vector of one letter: blue is"
    " positive, orange negative. Each part reads the stream and adds to it; on the"
    " right stands what the network would expect if the journey ended there."
)
LARGEST = 300_000  # characters of weights in the page
TOP = 3


class Journey(Explorable):
    """The stages of a token's vector in a GPT whose tokens are the letters of names.

    The state is `text`, the `place` of the token that is followed (0 stands before
    the first letter), the `stage` and which parts are `off`, as in `data.journey`;
    the page writes the `stream` and the `probabilities` of the stage. Raises
    ValueError for a model of another vocabulary, one too large for a page, and a text
    that does not fit.
    """

    sizes = Dict().tag(sync=True)
    tables: List[Any] = List().tag(sync=True)
    weights = Unicode().tag(sync=True)
    text = Unicode().tag(sync=True)
    place = Int(0).tag(sync=True)
    stage = Int(0).tag(sync=True)
    off = List(Int()).tag(sync=True)
    stream = List(Float()).tag(sync=True)
    probabilities = List(Float()).tag(sync=True)

    def __init__(self, model: GPT, text: str = "kath", **kwargs: Any) -> None:
        config = model.config
        if config.vocabulary != 27:
            raise ValueError(
                f"expected a model of the 27 tokens of names, found {config.vocabulary}"
            )
        weights = b64encode(model.flat.astype("<f2").tobytes()).decode("ascii")
        if len(weights) > LARGEST:
            raise ValueError(
                f"{model.flat.size:,} weights are too many for a page;"
                f" expected at most {LARGEST * 3 // 8:,}"
            )
        if len(encode(text)) >= config.context:
            raise ValueError(
                f"{text!r} does not fit: at most {config.context - 1} letters"
            )
        self.model = rounded(model)
        if not np.isfinite(self.model.flat).all():
            raise ValueError("a weight is too large for half precision, or not finite")
        kwargs.setdefault("caption", CAPTION)
        super().__init__(
            sizes={"context": config.context, "heads": config.heads},
            tables=[[name, list(shape)] for name, shape in shapes(config).items()],
            weights=weights,
            text=text,
            place=len(text),
            **kwargs,
        )

    @classmethod
    def example(cls) -> Self:
        """Return the journey through a network that has learned nothing yet."""
        return cls(GPT(Config(27, 12, 32, 2, 4)), "anna")

    def room(self) -> tuple[str, str]:
        """Return the heights of the controls, the table of stages and the details."""
        return "486px", "900px"

    def poster(self) -> str:
        """Return what the network would expect after each part, as a table."""
        rows = ""
        for number, stage in enumerate(journey(self.model, [0, *encode(self.text)])):
            name = stage.name if number else "token and position"
            block = f" {(number + 1) // 2}" if number else ""
            shares = stage.probabilities[-1]
            best = np.argsort(-shares, kind="stable")[:TOP]
            cells = "".join(
                f"<td>{decode([int(i)]) if i else 'end'} {shares[i]:.0%}</td>"
                for i in best
            )
            rows += f'<tr><th scope="row">{name}{block}</th>{cells}</tr>'
        return (
            f"<table><caption>After “{self.text}”, if the journey ended here"
            f"</caption><tbody>{rows}</tbody></table>"
        )
