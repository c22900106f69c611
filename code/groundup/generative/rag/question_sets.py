"""Questions with exact answers from the factbook, in three kinds of wording.

In the passage's words; in other words, about the same facts; and by a rare name, where
the answer is the country. Countries and wordings of the development set are never those
of the set that is held out, so that nothing can be tuned to what is measured.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .answers import bare_words, contains
from .corpus import Line, Passage

Side = Literal["development", "held out"]
SIDES: tuple[Side, ...] = ("development", "held out")
DEVELOPMENT = 3  # one country of so many is for development
# How many questions of each kind a side has, at most: about facts, and by rare names.
ABOUT = {"development": 8, "held out": 20}
BY_NAME = {"development": 8, "held out": 25}


@dataclass(frozen=True)
class Question:
    """A question, what answers it, and the numbers of the lines that say so."""

    text: str
    answers: tuple[str, ...]
    kind: str
    country: str
    lines: frozenset[int]

    def gold(self, passages: Sequence[Passage]) -> list[int]:
        """Return the numbers of the passages that say the answer.

        Such a passage has words of one of the lines, and an answer among its words.
        """
        return [
            number
            for number, passage in enumerate(passages)
            if not self.lines.isdisjoint(passage.lines)
            and contains(passage.text, self.answers)
        ]


class QuestionSets(NamedTuple):
    """The questions of one side; `plain[i]` and `other[i]` ask for the same fact."""

    plain: tuple[Question, ...]
    other: tuple[Question, ...]
    rare: tuple[Question, ...]


class Wordings(NamedTuple):
    """How a fact is asked for on each side; `{c}` is the country, `{x}` what is named.

    `rare` ask for the country where a rare name is known.
    """

    plain: tuple[str, str]
    other: tuple[str, str]
    rare: tuple[str, str] | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of fact: where it stands, how it is read, how it is asked for."""

    name: str
    path: tuple[str, ...]
    pattern: re.Pattern[str]
    wordings: Wordings


class Fact(NamedTuple):
    """What a line says: the answers, and what the question has to name, if anything."""

    line: int
    answers: tuple[str, ...]
    named: str = ""


def kind(name: str, path: str, pattern: str, *wordings: tuple[str, str]) -> Kind:
    """Return a kind of fact; the path's headings are divided by bars."""
    return Kind(name, tuple(path.split("|")), re.compile(pattern), Wordings(*wordings))


KINDS = (
    kind(
        "capital",
        "Government|Capital|name",
        r"(?!none)([^(;,\d]{2,30}?)(?= \(|;|,| - |$)",
        ("What is the capital of {c}?", "Name the capital of {c}."),
        (
            "From which city is {c} governed?",
            "In which town do the parliament and the ministries of {c} sit?",
        ),
        ("Which country has the capital {x}?", "{x} is the capital of which country?"),
    ),
    kind(
        "area",
        "Geography|Area|total",
        r"([\d,]+(?:\.\d+)?) sq km",
        (
            "What is the total area of {c} in sq km?",
            "How many sq km is the total area of {c}?",
        ),
        ("How big is {c}?", "How much land and water lies within {c}?"),
    ),
    kind(
        "highest point",
        "Geography|Elevation|highest point",
        r"(?!unnamed|location)([^\d(;,]{2,30}?)(?: \([^)]*\))? [\d,]+(?:\.\d+)? m\b",
        (
            "What is the highest point of {c}?",
            "Which is the highest point in the elevation of {c}?",
        ),
        (
            "Which mountain is the tallest in {c}?",
            "Where in {c} does one stand when one can climb no farther up?",
        ),
        (
            "{x} is the highest point of which country?",
            "In which country is {x} the highest point?",
        ),
    ),
    kind(
        "population",
        "People and Society|Population|total",
        r"([\d,]+) \(",
        ("What is the total population of {c}?", "How large is the population of {c}?"),
        ("How many people live in {c}?", "How many inhabitants does {c} have?"),
    ),
    kind(
        "currency",
        "Economy|Exchange rates|Currency",
        r"([A-Za-z' ]+?) \(([A-Z]{3})\) per",
        ("What is the currency of {c}?", "Which currency has {c} in exchange rates?"),
        (
            "What money do people pay with in {c}?",
            "Which coins and banknotes does a shop in {c} take?",
        ),
    ),
    kind(
        "language",
        "People and Society|Languages|Languages",
        r"([A-Z][a-zA-Z' ]+?) (?:[\d.]+% )?\(official(?!.*official)",
        (
            "Which of the languages of {c} is official?",
            "What is the official language of {c}?",
        ),
        (
            "What do the authorities of {c} speak and write?",
            "In what tongue are the laws of {c} written?",
        ),
    ),
    kind(
        "coastline",
        "Geography|Coastline",
        r"(?!0 )([\d,.]+) km",
        ("How long is the coastline of {c}?", "What is the coastline of {c} in km?"),
        (
            "How many kilometers of shore does {c} have?",
            "How far does one walk along the sea to pass all of {c}?",
        ),
    ),
    kind(
        "country code",
        "Communications|Internet country code",
        r"(\.[a-z]{2})\b",
        (
            "What is the internet country code of {c}?",
            "Which internet country code does {c} have?",
        ),
        (
            "How do web addresses from {c} end?",
            "What stands after the last dot in the name of a site from {c}?",
        ),
    ),
    kind(
        "life expectancy",
        "People and Society|Life expectancy at birth|total population",
        r"([\d.]+) years",
        (
            "What is the life expectancy at birth in {c}?",
            "How high is life expectancy at birth of the total population of {c}?",
        ),
        (
            "How old do people in {c} get on average?",
            "How many years has a newborn of {c} ahead, typically?",
        ),
    ),
    kind(
        "median age",
        "People and Society|Median age|total",
        r"([\d.]+) years",
        ("What is the total median age in {c}?", "How high is the median age of {c}?"),
        (
            "Half of all people in {c} are younger than how many years?",
            "If all of {c} line up by birthday, how old is who stands in the middle?",
        ),
    ),
    kind(
        "airports",
        "Transportation|Airports",
        r"([\d,]+) \(",
        ("How many airports does {c} have?", "What is the number of airports in {c}?"),
        (
            "In how many places can a plane land in {c}?",
            "How many airfields are there in {c}?",
        ),
    ),
    kind(
        "head of government",
        "Government|Executive branch|head of government",
        r"(?:[A-Z][\w-]+ )*?(?:Prime Minister|President|Chancellor)"
        r" ([A-Z][^\d(,;]{2,40}?) \(since",
        (
            "Who is the head of government of {c}?",
            "Name the head of government of the executive branch of {c}.",
        ),
        (
            "Who leads the ministers of {c}?",
            "Which politician is in charge of the cabinet in {c}?",
        ),
        (
            "Of which country is {x} the head of government?",
            "Which country has {x} as head of government?",
        ),
    ),
    kind(
        "anthem",
        "Government|National anthem(s)|title",
        r'"([^"]+)"',
        (
            "What is the title of the national anthem of {c}?",
            "Which title does the national anthem of {c} have?",
        ),
        (
            "Which song is played when an athlete from {c} wins gold?",
            "What hymn do soldiers of {c} salute to?",
        ),
        (
            "Which country has the national anthem {x}?",
            "{x} is the title of the national anthem of which country?",
        ),
    ),
    kind(
        "border",
        "Geography|Land boundaries|border countries",
        r"([A-Z][A-Za-z' .-]+?) ([\d,]+(?:\.\d+)?) km",
        (
            "How many km are the land boundaries of {c} with {x}?",
            "How long is the land boundary between {c} and {x} in km?",
        ),
        (
            "Over what length do {c} and {x} touch each other?",
            "How much frontier do {c} and {x} share?",
        ),
    ),
)


