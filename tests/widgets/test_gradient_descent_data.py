"""What the gradient descent explorable accepts, and what it says about the rest."""

from __future__ import annotations

import numpy as np
import pytest
from groundup.algorithms import linear_regression
from groundup.widgets.gradient_descent import GradientDescent
from groundup.widgets.gradient_descent.data import scaled

X, Y = [1, 2, 3, 4], [2, 3, 5, 6]


@pytest.mark.parametrize(
    ("x", "y", "message"),
    [
        ([1, float("nan"), 3], [1, 2, 3], "x must be finite, got nan at index 1"),
        ([1, 2, 3], [1, 2, float("inf")], "y must be finite, got inf at index 2"),
        ([1, 2, 3], [1, 2], "got 3 and 2 values"),
        ([1], [1], "at least 2 points, got 1"),
        ([], [], "at least 2 points, got 0"),
        ([2, 2, 2], [1, 2, 3], "x must vary, got 2.0 everywhere"),
        ([[1, 2]], [1, 2], r"x must have shape \(n,\), got shape \(1, 2\)"),
        (["a", "b"], [1, 2], "x must hold numbers"),
        ([1 + 2j, 2], [1, 2], "x must hold numbers"),
    ],
)
def test_data_without_one_best_line_are_refused_in_words(x, y, message) -> None:
    with pytest.raises(ValueError, match=message):
        GradientDescent(x, y)


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ({"learning_rate": 0.0}, "learning_rate must be positive, got 0.0"),
        ({"learning_rate": float("nan")}, "learning_rate must be positive"),
        ({"start": [1.0]}, r"start must be \(intercept, slope\), got 1 values"),
        ({"start": [1.0, float("nan")]}, "start must be finite"),
        ({"units": "scaled"}, "units must be"),
    ],
)
def test_wrong_options_are_refused_in_words(option, message) -> None:
    with pytest.raises(ValueError, match=message):
        GradientDescent(X, Y, **option)


def test_nothing_to_show_is_refused() -> None:
    with pytest.raises(ValueError, match="expected x and y, or datasets"):
        GradientDescent()


def test_default_rate_is_stable_and_default_start_is_not_the_solution() -> None:
    widget = GradientDescent(X, Y)
    A = linear_regression.add_intercept(np.array(widget.x)[:, None])
    assert widget.learning_rate < linear_regression.largest_stable_learning_rate(A)
    error = linear_regression.mean_squared_error(A, np.array(Y, float), widget.start)
    assert error > 1.0


def test_a_constant_target_and_numpy_integers_are_accepted() -> None:
    widget = GradientDescent(np.arange(3), np.full(3, 7))
    assert widget.y == [7.0, 7.0, 7.0]


def test_units_change_the_feature_and_say_so() -> None:
    x = np.array([170.0, 200.0, 230.0])
    centered, label = scaled(x, "flipper length (mm)", "centered")
    assert (centered.tolist(), label) == (
        [-30.0, 0.0, 30.0],
        "flipper length (mm) minus its mean",
    )
    standard, label = scaled(x, "flipper length (mm)", "standardized")
    assert np.isclose(standard.std(), 1.0)
    assert label == "flipper length (in standard deviations)"


def test_first_data_set_is_shown_with_its_own_start_and_rate() -> None:
    widget = GradientDescent(
        datasets=[
            {"name": "a", "x": X, "y": Y, "start": [0, 1], "learning_rate": 0.02},
            {"name": "b", "x": X, "y": Y, "units": "standardized"},
        ]
    )
    assert (widget.start, widget.learning_rate) == ([0.0, 1.0], 0.02)
    assert [entry["name"] for entry in widget.datasets] == ["a", "b"]
    assert widget.w == widget.start
