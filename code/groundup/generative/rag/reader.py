"""A language model that answers from a passage: freely, or by words of the passage.

Bound to the passage, it can write nothing else: every run of words gets the probability
with which the model would say it and then stop, and the likeliest is the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from groundup.transformers.language_model import Cache, LanguageModel, generate
from groundup.transformers.tokenization import Tokenizer

from .prompts import LONGEST_PASSAGE, prompt
from .quoting import SAID, Quote, says_more, terms

Array = NDArray[np.float64]
# What may follow an answer: the end of the turn, or a sign that ends a clause.
ENDS = ("<|im_end|>", "\n", ".", ",", ";", " (", " -")
STARTS = 5  # likeliest first tokens from which spans are tried
LONGEST = 14  # tokens of a span
SENTENCE = 48  # tokens of a free answer
NOWHERE = -1


class Span(NamedTuple):
    """Where an answer begins and ends in the passage, in characters; its log p."""

    start: int
    end: int
    log_p: float


class Token(NamedTuple):
    """A token of a passage, and where spans may begin and end with it, or −1."""

    id: int
    begin: int
    end: int


def log_softmax(logits: NDArray[np.floating]) -> Array:
    """Return the logarithms of the softmax along the last axis, in double precision."""
    z = np.asarray(logits, np.float64)
    z = z - z.max(axis=-1, keepdims=True)
    return np.asarray(z - np.log(np.exp(z).sum(axis=-1, keepdims=True)))


def tokens_of(tokenizer: Tokenizer, text: str) -> list[Token]:
    """Return the tokens of a text as it follows other words.

    A span begins and ends with a word. A word begins with the token that has its first
    byte, or with a space before it that is a token of its own.
    """
    data = f" {text}".encode()
    begins, ends = {}, {}
    for word in SAID.finditer(text):
        begins[len(f" {text[: word.start()]}".encode())] = word.start()
        ends[len(f" {text[: word.end()]}".encode())] = word.end()
    found, place, after_space = list[Token](), 0, False
    for id_ in tokenizer.encode(f" {text}", special=False):
        piece = tokenizer.decode_bytes([id_])
        start = data.index(piece, place)  # a byte without a token is passed over
        place, space = start + len(piece), piece.isspace()
        first = range(start + after_space, place + space)
        last = range(start + 1, place + 1)
        begin = next((begins[at] for at in first if at in begins), NOWHERE)
        end = next((ends[at] for at in last if at in ends), NOWHERE)
        found.append(Token(id_, begin, end))
        after_space = space
    return found


class Reading:
    """A question and a passage that a model has read, once for all its answers.

    Of a long passage it is shown the beginning. Raises ValueError as `check_question`
    does.
    """

    def __init__(
        self, model: LanguageModel, tokenizer: Tokenizer, question: str, passage: str
    ) -> None:
        self.model, self.tokenizer = model, tokenizer
        self.passage, self.asked = passage[:LONGEST_PASSAGE], terms(question)
        self.ids = prompt(tokenizer, question, passage)
        self.cache = Cache(model.config, len(self.ids) + SENTENCE)
        self.opening = log_softmax(model.logits(self.ids, self.cache))[0]
        self.stops = [tokenizer.encode(end)[0] for end in ENDS]

    def span(self) -> Span | None:
        """Return the words of the passage that the model would say most likely.

        Formula `rag.span`: log p of the tokens of a span, and of what ends an answer
        after them. Words of the question alone are no answer; None where the passage
        has no others.
        """
        best, tried = None, 0
        for row in self.runs():
            spans = self.spans(row)
            if spans and tried < STARTS:
                tried += 1
                likeliest = max(self.scored(row, spans), key=lambda span: span.log_p)
                if best is None or likeliest.log_p > best.log_p:
                    best = likeliest
        return best

    def runs(self) -> list[list[Token]]:
        """Return the runs of tokens that begin with a word, the likeliest word first.

        Equal runs are there once, where they stand first.
        """
        tokens = tokens_of(self.tokenizer, self.passage)
        found = dict[tuple[int, ...], list[Token]]()
        for i, token in enumerate(tokens):
            if token.begin != NOWHERE:
                run = tokens[i : i + LONGEST]
                found.setdefault(tuple(each.id for each in run), run)
        return sorted(found.values(), key=lambda run: -self.opening[run[0].id])

    def spans(self, run: list[Token]) -> dict[int, Quote]:
        """Return the spans of a run that say more than the question, by last token."""
        quotes = {
            last: Quote(run[0].begin, token.end)
            for last, token in enumerate(run)
            if token.end > run[0].begin
        }
        return {
            last: quote
            for last, quote in quotes.items()
            if says_more(self.passage[quote.start : quote.end], self.asked)
        }

    def scored(self, run: list[Token], spans: dict[int, Quote]) -> Iterator[Span]:
        """Yield spans with their log p; the cache is left as it was."""
        ids = [token.id for token in run]
        after = log_softmax(self.model.logits(ids, self.cache, keep=None))
        self.cache.length = len(self.ids)
        each = [self.opening[ids[0]], *after[np.arange(len(ids) - 1), ids[1:]]]
        said = np.cumsum(each)
        ended = np.logaddexp.reduce(after[:, self.stops], axis=1)
        for last, quote in spans.items():
            yield Span(*quote, float(said[last] + ended[last]))

    def sentence(self, limit: int = SENTENCE) -> Iterator[int]:
        """Yield the tokens of the model's own answer, which follow `prompts.BEGUN`.

        It ends with the model's turn, or with the first line that says a word.
        """
        self.cache.length = len(self.ids) - 1
        stop, said = [self.tokenizer.eos_id], ""
        last = self.ids[-1:]
        for token in generate(self.model, last, limit, stop=stop, cache=self.cache):
            said += self.tokenizer.decode([token])
            if said.endswith("\n") and said.strip(" :\n"):
                return
            yield token