def questions(
    lines: Sequence[Line], side: Side = "held out", seed: int = 0
) -> QuestionSets:
    """Return the questions of one side: in the passage's words, in others, by names.

    `lines` as of `factbook_lines`. Countries whose name another one bears are left out,
    and questions by a name that stands in a line of the same heading of another
    country. Raises ValueError for another side.
    """
    if side not in SIDES:
        raise ValueError(f"side must be one of {', '.join(SIDES)}, found {side!r}")
    column = SIDES.index(side)
    own, rng = countries_of(lines, column, seed), random.Random(seed)
    plain, other, rare = [], [], []
    for each in KINDS:
        at = {i: line for i, line in enumerate(lines) if line.path == each.path}
        facts = [i for i, line in at.items() if line.country in own]
        rng.shuffle(facts)
        found = [fact for i in facts for fact in read(each, i, at[i], own, rng)]
        for fact in found[: ABOUT[side]]:
            about = asked(each, fact, at)
            plain.append(about(each.wordings.plain[column]))
            other.append(about(each.wordings.other[column]))
        if each.wordings.rare:
            unique = [f for f in found if only_there(f, at)]
            for fact in unique[: BY_NAME[side]]:
                rare.append(by_name(each, fact, at, each.wordings.rare[column]))
    return QuestionSets(tuple(plain), tuple(other), tuple(rare))


def countries_of(lines: Sequence[Line], column: int, seed: int) -> set[str]:
    """Return the countries of a side, of those with a name of their own."""
    capital = KINDS[0].path
    bear = Counter(line.country for line in lines if line.path == capital)
    names = sorted(name for name, count in bear.items() if count == 1)
    random.Random(seed).shuffle(names)
    cut = len(names) // DEVELOPMENT
    return set(names[:cut] if column == 0 else names[cut:])


def read(
    kind: Kind, number: int, line: Line, own: set[str], rng: random.Random
) -> Iterator[Fact]:
    """Yield the fact of a line, if it is said as the pattern expects.

    An answer that the question would give away is none.
    """
    if kind.name == "border":
        pairs = [m.groups() for m in kind.pattern.finditer(line.text)]
        if known := [pair for pair in pairs if pair[0] in own]:
            neighbor, length = rng.choice(known)
            yield Fact(number, (length,), neighbor)
        return
    if match := kind.pattern.match(line.text):
        answers = tuple(answer.strip() for answer in match.groups())
        country = {*bare_words(line.country)}
        if not country & {word for a in answers for word in bare_words(a)}:
            yield Fact(number, answers)


def asked(kind: Kind, fact: Fact, at: dict[int, Line]) -> Callable[[str], Question]:
    """Return what puts a fact into a wording, with all lines that say it."""
    country = at[fact.line].country
    gold = {fact.line}
    # A border is told by both countries. (A heading may stand twice, too.)
    for number, line in at.items():
        mirrored = line.country == fact.named and country in line.text
        if (mirrored or line.country == country) and contains(line.text, fact.answers):
            gold.add(number)

    def about(wording: str) -> Question:
        text = wording.format(c=country, x=fact.named)
        return Question(text, fact.answers, kind.name, country, frozenset(gold))

    return about


def by_name(kind: Kind, fact: Fact, at: dict[int, Line], wording: str) -> Question:
    """Return a question for the country that a name belongs to."""
    country = at[fact.line].country
    text = wording.format(x=fact.answers[0])
    return Question(text, (country,), kind.name, country, frozenset({fact.line}))


def only_there(fact: Fact, at: dict[int, Line]) -> bool:
    """Tell whether a name stands in no other line of its heading."""
    lines = [n for n, line in at.items() if contains(line.text, fact.answers[:1])]
    return lines == [fact.line]
