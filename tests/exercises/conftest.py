"""Which exercises are graded: those of which a test runs in this process."""

from __future__ import annotations

import pytest

from tests.kept import has_to_run

from . import graded


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave out the exercises whose checks are kept, or not asked for.

    Tests that are never kept look at no results.
    """
    due = [item for item in session.items if has_to_run(item)]
    graded.DUE.intersection_update(graded.exercise_of(item) for item in due)
