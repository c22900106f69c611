"""Training a GPT: rows of names, AdamW, a learning rate that rises and fades."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, pi
from typing import Protocol

import numpy as np

from .layers import IGNORED, Array, Ids
from .model import GPT

END = 0  # begins and ends a name
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def encode(name: str) -> list[int]:
    """Return the ids of a name's letters: a is 1, z is 26.

    Raises ValueError for a name with other signs.
    """
    try:
        return [LETTERS.index(letter) + 1 for letter in name]
    except ValueError:
        raise ValueError(f"{name!r} has other signs than a to z") from None


def decode(ids: Sequence[int]) -> str:
    """Return the letters that ids stand for."""
    return "".join(LETTERS[i - 1] for i in ids)


def table(names: Sequence[str], context: int) -> tuple[Ids, Ids]:
    """Return ids and targets of names, a row each: (n, context).

    A row begins with END; the target of a letter is the next one, of the last END,
    and after that nothing counts (−1). Raises ValueError for names that do not fit.
    """
    ids = np.full((len(names), context), END)
    targets = np.full((len(names), context), IGNORED)
    for row, name in enumerate(names):
        letters = encode(name)
        if len(letters) >= context:
            raise ValueError(f"{name!r} needs a context of {len(letters) + 1}")
        ids[row, 1 : len(letters) + 1] = letters
        targets[row, : len(letters) + 1] = [*letters, END]
    return ids, targets


class AdamW:
    """Steps scaled by running means of gradients and their squares, with decay.

    Formula `gpt.adamw`. `decay` multiplies `decayed`, a factor for each entry (0 for
    those that are never made smaller). Sources: Kingma and Ba (2015), Loshchilov and
    Hutter (2019).
    """

    def __init__(
        self,
        flat: Array,
        decayed: Array,
        *,
        betas: tuple[float, float] = (0.9, 0.99),
        decay: float = 0.01,
        eps: float = 1e-8,
    ) -> None:
        self.flat, self.betas, self.eps = flat, betas, eps
        self.decay = (decay * decayed).astype(flat.dtype)
        self.mean, self.square = np.zeros_like(flat), np.zeros_like(flat)
        self.buffer = np.empty_like(flat)
        self.steps = 0

    def step(self, gradient: Array, learning_rate: float) -> None:
        """Update all parameters in place from their gradient."""
        one, two = self.betas
        self.steps += 1
        flat, step = self.flat, self.buffer
        np.multiply(self.decay, flat, out=step)
        step *= learning_rate
        flat -= step
        self.mean += np.multiply(
            np.subtract(gradient, self.mean, out=step), 1 - one, out=step
        )
        np.multiply(gradient, gradient, out=step)
        step -= self.square
        step *= 1 - two
        self.square += step
        np.divide(self.square, 1 - two**self.steps, out=step)
        np.sqrt(step, out=step)
        step += self.eps
        np.divide(self.mean, step, out=step)
        step *= learning_rate / (1 - one**self.steps)
        flat -= step


class Optimizer(Protocol):
    """What takes a step of training."""

    def step(self, gradient: Array, learning_rate: float) -> None:
        """Update all parameters in place from their gradient."""
        ...


def learning_rate(step: int, steps: int, peak: float, warmup: int) -> float:
    """Return the rate of a step: up in a line, then down along half a cosine.

    Formula `gpt.learning_rate`. Source: Loshchilov and Hutter (2017).
    """
    if step < warmup:
        return peak * (step + 1) / warmup
    return peak * 0.5 * (1 + cos(pi * (step - warmup) / max(1, steps - warmup)))


@dataclass(frozen=True)
class Plan:
    """How a GPT is trained."""

    steps: int = 1000
    batch: int = 64
    peak: float = 3e-3
    warmup: int = 50
    decay: float = 0.01
    seed: int = 0


def train(
    model: GPT,
    ids: Ids,
    targets: Ids,
    plan: Plan,
    report: Callable[[int, float], None] | None = None,
    optimizer: Optimizer | None = None,
) -> Array:
    """Train a GPT on rows of ids and targets; return the loss of each step.

    `report` is called with each step and its loss. The optimizer is AdamW, or another
    one that updates `model.flat`.
    """
    rng = np.random.default_rng(plan.seed)
    if optimizer is None:
        optimizer = AdamW(model.flat, decayed(model), decay=plan.decay)
    losses = np.empty(plan.steps)
    for step in range(plan.steps):
        rows = rng.integers(len(ids), size=plan.batch)
        losses[step] = model.loss(ids[rows], targets[rows])
        model.backward()
        rate = learning_rate(step, plan.steps, plan.peak, plan.warmup)
        optimizer.step(model.flat_gradient, rate)
        if report is not None:
            report(step, losses[step])
    return losses


def decayed(model: GPT) -> Array:
    """Return 1 for the entries of matrices and tables, 0 for biases and norms."""
    parts = [np.full(a.size, a.ndim > 1) for a in model.parameters.values()]
    return np.concatenate(parts).astype(model.flat.dtype)


def sample(
    model: GPT, rng: np.random.Generator, start: str = "", temperature: float = 1.0
) -> str:
    """Return a name that the model makes up, letter by letter, from its beginning.

    Raises ValueError unless the temperature is positive and the beginning fits.
    """
    if not temperature > 0:
        raise ValueError(f"the temperature must be positive, found {temperature}")
    ids = [END, *encode(start)]
    if len(ids) > model.config.context:
        raise ValueError(
            f"the context is {model.config.context} tokens, {start!r} needs {len(ids)}"
        )
    while len(ids) < model.config.context:
        scores = model.logits([ids])[0, -1].astype(np.float64) / temperature
        weights = np.exp(scores - scores.max())
        letter = int(rng.choice(len(weights), p=weights / weights.sum()))
        if letter == END:
            break
        ids.append(letter)
    return decode(ids[1:])
