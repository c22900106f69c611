"""A text as the words that a search compares: small letters, no endings, no filler."""

from __future__ import annotations

import re
import unicodedata

from groundup.transformers.tokenization.bpe import LARGEST_CACHE, check_text

WORD = re.compile(r"\w+")
# Words that stand in nearly every text and every question, and tell none from another.
STOP_WORDS = frozenset(
    "a about all also am an and any are as at be been being both but by can could did"
    " do does each for from had has have having he her here hers him his how i if in"
    " into is it its just me more most my no nor not of on one only or other our over"
    " s same she should so some such t than that the their them then there these they"
    " this those through to too under until up very was we were what when where which"
    " while who whom whose why will with would you your".split()
)


def stem(word: str) -> str:
    """Return a word in small letters without the ending of an English plural.

    The three rules of the S stemmer: -ies, -es, -s. Words that a rule excepts stay as
    they are (trees, focus), and so do words of three letters. Source: Harman (1991).
    """
    if len(word) <= 3 or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word if word.endswith(("aies", "eies")) else word[:-3] + "y"
    if word.endswith("es"):
        return word if word.endswith(("aes", "ees", "oes")) else word[:-1]
    return word if word.endswith(("us", "ss")) else word[:-1]


def reduced(word: str) -> str:
    """Return a word's stem without accents, empty for a stop word."""
    if word in STOP_WORDS:
        return ""
    return stem(word if word.isascii() else without_accents(word))


def without_accents(text: str) -> str:
    """Return a text with the letters that its accents stand on, ligatures resolved."""
    letters = unicodedata.normalize("NFKD", text)
    return "".join(c for c in letters if not unicodedata.combining(c))


class Remembered(dict[str, str]):
    """Words with what they are reduced to; a word is looked at once."""

    def __missing__(self, word: str) -> str:
        """Return what a word is reduced to, and remember it while there is room."""
        found = reduced(word)
        if len(self) < LARGEST_CACHE:
            self[word] = found
        return found


REDUCED = Remembered()


def words(text: str) -> list[str]:
    """Return the words of a text in their order: stems, without stop words.

    Raises TypeError for anything but a text, ValueError for half of a surrogate pair.
    """
    found = map(REDUCED.__getitem__, WORD.findall(check_text(text).lower()))
    return list(filter(None, found))
