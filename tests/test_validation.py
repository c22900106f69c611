"""The checks of arguments: what passes unchanged, and what each refusal says."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from groundup.validation import finite_numbers, real_numbers, token_ids


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_floats_are_not_copied(dtype: type[np.floating]) -> None:
    x = np.ones((2, 3), dtype)
    assert real_numbers(x, "x") is x


@pytest.mark.parametrize("values", [[1, 2], [True, False], np.array([1, 2], np.uint8)])
def test_whole_numbers_become_float64(values: Any) -> None:
    for found in (real_numbers(values, "x"), finite_numbers(values, "x", 1)):
        assert found.dtype == np.float64
        np.testing.assert_array_equal(found, values)


def test_infinity_and_nan_are_real_numbers() -> None:
    x = real_numbers([-np.inf, np.nan], "x")
    assert np.isneginf(x[0]) and np.isnan(x[1])


def test_finite_numbers_are_float64_and_not_copied_if_they_were() -> None:
    x = np.ones((2, 3))
    assert finite_numbers(x, "x", 2) is x
    assert finite_numbers(np.ones(2, np.float32), "x", 1).dtype == np.float64


def test_ids_become_int64() -> None:
    found = token_ids(np.array([0, 4], np.uint8), 5)
    assert found.dtype == np.int64 and found.tolist() == [0, 4]
    assert token_ids([], 5).shape == (0,)
    assert token_ids([[1], [2]], 5, 2, least=2).shape == (2, 1)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: real_numbers(["a"], "q"), "q must hold real numbers, found dtype <U1"),
        (lambda: real_numbers([1j], "q"), "q must hold real numbers, found dtype comp"),
        (lambda: real_numbers(1.0, "q"), "q must have 1 axes or more, found shape ()"),
        (
            lambda: real_numbers([1.0], "q", 2),
            "q must have 2 axes or more, found shape (1,)",
        ),
        (lambda: finite_numbers([["a"]], "X", 2), "X must hold real numbers"),
        (lambda: finite_numbers(1.0, "y", 1), "y must have shape (n,), found ()"),
        (lambda: finite_numbers([1.0], "X", 2), "X must have shape (n, d), found (1,)"),
        (lambda: finite_numbers([], "y", 1), "y is empty, found shape (0,)"),
        (lambda: finite_numbers([np.nan], "y", 1), "y holds NaN or infinity"),
        (lambda: finite_numbers([np.inf, 1], "y", 1), "y holds NaN or infinity"),
        (
            lambda: token_ids([0.5], 3),
            "ids must be integers of shape (T,), found float64 (1,)",
        ),
        (
            lambda: token_ids([1], 3, 2),
            "ids must be integers of shape (B, T), found int64 (1,)",
        ),
        (lambda: token_ids([], 3, least=1), "ids must be at least 1, found shape (0,)"),
        (lambda: token_ids([0, 3], 3), "ids must lie in 0..2, found 0..3"),
        (lambda: token_ids([-1, 2], 3), "ids must lie in 0..2, found -1..2"),
    ],
)
def test_a_refusal_says_what_was_found(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=re.escape(message)):
        call()
