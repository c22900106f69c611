"""Addresses follow from the repository, and the zip opens from disk."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from groundup.book import address, archive
from groundup.book.repository import Repository, repository
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).resolve().parents[2]
FORK = Repository("https://github.com/Reader/fork", "trunk")


def test_the_pages_of_a_repository_have_its_owner_s_address() -> None:
    found = address.addresses(FORK)
    assert found.pages == "https://reader.github.io/fork/"
    assert found.archive == f"{FORK.url}/releases/download/book/ground-up.zip"
    assert found.binder.startswith("https://mybinder.org/v2/gh/Reader/fork/trunk?")
    assert found.colab.startswith("https://colab.research.google.com/github/Reader/")
    site = Repository("https://github.com/reader/reader.github.io", "main")
    assert address.addresses(site).pages == "https://reader.github.io/"


@pytest.mark.parametrize("repo", [None, Repository("https://example.org/b", "main")])
def test_elsewhere_they_are_relative_to_the_readme(repo: Repository | None) -> None:
    found = address.addresses(repo)
    assert found.pages.startswith("../../") and found.archive.startswith("../../")
    assert "Binder" not in found.text()


def test_the_readme_says_where_this_book_is_read() -> None:
    text = (ROOT / "README.md").read_text()
    possible = [address.addresses(r) for r in (None, repository(ROOT))]
    assert text in [address.written(text, found) for found in possible]


def test_writing_them_twice_changes_nothing(tmp_path: Path) -> None:
    readme = "# B\n\n<!-- addresses -->\nold\n<!-- /addresses -->\n\nrest\n"
    once = address.written(readme, address.addresses(FORK))
    assert "old" not in once and once.endswith("\n\nrest\n")
    assert address.written(once, address.addresses(FORK)) == once
    with pytest.raises(ValueError, match="addresses"):
        address.written("# B\n", address.addresses(FORK))


def test_the_zip_opens_from_disk(tmp_path: Path, browser: Browser) -> None:
    """The chapter's animation moves, and a search finds it, without any server."""
    packed = archive.pack(ROOT / "_build/html", tmp_path / "book.zip")
    with zipfile.ZipFile(packed) as file:
        assert {name.split("/")[0] for name in file.namelist()} == {archive.FOLDER}
        file.extractall(tmp_path)
    page = browser.new_page()
    left: list[str] = []
    page.on("request", lambda request: left.append(request.url))
    page.goto((tmp_path / archive.FOLDER / "index.html").as_uri())
    page.locator(".gu-search input").fill("gradient descent")
    page.keyboard.press("Enter")
    result = page.locator("#search-results li a", has_text="Linear regression").first
    result.click()
    figure = page.locator("#explorable-gradient-descent")
    figure.scroll_into_view_if_needed()
    expect(figure.get_by_role("slider").first).to_be_visible()
    assert [
        url for url in left if not url.startswith(("file:", "data:", "blob:"))
    ] == []
    page.close()


def test_without_a_book_there_is_no_zip(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "book.zip"
    assert archive.main([str(tmp_path), str(target)]) == 1
    assert "run make book first" in capsys.readouterr().err
    assert not target.exists()
