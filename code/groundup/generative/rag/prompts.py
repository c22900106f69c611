"""What a language model is asked: the question, the passage, and the question again."""

from __future__ import annotations

from typing import Protocol

BEGUN = "According to the text, the answer is"
LONGEST_QUESTION = 200  # words; a longer one leaves the model no room for the passage
LONGEST_PASSAGE = 800  # characters that the model is shown of a passage


class Encodes(Protocol):
    """What a prompt asks of a tokenizer."""

    def encode(self, text: str, special: bool = True) -> list[int]:
        """Return the ids of a text; marks are single tokens only where special."""
        ...


def check_question(question: str) -> str:
    """Return a question without spaces around it.

    Raises ValueError for an empty one and for one of more than 200 words.
    """
    question = question.strip()
    if not question:
        raise ValueError("the question is empty; expected a few words")
    if (length := len(question.split())) > LONGEST_QUESTION:
        raise ValueError(
            f"a question may have at most {LONGEST_QUESTION} words, found {length:,}"
        )
    return question


def request(question: str, passage: str) -> str:
    """Return what the user says: the question, the passage and the question again.

    Asked once before and once after the passage, a small model answers more often. Of a
    long passage the first 800 characters are shown.
    """
    return f"{question}\n\nPassage: {passage[:LONGEST_PASSAGE]}\n\n{question}"


def prompt(tokenizer: Encodes, question: str, passage: str) -> list[int]:
    """Return the ids of a request, and of the beginning of its answer.

    Marks of the chat, such as `<|im_end|>`, end the user's turn only where the prompt
    has them: in the question or the passage they are plain text, and give no orders.
    Raises ValueError as `check_question` does.
    """
    said = request(check_question(question), passage)
    return [
        *tokenizer.encode("<|im_start|>user\n"),
        *tokenizer.encode(said, special=False),
        *tokenizer.encode(f"<|im_end|>\n<|im_start|>assistant\n{BEGUN}"),
    ]
