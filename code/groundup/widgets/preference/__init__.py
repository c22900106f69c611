"""The preference dial: from one answer alone to the reference, and DPO's loss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from traitlets import Dict, Float, Int, List, Unicode

from groundup.transformers.fine_tuning import optimal_policy

from ..explorable import Explorable
from .poster import poster

LEAST, MOST = 0.05, 20.0  # of β
FAR = 8.0  # of the margin, to either side
CONTROLS = ("loss", "reset", "link")
# Names with the probability that a reference gives them; the reward counts letters a.
NAMES = (
    ("mary", 0.30, 1.0),
    ("john", 0.25, 0.0),
    ("anna", 0.20, 2.0),
    ("carl", 0.12, 1.0),
    ("maria", 0.08, 2.0),
    ("amanda", 0.05, 3.0),
)
PAIRS = (("amanda", "mary"), ("anna", "john"), ("maria", "anna"))
CAPTION = (
    "Turn β: the thin gray bars are the reference, the blue ones the distribution with"
    " the most reward less β times the KL to the reference."
)
LOSS = (
    " On the right, drag the orange point: the margin m is how much further the"
    " preferred answer has come than the other since the reference, in ln p."
)

Answer = tuple[str, float, float]


class Preference(Explorable):
    """Answers with a reference and rewards, where β leads, and DPO's loss of a pair.

    `answers` are texts with the probability that the reference gives them and a reward,
    of which `unit` says what it counts. `pairs` are of texts, the preferred one first.
    The state is `beta`, from 0.05 to 20, `pair`, a place in `pairs`, and `margin`, from
    -8 to 8: ln p of the preferred answer less ln p of the other, less the same under
    the reference. The page writes `policy`, as
    `groundup.transformers.fine_tuning.optimal_policy`, and `numbers`: `reward`, `kl`
    and `variety` (e to the entropy) of it, `scaled` (β times the margin), `loss` and
    `slope` of DPO, and `aim`, the margin that the policy has. `controls` are those of
    `CONTROLS` that are shown; without "loss" it is the distribution alone.
    Raises ValueError for other answers, pairs, states and controls.
    """

    names = List(Unicode()).tag(sync=True)
    reference = List(Float()).tag(sync=True)
    rewards = List(Float()).tag(sync=True)
    unit = Unicode("letters a").tag(sync=True)
    pairs = List(List(Int())).tag(sync=True)
    beta = Float(1.0).tag(sync=True)
    pair = Int(0).tag(sync=True)
    margin = Float(0.0).tag(sync=True)
    controls = List(Unicode(), list(CONTROLS)).tag(sync=True)
    policy = List(Float()).tag(sync=True)
    numbers = Dict().tag(sync=True)

    def __init__(
        self,
        answers: Sequence[Answer] = NAMES,
        pairs: Sequence[tuple[str, str]] = PAIRS,
        *,
        beta: float = 1.0,
        pair: int = 0,
        margin: float = 0.0,
        controls: Sequence[str] = CONTROLS,
        **kwargs: Any,
    ) -> None:
        names, reference, rewards = (list(each) for each in zip(*answers, strict=True))
        optimal_policy(reference, rewards, 1.0)  # refuses what is no distribution
        for two in pairs:
            if not set(two) <= set(names) or len(set(two)) < 2:
                raise ValueError(f"pairs are two of {names}, got {two}")
        if not LEAST <= beta <= MOST:
            raise ValueError(f"beta must be between {LEAST} and {MOST}, got {beta}")
        if not 0 <= pair < len(pairs):
            raise ValueError(f"pair must be one of {len(pairs)}, got {pair}")
        if not abs(margin) <= FAR:
            raise ValueError(f"margin must be between -{FAR} and {FAR}, got {margin}")
        if unknown := sorted(set(controls) - set(CONTROLS)):
            raise ValueError(f"controls are {CONTROLS}, got {unknown}")
        kwargs.setdefault("caption", CAPTION + LOSS if "loss" in controls else CAPTION)
        super().__init__(
            names=names,
            reference=reference,
            rewards=rewards,
            pairs=[[names.index(name) for name in two] for two in pairs],
            beta=beta,
            pair=pair,
            margin=margin,
            controls=list(controls),
            **kwargs,
        )

    @classmethod
    def example(cls) -> Self:
        """Return six names, of which those with many letters a are preferred."""
        return cls()

    def room(self) -> tuple[str, str]:
        """Return its heights as measured on a wide page and on a phone."""
        if "loss" in self.controls:
            high = "clamp(220px, 0.375 * var(--gu-width) - 10px, 300px)"
            return f"calc({high} + 272px)", "1006px"
        return "496px", "504px"

    def poster(self) -> str:
        """Return the reference, and where a small, this and a large β lead."""
        return poster(self.names, self.reference, self.rewards, self.beta)
