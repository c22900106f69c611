"""The machine in a notebook: a talk with one's own parts, and the drawing of them."""

from __future__ import annotations

import re
from typing import Any

import nbformat
import pytest
from groundup.machine.assembly import assemble
from groundup.transformers.language_model import Conversation
from nbclient import NotebookClient

from .test_machine_parts import BY_FUNCTION, EXERCISES, put

QUESTION = "Give me three facts about penguins."
TOKENS = 12
GIVES_WAY = """
import numpy as np


def rms_norm(x, gain, eps):
    if x.shape[-1] > 500:
        raise RuntimeError("too wide for me")
    return x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + eps) * gain
"""
CELLS = [
    "%load_ext groundup.grader.notebook",
    "{exercise}",
    f"%%exercise rms_norm{GIVES_WAY}",
    "from groundup.machine.notebook import body, talk\n"
    f"say = talk(mine=True, limit={TOKENS})\n"
    f"say({QUESTION!r})",
    "say('And one about me?')",
    "body()",
    f"talk(wrong='rms_norm/sum_of_squares', limit={TOKENS})({QUESTION!r})",
]


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """The cells of a notebook that was run: softmax and a norm, in cells and files."""
    here = tmp_path_factory.mktemp("reader")
    put(here / "work", BY_FUNCTION["rms_norm"], GIVES_WAY)
    solution = put(here / "work", BY_FUNCTION["softmax"]).read_text(encoding="utf-8")
    sources = [c.format(exercise=f"%%exercise softmax\n{solution}") for c in CELLS]
    book = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source) for source in sources]
    )
    resources = {"metadata": {"path": str(here)}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GROUNDUP_EXERCISES", str(EXERCISES))
        NotebookClient(book, timeout=300, resources=resources).execute()
    return list(book.cells)


def text(cell: Any) -> str:
    """Return what a cell printed."""
    return "".join(out.text for out in cell.outputs if out.output_type == "stream")


def test_one_s_own_parts_talk_and_what_fails_gives_way(cells: list[Any]) -> None:
    said = text(cells[3])
    assert "2 of 9 parts are yours: normalization, softmax." in said
    assert "rms_norm.py, line 7): RuntimeError: too wide for me." in said
    machine = assemble({}, print)
    book = Conversation(machine.model, machine.tokenizer).say(QUESTION, limit=TOKENS)
    assert len(book) > 20 and book in said


def test_the_conversation_goes_on_in_the_next_cell(cells: list[Any]) -> None:
    said = text(cells[4])
    assert "tokens per second]" in said and "too wide" not in said


def test_the_drawing_shows_what_is_mine_and_what_gave_way(cells: list[Any]) -> None:
    (out,) = cells[5].outputs
    drawn = re.findall(r'data-part="([^"]+)" data-state="(\w+)"', out.data["text/html"])
    states = dict(drawn)
    assert states["attention/softmax"] == "mine"
    assert states["language_model/rms_norm"] == "broken"
    assert states["language_model/nucleus"] == "book"
    assert "■ softmax" in out.data["text/plain"]


def test_a_wrong_part_says_what_to_listen_for(cells: list[Any]) -> None:
    said = text(cells[6])
    assert "In place of the normalization:" in said
    assert "[Empty lines, one after the other.]" in said
    assert "\n" * TOKENS in said
