"""How good answers are: valid JSON, the right keys, exactly right; with intervals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from .factbook import KEYS, Request

Z = 1.96  # of 95 percent


def wilson_interval(successes: int, n: int, z: float = Z) -> tuple[float, float]:
    """Return between which shares the true one lies, with 95 percent by default.

    Formula `fine_tuning.wilson`. Raises ValueError unless 0 ≤ successes ≤ n, n ≥ 1 and
    z > 0. Source: Wilson (1927).
    """
    if n < 1 or not 0 <= successes <= n:
        raise ValueError(
            f"successes must lie in 0..n, and n be 1 or more; found {successes} of {n}"
        )
    if not z > 0:
        raise ValueError(f"z must be positive, found {z}")
    share = successes / n
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * sqrt(share * (1 - share) / n + z**2 / (4 * n**2)) / (1 + z**2 / n)
    # On paper the ends of 0 and n are 0 and 1; rounding shall not lie beyond them.
    low = 0.0 if successes == 0 else middle - half
    high = 1.0 if successes == n else middle + half
    return low, high


@dataclass(frozen=True)
class Score:
    """How many of `n` answers are valid JSON, have the right keys, are exact."""

    valid: int
    keys: int
    exact: int
    n: int

    def interval(self, kind: str = "exact") -> tuple[float, float]:
        """Return the Wilson interval of the share of `valid`, `keys` or `exact`."""
        counts = {"valid": self.valid, "keys": self.keys, "exact": self.exact}
        if kind not in counts:
            raise ValueError(f"kind must be one of {', '.join(counts)}, found {kind!r}")
        return wilson_interval(counts[kind], self.n)


def refuse(constant: str) -> None:
    """Raise ValueError: NaN and Infinity are Python's, and no JSON."""
    raise ValueError(f"{constant} is no JSON")


def once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; raises ValueError where a key comes twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError(f"a key comes twice among {[key for key, _ in pairs]}")
    return found


def parsed(answer: str) -> Any:
    """Return what an answer in JSON says; raises ValueError where it is none.

    Of keys that come twice Python would keep the last; here they are no answer.
    """
    return json.loads(answer, parse_constant=refuse, object_pairs_hook=once_each)


def score(answers: Sequence[str], requests: Sequence[Request]) -> Score:
    """Return how many answers are valid JSON, have the five keys, are exactly right.

    Raises ValueError unless there is one answer to each request, and one at least.
    """
    if len(answers) != len(requests) or not requests:
        raise ValueError(
            "expected an answer to each of one request or more,"
            f" found {len(answers)} and {len(requests)}"
        )
    valid = keys = exact = 0
    for answer, request in zip(answers, requests, strict=True):
        try:
            found = parsed(answer)
        except (ValueError, RecursionError):
            continue
        valid += 1
        keys += isinstance(found, dict) and sorted(found) == sorted(KEYS)
        exact += found == request.fields
    return Score(valid, keys, exact, len(requests))
