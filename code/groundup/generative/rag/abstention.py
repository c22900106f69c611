"""When to say nothing: a threshold for the best line's cosine with the question.

Chosen where the answers are known, it is one number between those questions whose best
line was right and those that nothing answers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from groundup.validation import finite_numbers


def area_under_curve(answered: ArrayLike, unanswered: ArrayLike) -> float:
    """Return how often an answered question has more than an unanswered one.

    Formula `rag.auc`; equal ones count half. Shapes (n,), (m,). Raises ValueError for
    empty arrays and for numbers that are not finite.
    """
    above = finite_numbers(answered, "answered", 1)[:, None]
    below = finite_numbers(unanswered, "unanswered", 1)
    return float(np.mean(above > below) + np.mean(above == below) / 2)


def balanced_accuracy(
    answered: ArrayLike, unanswered: ArrayLike, least: float
) -> float:
    """Return the mean of two shares: answered at or above `least`, unanswered below.

    Formula `rag.balanced_accuracy`. Shapes and errors as of `area_under_curve`.
    """
    above = finite_numbers(answered, "answered", 1) >= least
    below = finite_numbers(unanswered, "unanswered", 1) < least
    return float(above.mean() + below.mean()) / 2


def threshold(answered: ArrayLike, unanswered: ArrayLike) -> float:
    """Return the number that tells answered from unanswered questions best.

    It has the largest balanced accuracy, and lies in the middle of two neighbors. Of
    equals the smallest: rather an answer too many, which shows its source, than none.
    Shapes and errors as of `area_under_curve`.
    """
    answered = finite_numbers(answered, "answered", 1)
    unanswered = finite_numbers(unanswered, "unanswered", 1)
    seen = np.unique([*answered, *unanswered])
    between = [seen[0], *(seen[:-1] + seen[1:]) / 2]
    return float(
        max(between, key=lambda least: balanced_accuracy(answered, unanswered, least))
    )
