"""Where the book is published, and the addresses to run and edit a chapter there."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

SSH = re.compile(r"^(?:ssh://)?git@([^:/]+)[:/](.+?)(?:\.git)?/?$")


@dataclass(frozen=True)
class Repository:
    """Where the book's own sources are published, as far as it can be known."""

    url: str
    branch: str

    @property
    def on_github(self) -> str:
        """The `owner/name` on GitHub, empty when it is hosted elsewhere."""
        host = "https://github.com/"
        return self.url.removeprefix(host) if self.url.startswith(host) else ""


def git(root: Path, *arguments: str) -> str:
    """Return what git prints, empty where there is no git or no repository."""
    try:
        done = subprocess.run(
            ["git", "-C", str(root), *arguments],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip()


def web_address(remote: str) -> str:
    """Return the https address of a git remote, empty for a local path."""
    if match := SSH.match(remote):
        return f"https://{match.group(1)}/{match.group(2)}"
    return remote.removesuffix(".git") if remote.startswith("https://") else ""


@lru_cache
def repository(root: Path) -> Repository | None:
    """Return the repository the book is built from: environment first, then git.

    `GROUNDUP_REPOSITORY` (an address) and `GROUNDUP_BRANCH` win; GitHub's own
    variables come next; then the remote `origin` and the current branch.
    """
    env = os.environ
    url = env.get("GROUNDUP_REPOSITORY", "")
    if not url and (slug := env.get("GITHUB_REPOSITORY", "")):
        url = f"{env.get('GITHUB_SERVER_URL', 'https://github.com')}/{slug}"
    url = web_address(url or git(root, "remote", "get-url", "origin"))
    branch = env.get("GROUNDUP_BRANCH") or env.get("GITHUB_REF_NAME", "")
    branch = branch or git(root, "branch", "--show-current") or "main"
    return Repository(url, branch) if url else None


def launch_links(repo: Repository | None, source: str, topic: str) -> dict[str, str]:
    """Return the addresses of a page's edit and source buttons, and of its launches.

    Binder has the notebooks that `groundup.book.notebooks` writes, the published book
    those of `groundup.book.downloads`. `topic` is empty for a page that is no chapter.
    """
    if repo is None:
        return {}
    links = {
        "repo_url": repo.url,
        "branch": repo.branch,
        "edit_url": f"{repo.url}/edit/{repo.branch}/{source}",
        "source_url": f"{repo.url}/blob/{repo.branch}/{source}",
    }
    if repo.on_github and topic:
        path = quote(f"lab/tree/notebooks/{topic}.ipynb", safe="")
        links["binder_url"] = (
            f"https://mybinder.org/v2/gh/{repo.on_github}/{repo.branch}?urlpath={path}"
        )
        links["colab_url"] = (
            "https://colab.research.google.com/github/"
            f"{repo.on_github}/blob/gh-pages/_notebooks/{topic}.ipynb"
        )
    return links
