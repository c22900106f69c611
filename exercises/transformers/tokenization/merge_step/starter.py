"""One step of byte-pair encoding: the most frequent pair becomes a symbol."""

from itertools import pairwise


def join(word: list[str], pair: tuple[str, str]) -> list[str]:
    """Return a word with every occurrence of a pair joined, from left to right."""
    raise NotImplementedError


def merge_step(
    words: list[list[str]], counts: list[int]
) -> tuple[tuple[str, str] | None, list[list[str]]]:
    """Return the most frequent pair, and the words in which it was joined."""
    raise NotImplementedError
