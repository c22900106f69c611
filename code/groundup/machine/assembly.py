"""The talking machine, put together from the book's parts and a reader's."""

from __future__ import annotations

import contextlib
import copy
import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from groundup.bodies import TALKING, Body, Organ
from groundup.transformers import tokenization
from groundup.transformers.language_model import (
    LanguageModel,
    Parts,
    greedy,
    softmax,
    temperature,
    top_p,
)
from groundup.transformers.language_model.sampling import Choose

from . import organs
from .guard import Guard, Printed, Tell
from .organs import Function


@dataclass
class Machine:
    """A model, its tokenizer, its rules of choice, and guards of a reader's parts."""

    model: LanguageModel
    tokenizer: tokenization.Tokenizer
    softmax: Function = softmax
    top_p: Function = top_p
    guards: list[Guard] = field(default_factory=list)

    def chooser(self, rng: np.random.Generator, t: float, p: float) -> Choose:
        """Return what picks a token: the likeliest at t = 0, else a draw.

        Raises ValueError for a temperature below 0 and for p outside of 0 to 1.
        """
        if not 0 <= p <= 1:
            raise ValueError(f"p must lie between 0 and 1, found {p}")
        if t == 0:
            return greedy

        def choose(logits: ArrayLike) -> int:
            kept = temperature(np.asarray(logits, dtype=np.float64), t)
            kept = self.top_p(kept, p) if p < 1 else kept
            likely = np.array(self.softmax(kept.copy()))
            return int(rng.choice(len(likely), p=likely / likely.sum()))

        choose(np.zeros(2))  # a rule that cannot be is refused before the talk begins
        return choose


def function_of(organ: Organ, file: Path) -> Function:
    """Return the function that a reader's file defines for a part.

    The file runs here, in the reader's own process. Raises what it raises, and
    AttributeError where it defines no such function.
    """
    spec = importlib.util.spec_from_file_location(f"mine_{organ.function}", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    with contextlib.redirect_stdout(Printed()):
        spec.loader.exec_module(module)
    found: Function = getattr(module, organ.function)
    return found


def guards_of(body: Body, files: Mapping[str, Path], tell: Tell) -> dict[str, Guard]:
    """Return guards of the reader's functions, by name, that are parts of a machine.

    `files` are by the names of the parts' exercises. A file that cannot be loaded is
    told, and the book's part stays.
    """
    mine: dict[str, Guard] = {}
    for organ in body.organs:
        if (file := files.get(organ.exercise)) is None:
            continue
        try:
            mine[organ.function] = Guard(organ, file, function_of(organ, file), tell)
        except (Exception, SystemExit) as error:
            tell(
                f"{organ.name} ({file.name}) could not be loaded:"
                f" {type(error).__name__}: {error}. The book's part takes over."
            )
    return mine


def assemble(files: Mapping[str, Path], tell: Tell) -> Machine:
    """Return the machine with the answers of these exercises in place of its parts.

    Raises ModuleNotFoundError without the weights.
    """
    mine = guards_of(TALKING, files, tell)
    book, changed = Parts(), dict[str, Any]()

    def fit(
        function: str, fit: Callable[..., Function], book: Function, *more: Any
    ) -> Guard:
        guard = mine[function]
        return guard.fitted(fit(guard.mine, *more), book)

    for name in ("rms_norm", "softmax", "swiglu"):
        if name in mine:
            changed[name] = fit(name, getattr(organs, name), getattr(book, name))
    if "rotate" in mine:
        changed["rotation"] = guarded_rotation(mine["rotate"], book)
    if "attention" in mine:
        changed["attend"] = fit("attention", organs.attention, book.attend)
    if "step" in mine:
        others = changed.get("attend", book.attend)
        changed["attend"] = fit("step", organs.cache_step, others, others)
    if "llama_block" in mine:
        changed["update_stream"] = fit(
            "llama_block", organs.llama_block, book.update_stream
        )
    tokenizer = tokenization.load_smollm2()
    if "encode_word" in mine:
        tokenizer = copy.copy(tokenizer)
        fit("encode_word", organs.encode_word, tokenizer.bpe, list(tokenizer.ranks))
        tokenizer.cache = {}
        tokenizer.bpe = mine["encode_word"]  # type: ignore[assignment,method-assign]
    return Machine(
        LanguageModel.smollm2(Parts(**changed)),
        tokenizer,
        changed.get("softmax", softmax),
        fit("top_p", organs.nucleus, top_p) if "top_p" in mine else top_p,
        list(mine.values()),
    )


def guarded_rotation(guard: Guard, book: Parts) -> Callable[..., Function]:
    """Return a rotation of which each turn is guarded: there the reader's part runs."""
    rotation = organs.rotation(guard.mine)

    def both(positions: ArrayLike, head_width: int, theta: float) -> Function:
        turns = (
            rotation(positions, head_width, theta),
            book.rotation(positions, head_width, theta),
        )
        return lambda x: guard.run(*turns, x)

    return both
