"""The explorable `arrows`: what it refuses, and its numbers in a real browser."""

from __future__ import annotations

import re

import numpy as np
import pytest
from groundup.widgets.arrows import Arrows
from playwright.sync_api import Page, expect

from .conftest import SPY, Open, get, press

PAIRS = [
    ([3.0, 4.0], [4.0, 0.0]),
    ([-3.0, 3.0], [4.0, 1.0]),
    ([-2.0, 4.0], [4.0, 2.0]),
    ([2.0, 1.0], [4.0, 2.0]),
    ([-1.0, 2.0], [0.5, -1.0]),
    ([0.3, -4.7], [-3.1, 0.2]),
    ([1e-3, 2e-3], [5.0, 4.9]),
    ([1.0, 1.0000001], [1.0, 1.0]),
]


def expected(a: list[float], b: list[float]) -> dict[str, object]:
    """Return what the page's `values` have to be."""
    x, y = np.array(a), np.array(b)
    coefficient = (x @ y) / (y @ y)
    across = x[0] * y[1] - x[1] * y[0]
    return {
        "dot": x @ y,
        "normA": np.linalg.norm(x),
        "normB": np.linalg.norm(y),
        "coefficient": coefficient,
        "shadow": coefficient * y,
        "residual": x - coefficient * y,
        "angle": np.arctan2(abs(across), x @ y),
        "cosine": (x @ y) / np.linalg.norm(x) / np.linalg.norm(y),
    }


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_numbers_equal_python_s_to_1e_9(open_page: Open, a, b) -> None:
    page = open_page(Arrows({"a": a, "b": b}), before=SPY)
    values, want = get(page, "values"), expected(a, b)
    assert values.keys() == want.keys()
    for name in want:
        np.testing.assert_allclose(
            values[name], want[name], rtol=1e-9, atol=1e-12, err_msg=name
        )
