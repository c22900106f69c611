"""Texts for training: what is learned of each, and several of them in one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..attention import causal_mask
from ..gpt.layers import IGNORED

Ids = NDArray[np.int64]
EMPTY = -1  # the document of places that no text has taken


@dataclass(frozen=True)
class Example:
    """A text to learn from: tokens, and the target of each, −1 where none counts."""

    ids: tuple[int, ...]
    targets: tuple[int, ...]

    @classmethod
    def answer(
        cls, prompt: Sequence[int], answer: Sequence[int], *, on_prompt: bool = False
    ) -> Example:
        """Return an example in which the answer is learned, its end mark included.

        Formula `fine_tuning.masked_loss`. `on_prompt` learns the prompt as well.
        Raises ValueError for an empty prompt or answer.
        """
        if not (prompt and answer):
            raise ValueError(
                "prompt and answer must have a token each,"
                f" found {len(prompt)} and {len(answer)}"
            )
        asked = list(prompt[1:]) if on_prompt else [IGNORED] * (len(prompt) - 1)
        return cls((*prompt, *answer[:-1]), (*asked, *answer))


@dataclass(frozen=True)
class Rows:
    """Rows of tokens for one step, (B, T) each; rows[chosen] are some of them.

    `targets` are −1 where none counts, `documents` tell the texts of a row apart and
    are −1 where there is none, `positions` begin anew with each text.
    """

    ids: Ids
    targets: Ids
    documents: Ids
    positions: Ids

    def __post_init__(self) -> None:
        found = [a.shape for a in (self.ids, self.targets, self.documents)]
        found.append(self.positions.shape)
        if len(set(found)) > 1 or np.ndim(self.ids) != 2:
            raise ValueError(f"expected four arrays (B, T), found {found}")

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, chosen: ArrayLike | slice) -> Rows:
        """Return the rows at these places, or of a slice."""
        at = chosen if isinstance(chosen, slice) else np.atleast_1d(chosen)
        return Rows(
            self.ids[at], self.targets[at], self.documents[at], self.positions[at]
        )

    @property
    def mask(self) -> NDArray[np.bool_]:
        """Who may see whom, (B, T, T): what came before in the same document."""
        same = self.documents[:, :, None] == self.documents[:, None, :]
        return np.asarray(same & causal_mask(self.ids.shape[1]))

    @property
    def filled(self) -> float:
        """The share of all places that hold a token of a text."""
        return float(np.mean(self.documents != EMPTY))


def pack(examples: Sequence[Example], length: int, pad: int) -> Rows:
    """Return rows of `length` tokens, each text in the first row that has room for it.

    Raises ValueError for a text that fits into no row, and where there is none.
    """
    rows: list[list[Example]] = []
    for number, example in enumerate(examples):
        size = len(example.ids)
        if size > length:
            raise ValueError(
                f"example {number} has {size} tokens; a row holds {length}"
            )
        for row in rows:
            if sum(len(other.ids) for other in row) + size <= length:
                row.append(example)
                break
        else:
            rows.append([example])
    return filled(rows, length, pad)


def pad_each(examples: Sequence[Example], pad: int) -> Rows:
    """Return a row for each text, as long as the longest."""
    length = max((len(example.ids) for example in examples), default=0)
    return filled([[example] for example in examples], length, pad)


def filled(rows: Sequence[Sequence[Example]], length: int, pad: int) -> Rows:
    """Return rows that hold these texts one after the other, and then the pad."""
    if not rows:
        raise ValueError("expected an example or more, found none")
    shape = (len(rows), length)
    ids, targets = np.full(shape, pad), np.full(shape, IGNORED)
    documents, positions = np.full(shape, EMPTY), np.zeros(shape, np.int64)
    for b, row in enumerate(rows):
        start = 0
        for number, example in enumerate(row):
            here = slice(start, start + len(example.ids))
            ids[b, here], targets[b, here] = example.ids, example.targets
            documents[b, here] = number
            positions[b, here] = np.arange(len(example.ids))
            start = here.stop
    return Rows(ids, targets, documents, positions)
