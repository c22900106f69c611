"""Formulas: kept with their punctuation, and drawn by a server that is waited for."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from docutils import nodes
from docutils.utils import new_document
from groundup.book.math import keep_together, start_server, with_classes
from sphinxcontrib import katex


def document(*pieces: str) -> nodes.document:
    """Return a page of one paragraph; a piece in dollars is a formula."""
    paragraph = nodes.paragraph()
    for piece in pieces:
        kind = nodes.math if piece.startswith("$") else nodes.Text
        text = piece.strip("$")
        paragraph += nodes.math(text, text) if kind is nodes.math else nodes.Text(text)
    page = new_document("page")
    page += paragraph
    return page


def kept(*pieces: str) -> tuple[str, list[str]]:
    """Return the text of the page, and the texts that stay on one line."""
    page = document(*pieces)
    keep_together(cast(Any, None), page, "page")
    return page.astext(), [n.astext() for n in page.findall(nodes.inline)]


@pytest.mark.parametrize(
    ("pieces", "together"),
    [
        (("compared with ", "$s_1$", ". Then"), ["s_1."]),
        (("the row (", "$x_i$", ") and"), ["(x_i)"]),
        (("the ", "$y$", "-axis points up"), ["y-axis"]),
        (("from ", "$a$", " to ", "$b$", ", and"), ["b,"]),
        (("the weight ", "$w$", " alone"), []),
        (("so ", "$" + "x + " * 9 + "y$", "."), []),
    ],
)
def test_what_touches_a_formula_stays_with_it(
    pieces: tuple[str, ...], together: list[str]
) -> None:
    text, found = kept(*pieces)
    assert found == together
    assert text == "".join(piece.strip("$") for piece in pieces)


SERVER = """#!{python}
import os, socket, sys, time
open({pid!r}, "w").write(str(os.getpid()))
if {up}:
    server = socket.socket(socket.AF_UNIX)
    server.bind(sys.argv[sys.argv.index("--socket") + 1])
    time.sleep(0.3)  # here connections are refused
    server.listen()
time.sleep(60)
"""


@pytest.mark.parametrize("up", [True, False])
def test_a_server_that_is_slow_is_waited_for_and_one_that_fails_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, up: bool
) -> None:
    node, pid = tmp_path / "node", tmp_path / "pid"
    node.write_text(SERVER.format(python=sys.executable, pid=str(pid), up=up))
    node.chmod(0o755)
    monkeypatch.setattr(katex, "NODEJS_BINARY", str(node))
    if up:
        process, connection = start_server(tmp_path, 20.0)
        connection.close()
        process.kill()
        process.communicate()
        return
    with pytest.raises(katex.KaTeXError, match="Try increasing STARTUP_TIMEOUT"):
        start_server(tmp_path, 2.0)
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_style_of_formulas_is_written_once() -> None:
    body = '<span class="strut" style="height:1em;"></span>'
    body += '<span style="height:1em;"></span><span style="color:red"></span>'
    found = with_classes(body)
    assert found == (
        "<style>.k0.k0.k0{height:1em}</style>"
        '<span class="strut k0"></span><span class=k0></span>'
        '<span style="color:red"></span>'
    )
    assert with_classes("<p>No formula</p>") == "<p>No formula</p>"
