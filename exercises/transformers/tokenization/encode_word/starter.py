"""Encoding by merges: the pair that was learned first is joined first."""

from itertools import pairwise


def encode_word(word: str, merges: list[tuple[str, str]]) -> list[str]:
    """Return the symbols of a word after all merges that apply, lowest rank first."""
    raise NotImplementedError
