"""Which tests are about a topic."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from tests.topic import ROOT, find


def item(file: str, parameters: str = "") -> pytest.Item:
    """Return what a test is known by: its file and its parameters."""
    called = SimpleNamespace(id=parameters) if parameters else None
    return SimpleNamespace(path=ROOT / file, callspec=called)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("file", "parameters", "about"),
    [
        ("tests/algorithms/test_linear_regression.py", "", True),
        ("tests/algorithms/test_linear_regression_formulas.py", "gradient", True),
        ("tests/transformers/test_gpt.py", "", False),
        ("tests/exercises/test_every_exercise.py", "gradient-missing_two", True),
        ("tests/exercises/test_every_exercise.py", "softmax-no_shift", False),
        (
            "tests/browser/test_every_page.py",
            "chapters/algorithms/linear_regression.html-phone",
            True,
        ),
        (
            "tests/browser/test_every_page.py",
            "chapters/transformers/gpt.html-phone",
            False,
        ),
        ("tests/widgets/test_gradient_descent_page.py", "", True),
        ("tests/widgets/test_attention_page.py", "", False),
        ("tests/widgets/test_every_explorable.py", "gradient_descent", True),
        ("tests/test_house.py", "", False),
    ],
)
def test_a_test_is_about_a_topic_by_its_file_or_its_parameters(
    file: str, parameters: str, about: bool
) -> None:
    assert find("linear_regression").names(item(file, parameters)) == about


def test_an_unknown_topic_is_answered_with_the_known_ones() -> None:
    with pytest.raises(pytest.UsageError, match="there are: attention, gpt"):
        find("regression")
