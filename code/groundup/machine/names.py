"""The small GPT that makes up names, trained by a reader's loss, gradient and steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from groundup import datasets
from groundup.bodies import NAMING
from groundup.transformers import gpt
from groundup.transformers.gpt.training import decayed

from .assembly import guards_of
from .guard import Guard, Tell, WrongResult, like, locked
from .organs import Array, Function

CONFIG = gpt.Config(vocabulary=27, context=12, width=32, layers=2, heads=4)
PLAN = gpt.Plan(steps=600, peak=6e-3, decay=0.1)
SHOWN = (1, 50, 100, 200, 300, 400, 500, 600)  # the steps whose loss is told
AROUND = 25  # steps that such a loss is the mean of
DRAWN = 10  # names


def loss_and_gradient(mine: Function) -> Function:
    """Fit `cross_entropy(logits, targets)`: its gradient is kept for the way back."""

    def fitted(logits: Array, targets: Array) -> tuple[float, Array]:
        found = mine(*locked(logits, targets))
        if not (isinstance(found, tuple) and len(found) == 2):
            raise WrongResult("it must return the loss and its gradient")
        loss = float(like(found[0], (), np.float64))
        return loss, like(found[1], logits, logits.dtype)

    return fitted


def norm_backward(mine: Function) -> Function:
    """Fit `layer_norm_backward(d_y, x, weight, eps)`.

    The model keeps the normed rows and no others. The norm does not see the mean of a
    row, so rows around zero with the same spread have the same gradients.
    """

    def fitted(d_y: Array, cache: Any) -> tuple[Array, ...]:
        x = cache.normed / cache.inverse_std
        found = mine(*locked(d_y, x, cache.weight), 1e-5)
        if not (isinstance(found, tuple) and len(found) == 3):
            raise WrongResult("it must return three gradients")
        shapes = (d_y, cache.weight, cache.weight)
        return tuple(
            like(one, shape, d_y.dtype)
            for one, shape in zip(found, shapes, strict=True)
        )

    return fitted


class Steps:
    """An optimizer that takes a reader's steps: matrices decay, biases do not."""

    def __init__(self, model: gpt.GPT, step: Function, decay: float) -> None:
        self.flat, self.one_step = model.flat, step
        matrices = decayed(model) > 0
        self.groups = [(matrices, decay), (~matrices, 0.0)]
        self.states: list[Any] = [None, None]

    def step(self, gradient: Array, learning_rate: float) -> None:
        """Update all parameters in place from their gradient."""
        for number, (group, decay) in enumerate(self.groups):
            now = self.flat[group]
            arrays = locked(now, gradient[group])
            told = self.one_step(*arrays, self.states[number], learning_rate, decay)
            if not (isinstance(told, tuple) and len(told) == 2):
                raise WrongResult("it must return the parameters and the state")
            self.flat[group] = like(told[0], now, now.dtype)
            self.states[number] = told[1]


class GuardedSteps:
    """A reader's optimizer; where it fails, AdamW of the book goes on."""

    def __init__(self, model: gpt.GPT, guard: Guard, decay: float) -> None:
        self.guard = guard
        self.mine = Steps(model, guard.mine, decay)
        self.book = gpt.AdamW(model.flat, decayed(model), decay=decay)

    def step(self, gradient: Array, learning_rate: float) -> None:
        """Update all parameters in place from their gradient."""
        self.guard.run(self.mine.step, self.book.step, gradient, learning_rate)


@dataclass
class Trained:
    """A trained model, its losses step by step, and the names that it makes up."""

    losses: Array
    names: list[str]
    guards: list[Guard] = field(default_factory=list)


def rows() -> tuple[Array, Array]:
    """Return the names as ids and targets."""
    shuffled = np.random.default_rng(0).permutation(datasets.names())
    return gpt.table(shuffled.tolist(), CONFIG.context)


def train(files: Mapping[str, Path], tell: Tell, plan: gpt.Plan = PLAN) -> Trained:
    """Train the small GPT with a reader's answers, by their exercises, as its parts."""
    mine = guards_of(NAMING, files, tell)
    book, changed = gpt.Parts(), dict[str, Any]()
    if guard := mine.get("cross_entropy"):
        fit = loss_and_gradient
        changed["cross_entropy_forward"] = guard.fitted(fit(guard.mine), fit(both))
        changed["cross_entropy_backward"] = lambda gradient: gradient
    if guard := mine.get("layer_norm_backward"):
        changed["layer_norm_backward"] = guard.fitted(
            norm_backward(guard.mine), book.layer_norm_backward
        )
    model = gpt.GPT(CONFIG, parts=gpt.Parts(**changed))
    optimizer = None
    if guard := mine.get("adamw_step"):
        optimizer = GuardedSteps(model, guard, plan.decay)
    losses = gpt.train(model, *rows(), plan, optimizer=optimizer)
    names = made_up(model, mine.get("block"))
    return Trained(losses, names, list(mine.values()))


def both(logits: Array, targets: Array) -> tuple[float, Array]:
    """Return the book's loss and its gradient at once."""
    loss, cache = gpt.cross_entropy_forward(logits, targets)
    return loss, gpt.cross_entropy_backward(cache)


def made_up(model: gpt.GPT, block: Guard | None) -> list[str]:
    """Return names that the model makes up, read through a reader's block."""
    if block:
        model = WithBlock(model, block.fitted(one_text(block.mine), book_block))
    rng = np.random.default_rng(0)
    return [gpt.sample(model, rng) for _ in range(DRAWN)]


def one_text(mine: Function) -> Function:
    """Fit `block(x, w, heads)`."""

    def fitted(x: Array, w: Mapping[str, Array], heads: int) -> Array:
        views = dict(zip(w, locked(*w.values()), strict=True))
        return like(mine(*locked(x), views, heads), x, x.dtype)

    return fitted


def book_block(x: Array, w: Mapping[str, Array], heads: int) -> Array:
    """Return what the book's block makes of one text."""
    return gpt.block_forward(x, w, len(x), heads)[0]


class WithBlock(gpt.GPT):
    """A trained model, read through another block, one text at a time."""

    def __init__(self, trained: gpt.GPT, block: Callable[..., Array]) -> None:
        self.config, self.parts = trained.config, trained.parts
        self.parameters, self.block = trained.parameters, block

    def logits(self, ids: Any) -> Array:
        """Return the logits of each next token of one text: (1, T) -> (1, T, V)."""
        (text,) = self.checked(ids)
        w = self.parameters
        x = w["wte.weight"][text] + w["wpe.weight"][: len(text)]
        for of_block in self.blocks(w):
            x = self.block(x, of_block, self.config.heads)
        normed, _ = gpt.layer_norm_forward(x, w["ln_f.weight"], w["ln_f.bias"])
        return np.asarray(normed @ w["wte.weight"].T)[None]


def curve(mine: Array, book: Array) -> list[str]:
    """Return the lines of a table: the loss of both, at some steps."""
    lines = ["   step   yours   the book's"]
    for step in SHOWN:
        here = slice(max(0, step - AROUND), step)
        lines.append(f"{step:7}{mine[here].mean():8.3f}{book[here].mean():13.3f}")
    return lines
