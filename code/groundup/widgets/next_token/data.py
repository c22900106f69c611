"""What the explorable knows of each prompt: the likeliest tokens, and sums of the rest.

The browser gets 250 logits of some 49,000. So that its numbers are exact all the same,
what it needs to know of the others is added up here, for every stop of the sliders.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypedDict

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

HEAD = 250  # tokens whose logits the browser gets
TEMPERATURES = [round(0.1 * step, 1) for step in range(1, 21)]
COUNTS = [1, 2, 3, 5, 10, 20, 50, 100, 200, 0]  # top-k; 0 keeps all
SHARES = [*(round(0.05 * step, 2) for step in range(1, 20)), 0.99, 1.0]  # top-p
RATIOS = [0.0, 0.001, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0]  # min-p
# Weights are e to the power of (logit − largest) / T: a list [tokens, their weight].
Cut = list[float]


class Prompt(TypedDict):
    """One entry of the explorable's menu, as the browser gets it."""

    prompt: str
    tokens: list[str]
    logits: list[float]
    size: int
    totals: list[float]  # the weight of all tokens, for each temperature
    by_share: dict[str, Cut]  # where top-p cuts beyond the head: "temperature,share"
    by_ratio: dict[str, Cut]  # the same for min-p


def prompt(text: str, tokens: Sequence[str], logits: ArrayLike) -> Prompt:
    """Return the entry of one prompt; `tokens` are the texts of all V, `logits: (V,)`.

    Raises ValueError for logits that are not finite, or not one for each token.
    """
    scores = np.asarray(logits, dtype=np.float64)
    if scores.shape != (len(tokens),) or len(tokens) < 2:
        raise ValueError(f"expected {len(tokens)} logits, found shape {scores.shape}")
    if not np.isfinite(scores).all():
        raise ValueError(f"the logits of {text!r} must be finite")
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order]
    entry: dict[str, Any] = {"totals": [], "by_share": {}, "by_ratio": {}}
    for t, temperature in enumerate(TEMPERATURES):
        weights = np.exp((ordered - ordered[0]) / temperature)
        sums = np.cumsum(weights)
        entry["totals"].append(float(sums[-1]))
        entry["by_share"] |= {
            f"{t},{p}": cut
            for p, share in enumerate(SHARES)
            if (cut := cut_at(int(np.sum(sums < share * sums[-1])) + 1, sums))
        }
        entry["by_ratio"] |= {
            f"{t},{m}": cut
            for m, ratio in enumerate(RATIOS)
            if (cut := cut_at(int(np.sum(weights >= ratio)), sums))
        }
    return {
        "prompt": text,
        "tokens": [tokens[token] for token in order[:HEAD]],
        "logits": ordered[:HEAD].tolist(),
        "size": len(scores),
        **entry,  # type: ignore[typeddict-item]
    }


def cut_at(count: int, sums: Array) -> Cut | None:
    """Return the cut after `count` tokens, None where the browser can find it."""
    count = min(count, len(sums))
    return [count, float(sums[count - 1])] if count > HEAD else None
