"""A conversation: text made token by token, and the frame that chat models expect."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from typing import Protocol

from .model import Cache, LanguageModel
from .sampling import Choose, greedy

SYSTEM = "You are a helpful AI assistant named SmolLM, trained by Hugging Face"


class Tokenizer(Protocol):
    """What a conversation asks of a tokenizer."""

    eos_id: int

    def encode(self, text: str) -> list[int]:
        """Return token ids; marks such as <|im_end|> are one token."""
        ...

    def decode(self, ids: Sequence[int]) -> str:
        """Return the text of token ids."""
        ...


def generate(
    model: LanguageModel,
    ids: Sequence[int],
    limit: int,
    *,
    choose: Choose = greedy,
    stop: Iterable[int] = (),
    cache: Cache | None = None,
) -> Iterator[int]:
    """Yield up to `limit` tokens that follow `ids`, ending before one of `stop`.

    The prompt is read once; after that each step reads the one new token, and the
    cache remembers the rest.
    """
    cache = Cache(model.config) if cache is None else cache
    unread, last = list(ids), frozenset(stop)
    for _ in range(limit):
        token = choose(model.logits(unread, cache)[0])
        if token in last:
            return
        yield token
        unread = [token]


def turn(role: str, content: str) -> str:
    """Return one message between the marks that SmolLM2-Instruct was trained with."""
    return f"<|im_start|>{role}\n{content}<|im_end|>\n"


class Conversation:
    """A talk with a chat model, whose cache grows with every message.

    `ids` are all tokens so far, and the cache holds the first of them: what it holds is
    never read again. An answer that is interrupted stays as far as it came.
    """

    def __init__(
        self, model: LanguageModel, tokenizer: Tokenizer, system: str = SYSTEM
    ) -> None:
        self.model, self.tokenizer = model, tokenizer
        self.cache = Cache(model.config)
        self.ids = tokenizer.encode(turn("system", system))

    def say(self, text: str, *, limit: int = 100, choose: Choose = greedy) -> str:
        """Return the model's answer to a message, at most `limit` tokens of it."""
        answer = list(self.answer(text, limit=limit, choose=choose))
        return self.tokenizer.decode(answer).strip()

    def answer(
        self, text: str, *, limit: int = 100, choose: Choose = greedy
    ) -> Generator[int, None, None]:
        """Yield the tokens of the model's answer to a message as they are made.

        Whoever stops before the end closes the iterator, and the talk can go on.
        """
        question = turn("user", text) + "<|im_start|>assistant\n"
        self.ids += self.tokenizer.encode(question)
        answer: list[int] = []
        try:
            for token in self.tokens(limit, choose):
                answer.append(token)
                yield token
        finally:
            self.ids += answer + self.tokenizer.encode("<|im_end|>\n")

    def tokens(self, limit: int, choose: Choose) -> Iterator[int]:
        """Yield up to `limit` tokens of an answer to what has been said so far."""
        unread = self.ids[self.cache.length :]
        stop = [self.tokenizer.eos_id]  # <|im_end|>
        return generate(
            self.model, unread, limit, choose=choose, stop=stop, cache=self.cache
        )
