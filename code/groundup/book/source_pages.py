"""Pages that show the source of the library, and the links to functions on them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.highlighting import PygmentsBridge

from . import library


def locate(function: str) -> tuple[str, str]:
    """Split a dotted function into its module and its name within the module."""
    module, name = function, ""
    while module and library.module_file(module) is None:
        module, _, last = module.rpartition(".")
        name = f"{last}.{name}".rstrip(".")
    if not module:
        raise ValueError(f"{function!r} is no function of this book's library")
    return module, name


def page_of(module: str) -> str:
    """Return the page that shows the source of a module."""
    return "code/" + "/".join(module.split(".")[1:])


def source_url(app: Sphinx, page: str, function: str) -> str:
    """Return the address, relative to `page`, of a function's source."""
    module, name = locate(function)
    shown_modules(app.env).add(module)
    return app.builder.get_relative_uri(page, page_of(module)) + f"#{name}"


def source_link(app: Sphinx, page: str, function: str) -> str:
    """Return an HTML link to a function's source, named by topic and function."""
    name = re.sub("[._]", r"\g<0><wbr>", escape(short_name(function)))
    return f'<a href="{source_url(app, page, function)}"><code>{name}</code></a>'


def short_name(function: str) -> str:
    """Return a function's name with its topic, without package and part."""
    return ".".join(function.split(".")[-2:])


def shown_modules(env: BuildEnvironment) -> set[str]:
    """Return the modules whose source some page links to."""
    if not hasattr(env, "gu_modules"):
        env.gu_modules = set()  # type: ignore[attr-defined]
    return env.gu_modules  # type: ignore[attr-defined,no-any-return]


def source_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield a page for each module that a chapter links to, its source in colors."""
    for module in sorted(shown_modules(app.env)):
        path = library.module_file(module)
        if path is None:
            continue
        source = path.read_text(encoding="utf-8")
        html = PygmentsBridge("html", "sphinx").highlight_block(source, "python")
        opening, pre, rest = html.partition("<pre>")
        lines = rest.split("\n")
        for number, name in library.definitions(source).items():
            lines[number - 1] = f'<span id="{name}"></span>{lines[number - 1]}'
        shown = path.relative_to(library.CODE.parent).as_posix()
        body = (
            f"<h1><code>{escape(module)}</code></h1>"
            f"<p>The file <code>{escape(shown)}</code>, as this book runs it.</p>"
            f'<div class="highlight-python gu-source" tabindex="0">'
            f"{opening}{pre}{chr(10).join(lines)}</div>"
        )
        yield page_of(module), {"title": module, "body": body}, "page.html"


def setup(app: Sphinx) -> None:
    """Register the pages of the library's sources."""
    app.connect("html-collect-pages", source_pages)
