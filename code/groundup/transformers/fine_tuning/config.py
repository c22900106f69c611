"""Which matrices LoRA adapts, where they are in the model, and what that takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from groundup.pretrained.smollm2 import Config

MATRICES = ("q", "k", "v", "o", "gate", "up", "down")


class Place(NamedTuple):
    """Where one of a block's seven matrices is: columns of a matrix of the model."""

    matrix: str
    columns: slice
    d_in: int

    @property
    def d_out(self) -> int:
        """The number of its columns."""
        return int(self.columns.stop - self.columns.start)


def places(config: Config) -> dict[str, Place]:
    """Return the places of q, k, v, o, gate, up and down."""
    d, kv, h = config.width, config.kv_width, config.hidden
    return {
        "q": Place("qkv", slice(0, d), d),
        "k": Place("qkv", slice(d, d + kv), d),
        "v": Place("qkv", slice(d + kv, d + 2 * kv), d),
        "o": Place("output", slice(0, d), d),
        "gate": Place("gate_up", slice(0, h), d),
        "up": Place("gate_up", slice(h, 2 * h), d),
        "down": Place("down", slice(0, d), h),
    }


@dataclass(frozen=True)
class LoraConfig:
    """Rank r, α, and which matrices of each block are adapted.

    Raises ValueError for a rank below 1, an α that is not positive, and for matrices
    that are none or named twice.
    """

    rank: int = 8
    alpha: float = 16
    matrices: tuple[str, ...] = ("q", "v")

    def __post_init__(self) -> None:
        if self.rank < 1 or self.rank != int(self.rank):
            raise ValueError(f"the rank must be 1, 2, …, found {self.rank}")
        if not 0 < self.alpha < np.inf:
            raise ValueError(f"alpha must be a positive number, found {self.alpha}")
        odd = [m for m in self.matrices if m not in MATRICES]
        if odd or not self.matrices or len(set(self.matrices)) < len(self.matrices):
            raise ValueError(
                f"matrices must be some of {', '.join(MATRICES)}, each once;"
                f" found {self.matrices}"
            )

    @property
    def scale(self) -> float:
        """α / r, which keeps the size of the update where the rank changes."""
        return self.alpha / self.rank


def shapes(config: Config, lora: LoraConfig) -> dict[str, tuple[int, int]]:
    """Return the shapes of all A and B, as `layer.matrix.A` and `layer.matrix.B`."""
    at, r = places(config), lora.rank
    found: dict[str, tuple[int, int]] = {}
    for layer in range(config.layers):
        for matrix in MATRICES:
            if matrix in lora.matrices:
                found[f"{layer}.{matrix}.A"] = (at[matrix].d_in, r)
                found[f"{layer}.{matrix}.B"] = (r, at[matrix].d_out)
    return found


def parameters(config: Config, lora: LoraConfig) -> int:
    """Return how many numbers LoRA learns: r (d_in + d_out) for each matrix.

    Formula `fine_tuning.lora_parameters`.
    """
    at = places(config)
    widths = (at[matrix].d_in + at[matrix].d_out for matrix in lora.matrices)
    return config.layers * lora.rank * sum(widths)
