"""Comparisons: near machine precision, and readable when they fail."""

from __future__ import annotations

import numpy as np
import pytest
from groundup.grader.expect import expect, expect_close, expect_parts, expect_same
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


def test_a_difference_deep_in_an_array_is_among_what_is_shown():
    want = np.arange(1200.0).reshape(30, 40)
    got = want.copy()
    got[12, 37] = -5
    assert verdict_of(expect_close, got, want) == (
        "  yours     [512. 513. 514. 515. 516.  -5. 518. 519.]\n"
        "  expected  [512. 513. 514. 515. 516. 517. 518. 519.]\n"
        "            entries [12, 32:40] of shape (30, 40)\n"
        "  largest difference 522 at [12, 37]"
    )


def test_so_is_one_in_a_small_array_of_many_lines():
    want = np.arange(24.0).reshape(2, 4, 3)
    got = want + 0
    got[1, 3, 0] = -5
    says = verdict_of(expect_close, got, want)
    assert "yours     [-5. 22. 23.]" in says
    assert "entries [1, 3, 0:3] of shape (2, 4, 3)" in says


def test_numbers_that_look_equal_get_as_many_digits_as_it_takes():
    got, want = np.array([1 / 3 + 1e-10, 1.0]), np.array([1 / 3, 1.0])
    says = verdict_of(expect_close, got, want)
    assert "yours     [0.333333333433 1.            ]" in says
    assert "expected  [0.333333333333 1.            ]" in says
    says = verdict_of(expect_close, 1 + 1e-11, 1.0)
    assert says.startswith("  yours     1.00000000001\n  expected  1\n")


@pytest.mark.parametrize(
    ("got", "want", "says"),
    [
        (
            np.float32([0.1, 0.7]),
            [0.1, 0.7],
            "Yours has dtype float32, which keeps 7 digits; float64 has 16.",
        ),
        (
            np.float32([0.1, 0.7]).astype(float),
            [0.1, 0.7],
            "Your numbers are all of dtype float32, which keeps 7 digits;",
        ),
        (
            np.array([1, 2]),
            [1.5, 2],
            "Yours has dtype int64, which holds whole numbers",
        ),
        (np.array([True, False]), [1.5, 2], "Yours has dtype bool: True counts as 1"),
        (np.array([1.0, 1.0]), [True, False], "Yours has dtype float64, expected True"),
    ],
)
def test_a_dtype_that_has_to_do_with_the_difference_is_named(got, want, says):
    assert says in verdict_of(expect_close, got, want)


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (np.float32([0.1, 0.9]), [0.1, 0.7]),  # that is no rounding
        (np.array([1, 2]), [1, 3]),
        (np.array([1.5, 2.0]), [1.5, 3.0]),
        (np.array([True, False]), [True, True]),
        (84.5, 83.7095),  # counted, and as short as a half
    ],
)
def test_a_dtype_that_has_nothing_to_do_with_it_is_not(got, want):
    assert "dtype" not in verdict_of(expect_close, got, want)


def test_booleans_are_shown_as_such():
    got, want = np.tri(2, dtype=bool), np.tri(2, dtype=bool).T
    assert verdict_of(expect_close, got, want) == (
        "  yours     [[ True False]\n"
        "             [ True  True]]   shape (2, 2)\n"
        "  expected  [[ True  True]\n"
        "             [False  True]]   shape (2, 2)\n"
        "  they differ at [0, 1]"
    )
    expect_close(want.astype(int).tolist(), want)


def test_what_can_lead_to_a_number_that_is_not_finite_is_told_for_its_kind():
    says = verdict_of(expect_close, np.array([np.inf, 1.0]), [1.0, 1.0])
    assert "exp of more than 709" in says
    assert "0/0" not in says and "logarithm" not in says
    says = verdict_of(expect_close, np.array([np.nan, np.nan]), [1.0, 1.0])
    assert "2 of 2 are nan: 0/0, inf - inf" in says
    assert "709" not in says
    says = verdict_of(expect_close, -np.inf, 1.0)
    assert says.endswith(
        "It is -inf: the logarithm of 0 is -inf, and so is a negative"
        " number divided by 0."
    )


def test_which_of_several_results_differs_is_told():
    says = verdict_of(expect_close, [1.0], [2.0], name="scales")
    assert says.startswith("Of your results, `scales` differs.\n  yours ")
    says = verdict_of(expect_close, [[1.0]], [2.0], name="scales")
    assert says.startswith("Your `scales` is an array of shape (1, 1), expected an arr")
    says = verdict_of(expect_same, ["a"], ["b"], name="words")
    assert says.startswith("Of your results, `words` differs.\n  yours ")


def test_a_long_list_or_text_is_shown_where_it_differs():
    expect_same(["a"], ["a"])
    want = [f"w{n}" for n in range(100)]
    got = want[:70] + ["no"] + want[71:]
    assert verdict_of(expect_same, got, want) == (
        "Your result is not the expected one.\n"
        "  yours     ['w66', 'w67', 'w68', 'w69', 'no', 'w71', 'w72', 'w73']\n"
        "  expected  ['w66', 'w67', 'w68', 'w69', 'w70', 'w71', 'w72', 'w73']\n"
        "  the first difference is at [70]; shown is [66:74] of 100, expected of 100"
    )
    says = verdict_of(expect_same, "a" * 60, "a" * 59)
    assert "yours     'aaaaaaaaaaaaa'\n  expected  'aaaaaaaaaaaa'" in says
    assert "at [59]; shown is [47:71] of 60, expected of 59" in says
    assert "yours     'ab'\n  expected  ['a', 'b']" in verdict_of(
        expect_same, "ab", ["a", "b"]
    )
    assert "yours     (1, 2)" in verdict_of(expect_same, (1, 2), [1, 2])
