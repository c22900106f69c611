"""The small GPT, trained by solutions in place of the loss, gradient and steps."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from groundup.bodies import NAMING, Organ
from groundup.machine import names
from groundup.transformers import gpt

EXERCISES = Path(__file__).resolve().parents[1] / "exercises"
SHORT = gpt.Plan(steps=30, peak=6e-3, decay=0.1)


def train(*organs: Organ) -> names.Trained:
    """Train with the solutions of these parts; nothing may fail in it."""
    files = {
        organ.exercise: next(EXERCISES.glob(f"*/{organ.exercise}/solution.py"))
        for organ in organs
    }

    def told(sentence: str) -> None:
        raise AssertionError(sentence)

    return names.train(files, told, SHORT)


@pytest.fixture(scope="module")
def book() -> names.Trained:
    return train()


@pytest.mark.parametrize("organ", NAMING.organs, ids=lambda organ: organ.function)
def test_a_solution_trains_as_the_book_does(organ: Organ, book: names.Trained) -> None:
    mine = train(organ)
    np.testing.assert_allclose(mine.losses, book.losses, atol=1e-5)
    assert mine.names == book.names
    assert mine.guards[0].seconds > 0


def test_a_loss_that_fails_gives_way_to_the_books(
    tmp_path: Path, book: names.Trained
) -> None:
    file = tmp_path / "cross_entropy.py"
    file.write_text("def cross_entropy(logits, targets):\n    return 1.0\n")
    told: list[str] = []
    mine = names.train({"gpt/cross_entropy": file}, told.append, SHORT)
    np.testing.assert_allclose(mine.losses, book.losses, atol=1e-5)
    assert "it must return the loss and its gradient" in told[0]
