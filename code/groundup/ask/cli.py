"""The command `groundup ask`: the best lines, with source and answering words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from groundup.grader.terminal import say, typed

if TYPE_CHECKING:
    from .asking import Asking

PROMPT = "\nask > "
HOW = "An empty line or Ctrl-D ends the questions."


def register(app: typer.Typer) -> None:
    """Add the command to the others."""
    app.command()(ask)


def ask(
    question: Annotated[
        str, typer.Argument(help="In quotation marks; without it you are asked.")
    ] = "",
    folder: Annotated[
        Path | None, typer.Option(help="Your own .txt and .md files to search.")
    ] = None,
    lines: Annotated[int, typer.Option(min=1, help="How many are shown.")] = 3,
    quote: Annotated[
        bool, typer.Option("--quote", help="The lines alone, without a model.")
    ] = False,
    server: Annotated[
        str, typer.Option(help="A model of your own: http://localhost:8080/v1.")
    ] = "",
    model: Annotated[str, typer.Option(help="Which of the server's models.")] = "",
    vectors: Annotated[
        bool, typer.Option("--vectors", help="Build vectors: find by meaning, too.")
    ] = False,
) -> None:
    """Ask the World Factbook, or your own folder: the best lines with their source."""
    from groundup.generative.rag.prompts import check_question

    from .asking import Asking
    from .server import Server
    from .vectors import build

    own = Server(server, model) if server else None
    if question:
        check_question(question)
    asking = Asking(folder, lines, quote, own)
    if question:
        asking.ask(question)
    elif not vectors:
        say(HOW)
        converse(asking)
    if vectors:
        build(asking.entries)  # after the answer, which does not wait for it
    elif asking.hint:
        say(asking.hint, err=True)


def converse(asking: Asking) -> None:
    """Read questions and answer them until there are no more."""
    for text in typed(PROMPT):
        try:
            asking.ask(text)
        except ValueError as error:
            say(f"groundup: {error}")
    say()
