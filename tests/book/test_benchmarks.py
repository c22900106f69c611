"""The tables of what was measured, on pages and in notebooks."""

from __future__ import annotations

import json
from pathlib import Path

from groundup.book.benchmarks import NOTHING, all_ratios, as_markdown, measured

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
        "| fit <n>, beside scikit-learn | 2 | 0.46 |"
    )
    assert as_markdown(tmp_path, "other") == NOTHING
    html = all_ratios(measured(tmp_path))
    assert "fit &lt;n&gt;" in html and "Measured with processors 2." in html


def test_every_file_is_of_a_module_that_measures() -> None:
    modules = {path.stem for path in (ROOT / "tests/bench").glob("*.py")}
    files = {path.stem for path in (ROOT / "benchmarks").glob("*.json")}
    assert files and files <= modules
