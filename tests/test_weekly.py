"""A third is tried each week, and after three weeks everything was."""

from __future__ import annotations

import pytest

from tests.weekly import in_turn


def test_in_three_weeks_everything_is_tried_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("GROUNDUP_PROVE_ALL", raising=False)
    weeks = [in_turn("abcdefgh", week) for week in (51, 52, 53)]
    assert sorted(sum(weeks, [])) == list("abcdefgh")
    assert [len(week) for week in weeks] == [3, 3, 2]
    assert in_turn("abcdefgh") in weeks  # today's


def test_where_everything_is_proved_all_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GROUNDUP_PROVE_ALL", "1")
    assert in_turn("abc", 1) == list("abc")
