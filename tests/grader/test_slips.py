"""Facts on two arrays: each is said where it is true, and nowhere else."""

from __future__ import annotations

import numpy as np
import pytest
from groundup.grader.misplaced import of_places, of_shapes
from groundup.grader.slips import nearly, of_values

W = np.array([1.5, -2.25, 4.0, 0.75])
SQUARE = np.array([[1.0, 2.0, 5.0], [7.0, 3.0, -1.0], [4.0, 8.0, 6.0]])
X = np.zeros((4, 3))
GAIN = np.array([0.3, -1.7, 2.6, 5.1])
CODES = np.array([1.0, 7, -7, -10])
POSITIVE = np.array([0.5, 0.25, 0.125])


@pytest.mark.parametrize(
    ("mine", "wanted", "said"),
    [
        (-W, W, "Your result is right but for its sign."),
        (np.float64(-3.0), np.float64(3.0), "Your result is right but for its sign."),
        (2 * W, W, "Your result is twice the expected one."),
        (W / GAIN, W, "Your result times `gain` is what is expected."),
        (W + GAIN, W, "Your result minus `gain` is what is expected."),
        (W**4, np.abs(W), "Your numbers are the expected ones to the power of 4."),
        (
            np.round(W / 7, 3),
            W / 7,
            "Your numbers are the expected ones, round",
        ),
        (
            np.float64(1 / 12.5),
            np.float64(12.5),
            "Your numbers are 1 over the expected",
        ),
        (W / 2, W, "Your result is half the expected one."),
        (0.3 * W, W, "Your result is 0.3 times the expected one."),
        (
            4 * W,
            W,
            "Your result is 4 times the expected one: 4, the number of rows of `X`.",
        ),
        (
            W / 3,
            W,
            "Your result is 0.333333 times the expected one: 1 over 3, the number of"
            " columns of `X`.",
        ),
        (
            np.sqrt(3) * W,
            W,
            "Your result is 1.73205 times the expected one: the root of 3, the number",
        ),
        (
            W / np.log(2),
            W,
            "Your result is 1.4427 times the expected one: 1 over ln 2, which lies",
        ),
        (W + 0.5, W, "Your result is 0.5 too large everywhere."),
        (W - 3, W, "Your result is 3 too small everywhere."),
        (POSITIVE**2, POSITIVE, "Your numbers are the square of the expected ones."),
        (
            np.sqrt(POSITIVE),
            POSITIVE,
            "Your numbers are the square root of the expecte",
        ),
        (
            np.log(POSITIVE),
            POSITIVE,
            "Your numbers are the natural logarithm of the ex",
        ),
        (1 / POSITIVE, POSITIVE, "Your numbers are 1 over the expected ones."),
        (1 - POSITIVE, POSITIVE, "Your numbers are 1 minus the expected ones."),
        (np.abs(W), W, "Your numbers are the absolute value of the expected ones."),
        (np.floor(W), W, "Your numbers are the expected ones, rounded down."),
        (np.trunc(W), W, "Your numbers are the expected ones, cut off at the point."),
    ],
)
def test_how_numbers_came_of_the_expected_ones(mine, wanted, said):
    given = {"X": X, "gain": GAIN}
    assert of_values(mine, wanted, given).startswith(said)


@pytest.mark.parametrize(
    ("mine", "wanted", "said"),
    [
        (SQUARE.T, SQUARE, "Your result is the transpose of the expected one."),
        (W[::-1], W, "Your result is the expected one in reverse order."),
        (
            SQUARE[::-1],
            SQUARE,
            "Your result is the expected one in reverse order along a",
        ),
        (SQUARE * [[3], [5], [2]], SQUARE, "Each row is the expected one times a numb"),
        (SQUARE * [3, 5, 2], SQUARE, "Each column is the expected one times a number"),
        (
            np.array([1.0, 6, 7, 9]),
            np.array([1.0, 7, 7, 10]),
            "Every wrong entry is 1 t",
        ),
        (
            np.array([1.0, 6, -7, -9]),
            np.array([1, 7, -7, -10.0]),
            "Every wrong entry is",
        ),
        (np.roll(W, 1), W, "Your result is the expected one, moved by one place."),
        (W[[1, 0, 3, 2]], W, "Your numbers are the expected ones in another order."),
        (np.array([1.5, 0, 0, 0]), W, "Only the first entry is right."),
        (W * [1, 1, 1, 2], W, "Only the last entry is wrong."),
        (SQUARE * [[0], [0], [1]], SQUARE, "Only the last row is right."),
        (SQUARE * [2, 1, 1], SQUARE, "Only the first column is wrong."),
        (
            W * [1, 1, 0, 1] + [0, 0, 2, 0],
            W * [1, 1, 0, 1],
            "Your result is wrong only",
        ),
    ],
)
def test_where_numbers_are_right(mine, wanted, said):
    assert of_places(mine, wanted, {}).startswith(said)


