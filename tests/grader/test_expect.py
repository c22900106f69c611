"""Comparisons: near machine precision, and readable when they fail."""

from __future__ import annotations

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_close, expect_parts
from groundup.grader.verdict import Verdict, show


def verdict_of(call, *args, **kwargs):
    with pytest.raises(Verdict) as verdict:
        call(*args, **kwargs)
    return str(verdict.value)


def test_equal_numbers_pass_whatever_holds_them():
    expect_close(np.array([1.0, 2.0]), [1, 2])
    expect_close([1, 2], np.array([1.0, 2.0]))
    expect_close((1, np.float32(2)), [1, 2])
    expect_close(3, 3.0)
    expect_close(np.zeros((0, 2)), np.zeros((0, 2)))


def test_rounding_passes_and_a_millionth_of_a_millionth_more_does_not():
    want = np.array([1e3, 1.0])
    expect_close(want * (1 + 1e-15), want)
    assert "largest difference" in verdict_of(expect_close, want * (1 + 3e-12), want)


def test_a_small_entry_is_measured_on_its_own_scale_where_asked():
    want, got = np.array([1e6, 1e-6]), np.array([1e6, 1.1e-6])
    expect_close(got, want)
    assert "at [1]" in verdict_of(expect_close, got, want, scale=want)


def test_zero_is_exact_unless_a_scale_is_given():
    expect_close(1e-16, 0.0, scale=1.0)
    assert "yours     1e-16" in verdict_of(expect_close, 1e-16, 0.0)


def test_a_difference_is_shown_with_its_place():
    got, want = np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    assert verdict_of(expect_close, got, want, says="Look here.") == (
        "Look here.\n"
        "  yours     [[1. 2.]\n"
        "             [3. 5.]]   shape (2, 2)\n"
        "  expected  [[1. 2.]\n"
        "             [3. 4.]]   shape (2, 2)\n"
        "  largest difference 1 at [1, 1]"
    )


@pytest.mark.parametrize(
    ("got", "says"),
    [
        (None, "You returned None, expected an array of shape (2,): is there a `ret"),
        (1.0, "You returned one number, expected an array of shape (2,)."),
        (np.zeros((2, 1)), "You returned an array of shape (2, 1), expected an array"),
        ([[1], [1, 2]], "You returned rows of different lengths, expected an array"),
        ("two", "You returned 'two', expected an array of shape (2,) of real numbers"),
        (
            np.array([1j, 2]),
            "You returned [0.+1.j 2.+0.j]   shape (2,) (dtype complex128), expected",
        ),
        ({"a": 1}, "You returned {'a': 1}, expected an array of shape (2,) of real"),
    ],
)
def test_a_value_of_another_kind_is_named(got, says):
    assert verdict_of(expect_close, got, [1.0, 2.0]).startswith(says)


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_finite_never_passes(bad):
    says = verdict_of(expect_close, np.array([1.0, bad]), [1.0, 2.0], scale=1e300)
    assert f"1 of 2 is {bad}: " in says


def test_parts_are_counted():
    assert expect_parts((1, "b"), "w", "b") == (1, "b")
    says = verdict_of(expect_parts, np.zeros(2), "w", "b")
    assert says.endswith("expected 2 values: `return w, b`.")
    assert verdict_of(expect_parts, (1, 2, 3), "w", "b").startswith("You returned 3")
    assert verdict_of(expect_parts, None, "w", "b").startswith("You returned None")


def test_a_condition_has_its_sentence():
    expect(np.bool_(True), "never said")
    assert verdict_of(expect, False, "The weights grow.") == "The weights grow."


def test_large_arrays_are_shown_in_a_few_lines():
    assert len(show(np.zeros((500, 40))).splitlines()) <= 7
    assert show(np.zeros((500, 40))).endswith("shape (500, 40)")
    assert len(show("x" * 10_000)) < 200
