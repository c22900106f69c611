"""Wrong answers that are right for most inputs, beside those that are told why."""

from __future__ import annotations

from pathlib import Path

import pytest
from groundup.grader import grading

from .graded import EXERCISES

ONE_PASS = """
def encode_word(word, merges):
    symbols = list(word)
    for pair in merges:
        before, symbols = symbols, []
        for symbol in before:
            if symbols and (symbols[-1], symbol) == tuple(pair):
                symbols[-1] += symbol
            else:
                symbols.append(symbol)
    return symbols
"""
BY_ROWS = """
import numpy as np

def softmax(x):
    out = np.zeros_like(x)
    for place in np.ndindex(*x.shape[:-1]):
        powers = np.exp(x[place] - x[place].max())
        out[place] = powers / powers.sum()
    return out
"""
JOIN = """
import re

def join(word, pair):
    text, old, new = " ".join(word), " ".join(pair), "".join(pair)
    return {}.split()
"""
PATTERN = 're.sub(r"(?<!\\S)" + old + r"(?!\\S)", new, text)'
PADDED = '(" " + text + " ").replace(" " + old + " ", " " + new + " ")'
CHANGED = {  # what stands in a solution, and what in its place
    "tolerance-from-the-largest": (
        "equivariance",
        "np.max(np.abs(out))",
        "abs(out.max())",
    ),
    "first-eigenvalue": (
        "scaling",
        "len(X) / np.linalg.norm(X, 2) ** 2",
        "2 / np.linalg.eigvals(2 / len(X) * X.T @ X)[0]",
    ),
    "variance-is-zero": ("r_squared", "np.all(y == y[0])", "np.var(y) == 0"),
    "integers-kept": (
        "gradient",
        "2 / len(y) * (X.T @ error)",
        "(2 / len(y) * (X.T @ error)).astype(w.dtype)",
    ),
}


WRITTEN = {  # what comes after a solution, and defines its function anew
    "one-pass": ("encode_word", ONE_PASS),
    "integers-filled": ("softmax", BY_ROWS),
    "pattern": ("merge_step", JOIN.format(PATTERN)),
    "padded": ("merge_step", JOIN.format(PADDED)),
}


def changed(id_: str, old: str, new: str) -> str:
    """Return a solution with one thing changed."""
    source = EXERCISES[id_].solution
    assert old in source
    return source.replace(old, new)


def answers() -> dict[str, tuple[str, str]]:
    """Return the answers to the exercises that are asked for, by their flaw."""
    mine = {n: what for n, what in CHANGED.items() if what[0] in EXERCISES}
    found = {name: (id_, changed(id_, *what)) for name, (id_, *what) in mine.items()}
    for name, (id_, source) in WRITTEN.items():
        if id_ in EXERCISES:
            found[name] = id_, EXERCISES[id_].solution + source
    return found


ANSWERS = answers()


@pytest.mark.parametrize("name", ANSWERS)
def test_a_near_miss_is_refused(name: str, tmp_path: Path) -> None:
    id_, source = ANSWERS[name]
    file = tmp_path / f"{id_}.py"
    file.write_text(source, "utf-8")
    for seed in range(3):
        report = grading.grade(EXERCISES[id_], file, seed=seed)
        assert report.score < report.max
        assert report.score >= report.max / 2
