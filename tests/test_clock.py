"""What the suite foresees of itself."""

from __future__ import annotations

import pytest

from tests.clock import SECONDS_TO_INSTALL, minutes, share


@pytest.mark.parametrize(
    ("path", "grows"),
    [
        ("tests/exercises/test_texts.py::test_one", "exercises"),
        ("tests/transformers/test_gpt.py::test_one", "chapters"),
        ("tests/browser/test_every_page.py::test_one", "chapters"),
        ("tests/browser/test_reading.py::test_one", ""),
        ("tests/grader/test_attacks.py::test_one", ""),
    ],
)
def test_a_test_grows_with_what_it_is_about(path: str, grows: str) -> None:
    assert share(path) == grows


def test_the_model_grows_by_chapters_and_by_exercises() -> None:
    install = SECONDS_TO_INSTALL / 60
    assert minutes({"": 60.0}, 33, 231) == pytest.approx(install + 0.8)
    assert minutes({"chapters": 60.0}, 11, 1) == pytest.approx(install + 2.4)
    assert minutes({"exercises": 60.0}, 1, 77) == pytest.approx(install + 2.4)