@pytest.mark.parametrize(
    ("mine", "wanted", "said"),
    [
        (SQUARE[:2].T, SQUARE[:2], "Your result is the transpose of the expected one."),
        (
            W[:, None],
            W,
            "Your result is a column, of shape (4, 1), where the shape (4,) is expected"
            ". The numbers are right.",
        ),
        (
            2 * W[:, None],
            W,
            "Your result is a column, of shape (4, 1), where the shape (4,) is expect",
        ),
        (
            W[None],
            W,
            "The numbers are right. Their shape is (1, 4) and should be (4,).",
        ),
        (
            np.ones((4, 4)),
            W,
            "NumPy makes an array of shape (4, 4) where one of shape (4,) meets one of"
            " shape (4, 1).",
        ),
        (W, W.mean(), "The mean of your result is what is expected."),
        (
            SQUARE[:2],
            SQUARE[:2].sum(axis=1),
            "The sum of your result along axis 1 is wh",
        ),
        (
            np.ones(3),
            W,
            "Your result has an entry for each column of `X`, expected is one for each"
            " row.",
        ),
        (
            np.arange(12.0).reshape(3, 4),
            np.ones(3),
            "Your result has an axis more than expected: axis 1, of length 4, the"
            " number of rows of `X`.",
        ),
    ],
)
def test_what_a_shape_has_to_do_with_the_expected_one(mine, wanted, said):
    assert of_shapes(np.asarray(mine), np.asarray(wanted), {"X": X}).startswith(said)


@pytest.mark.parametrize(
    ("mine", "wanted"),
    [
        (W * [2, 2, 2, 2.00001], W),  # nearly a factor
        (np.float64(6.0), np.float64(3.0)),  # any number is a multiple of another
        (np.full(3, 6.0), np.full(3, 3.0)),
        (np.full(3, 9.0), np.full(3, 3.0)),  # the square, or three times, or 6 more
        (np.full(4, np.nan), W),
        (np.zeros(4), W),
        (np.zeros(0), np.zeros(0)),
        (np.float64(0.0), np.float64(0.3)),  # not rounded down for certain
        (W * 1e3 + [0, 0, 0, 1], W * 1e-3),
        (np.array([1e6, 2e-6]), np.array([-1e6, 1e-6])),  # the small one counts, too
        (POSITIVE * (1 + np.array([1e-9, 2e-9, 4e-9])), POSITIVE),  # in no other order
        (np.array([2.0, 0, -2]), np.array([2.0, 0.2, -2])),  # not rounded for certain
        (np.float64(0.8), np.float64(0.75)),
        (np.array([0, 1.0, 0, 0]), np.array([0.2, 0.6, 0, 0.2])),  # a choice
        (np.diag([5.0, 3.0]), np.diag([1.5, 2.25])),  # one number in each row
    ],
)
def test_nothing_is_said_where_nothing_is_certain(mine, wanted):
    assert of_values(mine, wanted, {}) == ""
    assert of_places(mine, wanted, {}) == ""


@pytest.mark.parametrize(
    ("mine", "wanted", "said"),
    [
        (W * (1 + np.arange(4) * 1e-9), W, "no number is off by more than 3e-09 of"),
        (W + np.array([0, 1e-6, 0, 0]), W, "Your result is nearly right"),
        (np.float64(3.0000001), np.float64(3.0), "nearly right"),
        (W * 1.0001, W, ""),
        (np.array([1e6, 2e-6]), np.array([1e6, 1e-6]), ""),  # the small one is wrong
        (W.astype(np.float32) / 3, W / 3, ""),  # which the dtype tells
        ((W / 3).astype(np.float32).astype(float), W / 3, ""),
        (np.zeros(4), np.zeros(4), ""),
        (np.full(4, np.nan), W, ""),
    ],
)
def test_what_misses_by_little_is_told_so(mine, wanted, said):
    assert said in nearly(np.asarray(mine), wanted)
    assert bool(nearly(np.asarray(mine), wanted)) == bool(said)


def test_nothing_is_said_of_shapes_that_have_nothing_to_do_with_each_other():
    assert of_shapes(np.ones((2, 5)), W, {"X": X}) == ""
    assert of_shapes(np.array(np.nan), W, {"X": X}) == ""
