"""DPO: a small GPT learns from pairs of names which of two is preferred.

The reward of a name is β times how much likelier it has become than under the
reference, the model before; no model of rewards is trained.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from ..gpt import GPT, AdamW, Plan, learning_rate, table
from ..gpt.layers import IGNORED, Ids
from ..gpt.training import END, decode
from .layers import Array

DPO_PLAN = Plan(steps=60, batch=32, peak=1e-3, warmup=0, decay=0.0)


def log_probabilities(logits: Array, targets: Ids) -> tuple[Array, Array]:
    """Return ln p of each text, (B,), and those of all tokens, (B T, V).

    Formula `fine_tuning.text_log_probability`: the sum over the targets that count.
    `logits: (B T, V)`, `targets: (B, T)`. Sums are formed in double precision.
    """
    shifted = logits - logits.max(axis=1, keepdims=True)
    every = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    flat = targets.reshape(-1)
    counted = np.flatnonzero(flat != IGNORED)
    of_tokens = np.zeros(len(flat))
    of_tokens[counted] = every[counted, flat[counted]]
    return of_tokens.reshape(targets.shape).sum(axis=1), every


def log_probabilities_backward(d_texts: Array, every: Array, targets: Ids) -> Array:
    """Return the gradient by the logits: Σ over texts of d (y − p), (B T, V).

    `d_texts: (B,)` are the gradients by ln p of each text.
    """
    flat = targets.reshape(-1)
    counted = np.flatnonzero(flat != IGNORED)
    d_logits: Array = np.zeros_like(every)
    d_logits[counted] = -np.exp(every[counted])
    d_logits[counted, flat[counted]] += 1
    weights = np.repeat(d_texts, targets.shape[1])[:, None]
    d_logits *= weights.astype(every.dtype)
    return d_logits


def dpo_loss(
    chosen: ArrayLike,
    rejected: ArrayLike,
    reference_chosen: ArrayLike,
    reference_rejected: ArrayLike,
    beta: float,
) -> tuple[float, Array]:
    """Return the mean of −ln σ(β margin), and its gradient by ln p of the chosen.

    Formula `fine_tuning.dpo_loss`; the gradient by ln p of the rejected is the
    negative. All four are ln p of n texts, (n,). Raises ValueError unless β > 0.
    Source: Rafailov et al. (2023).
    """
    if not 0 < beta < np.inf:
        raise ValueError(f"beta must be a positive number, found {beta}")
    now = np.asarray(chosen) - np.asarray(rejected)
    before = np.asarray(reference_chosen) - np.asarray(reference_rejected)
    margin = beta * (now - before)
    losses = np.logaddexp(0, -margin)
    doubt = np.exp(-np.logaddexp(0, margin))  # σ(−margin): 1 where it is wrong
    return float(losses.mean()), -beta * doubt / len(margin)


class Pairs(NamedTuple):
    """Names of which each chosen one is preferred to the rejected one beside it."""

    chosen: list[str]
    rejected: list[str]


def pairs(
    names: Sequence[str],
    preferred: Callable[[str], bool],
    rng: np.random.Generator,
    n: int,
) -> Pairs:
    """Return n pairs drawn from names: one that is preferred, one that is not.

    Raises ValueError where all names are of one kind.
    """
    kinds = {
        wanted: [name for name in names if preferred(name) == wanted]
        for wanted in (True, False)
    }
    if not (kinds[True] and kinds[False]):
        raise ValueError(
            "some names must be preferred and some not,"
            f" found {len(kinds[True])} and {len(kinds[False])}"
        )
    drawn = {
        wanted: [found[i] for i in rng.integers(len(found), size=n)]
        for wanted, found in kinds.items()
    }
    return Pairs(drawn[True], drawn[False])


class Dpo:
    """A GPT that learns from pairs, and the reference that it started from."""

    def __init__(self, model: GPT, reference: GPT, beta: float) -> None:
        """Take a model to train and one that stays, of the same sizes or ValueError."""
        if model.config != reference.config:
            raise ValueError(
                f"model and reference must have the same sizes, found {model.config}"
                f" and {reference.config}"
            )
        self.model, self.reference, self.beta = model, reference, beta

    def loss(self, batch: Pairs) -> float:
        """Return the loss of some pairs, and keep what `backward` needs."""
        n = len(batch.chosen)
        texts = [*batch.chosen, *batch.rejected]
        ids, targets = table(texts, self.model.config.context)
        before, _ = log_probabilities(self.reference.forward(ids), targets)
        now, every = log_probabilities(self.model.forward(ids), targets)
        value, d_chosen = dpo_loss(now[:n], now[n:], before[:n], before[n:], self.beta)
        self.cache = np.concatenate([d_chosen, -d_chosen]), every, targets
        return value

    def backward(self) -> None:
        """Write the gradient of the last `loss` to the gradients of the model.

        Formula `fine_tuning.dpo_gradient`.
        """
        self.model.backward(log_probabilities_backward(*self.cache))


def train_dpo(dpo: Dpo, preferences: Pairs, plan: Plan = DPO_PLAN) -> Array:
    """Train on pairs drawn with replacement; return the loss of each step."""
    rng = np.random.default_rng(plan.seed)
    model = dpo.model
    optimizer = AdamW(model.flat, np.ones_like(model.flat), decay=plan.decay)
    losses = np.empty(plan.steps)
    for step in range(plan.steps):
        drawn = rng.integers(len(preferences.chosen), size=plan.batch)
        batch = Pairs(*([kind[i] for i in drawn] for kind in preferences))
        losses[step] = dpo.loss(batch)
        dpo.backward()
        rate = learning_rate(step, plan.steps, plan.peak, plan.warmup)
        optimizer.step(model.flat_gradient, rate)
    return losses


def sample_names(model: GPT, rng: np.random.Generator, n: int) -> list[str]:
    """Return n names that a model makes up, all of them letter by letter at once.

    A name that has not ended where the context ends is left as it is.
    """
    ids = np.full((n, 1), END)
    going: NDArray[np.bool_] = np.ones(n, np.bool_)
    while ids.shape[1] < model.config.context and going.any():
        scores = model.logits(ids)[:, -1].astype(np.float64)
        # The largest of scores with Gumbel's noise is a draw from their softmax.
        letters = (scores + rng.gumbel(size=scores.shape)).argmax(axis=1)
        going &= letters != END
        ids = np.hstack([ids, np.where(going, letters, END)[:, None]])
    return [decode([i for i in row if i != END]) for row in ids.tolist()]


@dataclass(frozen=True)
class Judgment:
    """What has become of a model: what it makes up, and how far from the reference.

    `preferred` and `distinct` are shares of the names it makes up, `kl` the estimate
    of KL(model ‖ reference) in nats a name, `real` the mean of ln p of real names.
    """

    preferred: float
    distinct: float
    kl: float
    real: float


def judge(
    dpo: Dpo,
    preferred: Callable[[str], bool],
    real: Sequence[str],
    rng: np.random.Generator,
    n: int = 300,
) -> Judgment:
    """Return how a model does on n names of its own and on real names.

    Formula `fine_tuning.kl`. Names without an end within the context do not count for
    KL, as no probability of the whole is known.
    """
    context = dpo.model.config.context
    made = sample_names(dpo.model, rng, n)
    ended = [name for name in made if len(name) < context - 1]
    return Judgment(
        float(np.mean([preferred(name) for name in made])),
        len(set(made)) / n,
        kl_divergence(dpo, ended),
        float(of_names(dpo.model, real).mean()),
    )


def kl_divergence(dpo: Dpo, made: Sequence[str]) -> float:
    """Return the mean of ln p − ln p of the reference, over names the model made up."""
    if not made:
        return float("nan")
    return float((of_names(dpo.model, made) - of_names(dpo.reference, made)).mean())


def of_names(model: GPT, names: Sequence[str]) -> Array:
    """Return ln p of each name, its end included: (n,)."""
    ids, targets = table(names, model.config.context)
    return log_probabilities(model.forward(ids), targets)[0]
