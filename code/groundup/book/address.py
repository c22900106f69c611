"""Where the book can be read and run: the addresses that follow from its repository.

`python -m groundup.book.address README.md` writes them between the two marks of the
README. Where the repository is not known they are relative, as GitHub resolves them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from groundup import __version__

from .repository import Repository, launch_links, repository

ARCHIVE = "ground-up.zip"
RELEASE = "book"  # the release that always holds the newest pages
FIRST = "algorithms/linear_regression"
MARKED = re.compile(r"(<!-- addresses -->\n).*?(<!-- /addresses -->)", re.DOTALL)
BUILD = """\
Or build it on your own computer, with Python 3.11 to 3.15:

```
git clone {url} ground-up && cd ground-up
make book     # installs what it needs, builds and runs the book, says where it is
make test     # runs every test, those in a real browser too
```

Or install the exercises alone:

```
{install}
groundup list
```
"""


@dataclass(frozen=True)
class Addresses:
    """Where to clone, the published pages, their zip, a chapter in Binder and Colab."""

    clone: str
    pages: str
    archive: str
    binder: str = ""
    colab: str = ""

    def text(self) -> str:
        """Return the lines of the README."""
        lines = [
            f"**Read it** [in the browser]({self.pages}), or [as a zip]({self.archive})"
            " that opens from disk, without a network: unpack it and open `index.html`."
        ]
        if self.binder:
            lines.append(
                f"**Run it** [in Binder]({self.binder}) or [in Colab]({self.colab}),"
                " without installing anything."
            )
        build = BUILD.format(url=self.clone, install=self.install())
        return "\n\n".join([*lines, build])

    def install(self) -> str:
        """Return the two commands that install library and exercises alone."""
        wheel = f"groundup-{__version__}-py3-none-any.whl"
        return (
            f'pip install "groundup[grader] @ git+{self.clone}"\n'
            f'pip install "{wheel}[grader]"    # or a wheel that you were given'
        )


def addresses(repo: Repository | None) -> Addresses:
    """Return the addresses of a repository's book."""
    if repo is None or not repo.on_github:
        return Addresses(
            repo.url if repo else "<the address of this repository>",
            "../../deployments/github-pages",
            f"../../releases/download/{RELEASE}/{ARCHIVE}",
        )
    owner, _, name = repo.on_github.partition("/")
    site = f"{owner.lower()}.github.io"
    links = launch_links(repo, f"chapters/{FIRST}.md", FIRST)
    return Addresses(
        repo.url,
        f"https://{site}/" if name.lower() == site else f"https://{site}/{name}/",
        f"{repo.url}/releases/download/{RELEASE}/{ARCHIVE}",
        links["binder_url"],
        links["colab_url"],
    )


def written(readme: str, found: Addresses) -> str:
    """Return a README with these addresses between its marks.

    Raises ValueError where the marks are not there.
    """
    if not MARKED.search(readme):
        raise ValueError("the README has no <!-- addresses --> … <!-- /addresses -->")
    return MARKED.sub(lambda match: match[1] + found.text() + match[2], readme)


def main(arguments: Sequence[str]) -> int:
    """Write the addresses of the repository that the README lies in."""
    path = Path(arguments[0] if arguments else "README.md")
    found = addresses(repository(path.resolve().parent))
    path.write_text(written(path.read_text(encoding="utf-8"), found), encoding="utf-8")
    print(found.pages)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
