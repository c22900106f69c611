"""Launch, edit and source links follow the repository the book is built from."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from groundup.book.repository import Repository, launch_links, repository, web_address

SOURCE = "chapters/algorithms/linear_regression.md"
TOPIC = "algorithms/linear_regression"
NOTEBOOK = f"_notebooks/{TOPIC}.ipynb"
VARIABLES = (
    "GROUNDUP_REPOSITORY",
    "GROUNDUP_BRANCH",
    "GITHUB_REPOSITORY",
    "GITHUB_SERVER_URL",
    "GITHUB_REF_NAME",
)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git checkout of a fork, with no variables set."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    repository.cache_clear()
    for arguments in (
        ["init", "-q", "-b", "trunk"],
        ["remote", "add", "origin", "git@github.com:reader/fork.git"],
    ):
        subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True)
    return tmp_path


@pytest.mark.parametrize(
    ("remote", "address"),
    [
        ("git@github.com:a/b.git", "https://github.com/a/b"),
        ("ssh://git@gitlab.com/a/b.git", "https://gitlab.com/a/b"),
        ("https://github.com/a/b.git", "https://github.com/a/b"),
        ("/srv/mirror.git", ""),
        ("", ""),
    ],
)
def test_a_remote_becomes_a_web_address(remote: str, address: str) -> None:
    assert web_address(remote) == address


def test_links_follow_the_remote_and_branch_of_the_checkout(checkout: Path) -> None:
    assert repository(checkout) == Repository("https://github.com/reader/fork", "trunk")


def test_the_environment_wins_over_git(
    checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_REPOSITORY", "school/course")
    monkeypatch.setenv("GITHUB_REF_NAME", "2027")
    found = Repository("https://github.com/school/course", "2027")
    assert repository(checkout) == found
    repository.cache_clear()
    monkeypatch.setenv("GROUNDUP_REPOSITORY", "https://example.org/our/book")
    assert repository(checkout) == Repository("https://example.org/our/book", "2027")


def test_no_remote_gives_no_links(tmp_path: Path, checkout: Path) -> None:
    arguments = ["git", "-C", str(checkout), "remote", "remove", "origin"]
    subprocess.run(arguments, check=True)
    assert repository(checkout) is None
    assert launch_links(None, SOURCE, TOPIC) == {}


def test_every_link_names_repository_branch_and_file() -> None:
    repo = Repository("https://github.com/reader/fork", "trunk")
    links = launch_links(repo, SOURCE, TOPIC)
    assert links["edit_url"] == f"{repo.url}/edit/trunk/{SOURCE}"
    assert links["source_url"] == f"{repo.url}/blob/trunk/{SOURCE}"
    assert links["binder_url"] == (
        "https://mybinder.org/v2/gh/reader/fork/trunk"
        "?urlpath=lab%2Ftree%2Fnotebooks%2Falgorithms%2Flinear_regression.ipynb"
    )
    assert links["colab_url"] == (
        "https://colab.research.google.com/github/reader/fork/blob/gh-pages/" + NOTEBOOK
    )


def test_a_repository_outside_github_has_no_binder_or_colab() -> None:
    links = launch_links(Repository("https://example.org/b", "main"), SOURCE, TOPIC)
    assert "edit_url" in links
    assert not {"binder_url", "colab_url"} & set(links)
