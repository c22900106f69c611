"""The tables of what was measured, on pages and in notebooks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from groundup.book.benchmarks import all_ratios
from groundup.book.measured import NOTHING, as_markdown, measured

from tests.bench import run

ROOT = Path(__file__).resolve().parents[2]
RESULT = {
    "name": "fit <n>", "peer": "scikit-learn", "threads": 2, "ratio": 0.456,
    "low": 0.4, "high": 0.5, "aim": 1.0, "ours_mb": 7.0, "peer_mb": None,
}  # fmt: skip


def test_a_topics_ratios_are_found_by_the_name_of_their_file(tmp_path: Path) -> None:
    (tmp_path / "benchmarks").mkdir()
    report = {"machine": {"processors": 2}, "results": [RESULT], "figures": []}
    (tmp_path / "benchmarks/fitting.json").write_text(json.dumps(report))
    assert as_markdown(tmp_path, "fitting").splitlines()[-1] == (
        "| fit <n>, compared with scikit-learn | 2 | 0.46 |"
    )
    assert as_markdown(tmp_path, "other") == NOTHING
    html = all_ratios(measured(tmp_path))
    assert "fit &lt;n&gt;" in html and "Measured with processors 2." in html


@pytest.mark.parametrize(("aim", "count"), [(1.0, 0), (0.4, 1)])
def test_an_aim_that_is_not_reached_warns_and_fails_the_weekly_run(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    aim: float,
    count: int,
) -> None:
    figure = {"name": "a check", "unit": "s", "aim": 0.1, "value": 0.1}
    report = {"results": [RESULT | {"aim": aim}], "figures": [figure]}
    (tmp_path / "fitting.json").write_text(json.dumps(report))
    said = run.missed(tmp_path, ["fitting"])
    assert len(said) == count
    if said:
        monkeypatch.delenv("GROUNDUP_PROVE_ALL", raising=False)
        assert run.verdict(said) == 0
        assert "fitting: fit <n>, 2 thread(s): 0.46" in capsys.readouterr().out
        monkeypatch.setenv("GROUNDUP_PROVE_ALL", "1")
        assert "aim 0.40" in str(run.verdict(said))


def test_a_figure_that_is_too_large_is_missed(tmp_path: Path) -> None:
    figure = {"name": "a check", "unit": "s", "aim": 0.1, "value": 0.2}
    report = {"results": [], "figures": [figure]}
    (tmp_path / "grader.json").write_text(json.dumps(report))
    assert run.missed(tmp_path, ["grader"]) == ["grader: a check: 0.2 s, aim 0.1"]


def test_every_file_is_of_a_module_that_measures() -> None:
    modules = {path.stem for path in (ROOT / "tests/bench").glob("*.py")}
    files = {path.stem for path in (ROOT / "benchmarks").glob("*.json")}
    assert files and files <= modules
