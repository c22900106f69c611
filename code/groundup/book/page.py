"""What a page's template needs: card, contents, links to run and edit, widgets."""

from __future__ import annotations

import json
import os
import re
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx_external_toc.parsing import parse_toc_yaml

from . import folds, library
from .cards import Card, title_of
from .catalog import Catalog, catalog
from .outputs import raw
from .road import COMING, prerequisite_lists

STATE = "ipywidgets_state"
# Roles and labels of other packages that confuse a screen reader, and what helps.
MENDED = {
    ' role="doc-biblioentry"': ' role="listitem"',  # deprecated: a list has items
    ' role="doc-backlink"': "",
    ' aria-label="Toggle hidden content"': "",  # the visible words say more
}
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


def launch_links(repo: Repository | None, source: str, notebook: str) -> dict[str, str]:
    """Return the addresses of a chapter's launch, edit and source buttons."""
    if repo is None:
        return {}
    links = {
        "repo_url": repo.url,
        "branch": repo.branch,
        "edit_url": f"{repo.url}/edit/{repo.branch}/{source}",
        "source_url": f"{repo.url}/blob/{repo.branch}/{source}",
    }
    if repo.on_github and notebook:
        path = quote(f"lab/tree/{source}", safe="")
        links["binder_url"] = (
            f"https://mybinder.org/v2/gh/{repo.on_github}/{repo.branch}?urlpath={path}"
        )
        links["colab_url"] = (
            "https://colab.research.google.com/github/"
            f"{repo.on_github}/blob/gh-pages/{notebook}"
        )
    return links


def contents(app: Sphinx, page: str) -> list[dict[str, Any]]:
    """Return parts and chapters for the navigation, links relative to `page`."""
    root = library.root(app.env)
    sitemap = parse_toc_yaml(root / "_toc.yml")
    chapters = [card.docname for card in catalog(app.env).cards]
    parts = []
    for tree in sitemap.root.subtrees:
        entries = [
            {
                "docname": name,
                "title": app.env.titles[name].astext()
                if name in app.env.titles
                else title_of(root / f"{name}.md"),
                "number": chapters.index(name) + 1 if name in chapters else None,
                "url": app.builder.get_relative_uri(page, name),
                "current": name == page,
            }
            for name in map(str, tree.items)
        ]
        parts.append({"part": tree.caption, "chapters": entries})
    return parts


def widget_state(app: Sphinx, page: str) -> dict[str, Any]:
    """Return the saved state of the models of a page's widgets by their names."""
    stored = getattr(app.env, "nb_metadata", {}).get(page, {})
    saved = stored.get("js_files", {}).get(STATE)
    if saved:
        return dict(json.loads(saved[1]["body"])["state"])
    return dict(getattr(app.env, "gu_widget_states", {}).get(page, {}))


def name_widgets(body: str, state: dict[str, Any]) -> tuple[str, str]:
    """Return a page's text and widget state with names that every build gives again.

    Jupyter names widgets at random. Those that the page shows are counted; models of
    which it shows nothing, layouts for one, are left out with all references to them.
    """
    kept = {}
    for number, name in enumerate(
        sorted(filter(body.__contains__, state), key=body.find)
    ):
        model = state[name]
        traits = {k: v for k, v in model["state"].items() if not refers_to_model(v)}
        kept[f"model-{number}"] = {**model, "state": traits}
        body = body.replace(name, f"model-{number}")
    text = json.dumps({"state": kept}, sort_keys=True, separators=(",", ":"))
    return body, text.replace("</", "<\\/") if kept else ""


def refers_to_model(value: Any) -> bool:
    """Tell whether a trait's value stands for another widget."""
    return isinstance(value, str) and value.startswith("IPY_MODEL_")


def description(doctree: nodes.document | None) -> str:
    """Return the first sentences of a page, at most 155 characters of them."""
    if doctree is None:
        return ""
    for paragraph in doctree.findall(nodes.paragraph):
        text = " ".join(paragraph.astext().split())
        if len(text) > 60:
            return text if len(text) <= 155 else text[:152].rsplit(" ", 1)[0] + " …"
    return ""


def add_context(
    app: Sphinx,
    pagename: str,
    templatename: str,
    context: dict[str, Any],
    doctree: nodes.document | None,
) -> None:
    """Hand the template what it needs as `gu`, and keep scripts out of the head."""
    root = library.root(app.env)
    source = f"{pagename}.md"
    is_page = (root / source).is_file()
    card = catalog(app.env).card(pagename)
    notebook = f"_notebooks/{card.topic}.ipynb" if card else ""
    state = widget_state(app, pagename)
    gu: dict[str, Any] = {
        "is_chapter": card is not None,
        "toc": contents(app, pagename),
        "description": description(doctree),
        "topic": card.topic if card else pagename,
        "notebook_url": context["pathto"](notebook, 1) if notebook else "",
    }
    if is_page:
        gu.update(launch_links(repository(root), source, notebook))
    context["gu"] = gu
    body = context.get("body", "")
    for theirs, ours in MENDED.items():
        body = body.replace(theirs, ours)
    body = folds.in_lines(body)
    context["body"], gu["widget_state"] = name_widgets(body, state)
    context["script_files"] = [
        s for s in context.get("script_files", []) if getattr(s, "filename", None)
    ]


def add_card(app: Sphinx, doctree: nodes.document) -> None:
    """Put the chapter card below the title of a chapter."""
    root = library.root(app.env)
    card = catalog(app.env).card(app.env.docname)
    if card is None:
        return
    if (root / COMING).is_file():
        app.env.note_dependency(str(root / COMING))
    section = next(iter(doctree.findall(nodes.section)))
    section.insert(1, raw(card_html(card, catalog(app.env), app)))


def card_html(card: Card, book: Catalog, app: Sphinx) -> str:
    """Return the chapter card as HTML."""
    objectives = "".join(f"<li>{escape(text)}</li>" for text in card.objectives)
    marks = "●" * card.difficulty + "○" * (5 - card.difficulty)
    facts = [
        f"About {card.minutes} minutes",
        f'Difficulty <span aria-hidden="true">{marks}</span>'
        f'<span class="gu-hidden">{card.difficulty} of 5</span>',
    ]
    if card.prerequisites:
        facts.append(f"Read first: {read_first(card, book, app)}")
    lists = [
        ("It relies on", book.vocabulary.relied_on(card)),
        ("You take away", book.vocabulary.taught(card)),
    ]
    pairs = "".join(
        f"<div><dt>{name}</dt><dd>{escape(', '.join(words))}</dd></div>"
        for name, words in lists
    )
    return (
        '<aside class="gu-card" aria-label="About this chapter">'
        f'<p class="gu-card-facts">{"".join(f"<span>{f}</span>" for f in facts)}</p>'
        "<details><summary>What you will be able to do, and what it relies on</summary>"
        f"<ul>{objectives}</ul><dl>{pairs}</dl></details></aside>"
    )


def read_first(card: Card, book: Catalog, app: Sphinx) -> str:
    """Return the chapters that one builds on: links, and names of those to come."""
    written, coming = prerequisite_lists(card, book.road)
    address = app.builder.get_relative_uri
    links = [
        f'<a href="{address(card.docname, c.docname)}">{escape(c.title)}</a>'
        for c in written
    ]
    return ", ".join([*links, *(f"{escape(c.title)} (to come)" for c in coming)])


def setup(app: Sphinx) -> None:
    """Register the card and the template context."""
    app.connect("doctree-read", add_card)
    app.connect("html-page-context", add_context, priority=900)
