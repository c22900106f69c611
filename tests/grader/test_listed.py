"""Facts on two lists or texts: each is said where it is true, and nowhere else."""

from __future__ import annotations

import pytest
from groundup.grader.listed import of_lists


@pytest.mark.parametrize(
    ("mine", "wanted", "said"),
    [
        ("ab cd", ["ab", "cd"], "You have a text where a list is expected. What is in"),
        (["a", "b"], "ab", "You have a list where a text is expected."),
        (("a", 1), ["a", 1], "You have a tuple where a list is expected."),
        ([1, 2], [1, 2, 3], "One entry is missing at the end."),
        ([3], [1, 2, 3], "Two entries are missing at the beginning."),
        ("Hi!abc", "Hi!", "3 characters are too many at the end."),
        ([3, 2, 1], [1, 2, 3], "Your result is the expected one in reverse order."),
        ("acb", "abc", "Your characters are the expected ones in another order."),
    ],
)
def test_what_a_list_has_to_do_with_the_expected_one(mine, wanted, said):
    assert of_lists(mine, wanted).startswith(said)


@pytest.mark.parametrize(
    ("mine", "wanted"),
    [
        ([], [1]),  # everything is missing, at either end
        ("xb", ["ab"]),
        ("", []),
        (["a", 1], "a1"),
        ([1, 2], [2, 3]),
        ([1, 3], [1, 2, 3]),
        (None, [1]),
        (7, "7"),
    ],
)
def test_nothing_is_said_of_lists_where_nothing_is_certain(mine, wanted):
    assert of_lists(mine, wanted) == ""
