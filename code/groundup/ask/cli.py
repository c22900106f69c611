"""The command `groundup ask`: the best lines, with source and answering words."""

from __future__ import annotations

from typing import Annotated

import typer

from groundup.grader.terminal import say

NOTHING = "No line shares a word with this question."


def register(app: typer.Typer) -> None:
    """Add the command to the others."""
    app.command()(ask)


def ask(
    question: Annotated[str, typer.Argument(help="In quotation marks.")],
    lines: Annotated[int, typer.Option(min=1, help="How many are shown.")] = 3,
) -> None:
    """Ask the World Factbook: the best lines, with the answering words marked."""
    from groundup.generative.rag.entries import factbook_entries
    from groundup.generative.rag.quoting import answering_words

    from .finder import Finder
    from .showing import lines_of, marks

    hits = Finder(factbook_entries()).search(question, lines)
    if not hits:
        say(NOTHING)
    for number, (entry,) in enumerate(hits, 1):
        quote = answering_words(question, entry.text)
        for line in lines_of(number, entry, quote, marks()):
            say(line)
