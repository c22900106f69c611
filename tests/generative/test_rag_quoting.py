"""Answering words of a text, found without a model."""

from __future__ import annotations

import pytest
from groundup.generative.rag.entries import Entry, printable
from groundup.generative.rag.quoting import answering_words


@pytest.mark.parametrize(
    ("question", "text", "words"),
    [
        ("What is the capital of Norway?", "Oslo", "Oslo"),
        ("What is the capital of Mali?", "Bamako (since 1908); note: hot", "Bamako"),
        ("How many people live in Norway?", "5,509,733 (2024 est.)", "5,509,733"),
        ("How many sq km is its area?", "323,802.5 sq km", "323,802.5"),
        ("Which code has Austria?", ".at", ".at"),
        ("What share is forest?", "note: 33.4% of the land", "note"),
        ("How long is the border with Mali?", "Chad 9 km; Mali 1,062 km", "1,062 km"),
        ("How many km with Mali?", "Chad 9 km; Mali 1,062 km; Togo 3 km", "1,062"),
        (
            "Who built the mill?",
            "The town is old. The mill was built in 1923 by Ada Quill. It burned.",
            "1923 by Ada Quill",
        ),
        ("Who made it?", "The old mill was made by Ada", "old mill"),
        ("Who built the mill?", "The old mill was built by Ada Quill", "Ada Quill"),
        ("Where is the mill?", "The mill, the mill", "The mill, the mill"),
        ("", "Oslo and Bergen", "Oslo and Bergen"),
        ("What?", "", ""),
    ],
)
def test_the_words_that_say_more_than_the_question(
    question: str, text: str, words: str
) -> None:
    start, end = answering_words(question, text)
    assert text[start:end] == words


def test_quotations_have_no_signs_that_a_terminal_obeys() -> None:
    assert printable("a\x1b[31m b\r\n\tc\u202ed \x9b") == "a [31m b c d"


def test_headings_are_searched_with_the_text() -> None:
    assert Entry("Oslo", "Norway. Capital", "").searched == "Norway. Capital: Oslo"
    assert Entry("Oslo", "", "").searched == "Oslo"
