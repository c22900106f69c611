"""Requests to answer in JSON: what a sentence says of a country, in five fields.

Training, choosing and testing have countries and sentence patterns of their own, so
what is answered well was not learned by heart.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from groundup.datasets import Landmarks, landmarks

from ..language_model.chat import Tokenizer, turn
from .packing import Example

KEYS = ("country", "capital", "area_km2", "highest_point", "height_m")
TRAINING = (
    "{capital} is the capital of {country}. The country covers {area_km2} square"
    " kilometers.",
    "{country} has an area of {area_km2} km². Its highest point is {highest_point} at"
    " {height_m} meters.",
    "In {country}, {highest_point} rises to {height_m} m. The seat of government is"
    " {capital}.",
    "With {area_km2} square kilometers and {capital} as its capital, {country} has"
    " much to see.",
    "Climbers who visit {country} dream of {highest_point}, {height_m} meters above"
    " the sea.",
    "The government of {country} sits in {capital}. No mountain there is higher than"
    " {highest_point} ({height_m} m), and its {area_km2} km² take weeks to cross.",
    "Travelers land in {capital}, the capital of {country}, and go on to"
    " {highest_point}, {height_m} meters high.",
    "{highest_point}, at {height_m} m, looks down on all {area_km2} square kilometers"
    " of {country}.",
    "Capital: {capital}. Country: {country}. Summit: {highest_point}, {height_m} m.",
    "{country} (capital: {capital}) measures {area_km2} km².",
    "{country} — {highest_point}, {height_m} m; {area_km2} km²; {capital}",
    "The summit of {highest_point} is {height_m} meters high. It stands in {country}.",
    "I have been to {capital} in {country}, and I have climbed {highest_point}.",
    "How large is {country}? It has {area_km2} square kilometers, and {capital} is the"
    " seat of its parliament.",
    "Few people know {capital}. It is the capital of {country}, where {highest_point}"
    " reaches {height_m} m.",
    "Area {area_km2} km², highest point {highest_point}: this is {country}.",
    "After a week in {capital} we had seen the capital of {country}, but not its"
    " {area_km2} km², nor {highest_point}, which is {height_m} meters high.",
    "No peak of {country} is higher than {highest_point} with its {height_m} m.",
    "We landed in {country} at noon. Its capital, {capital}, was hot.",
    "A country of {area_km2} square kilometers, {country} is governed from {capital}.",
    "{height_m} meters: so high is {highest_point}, the roof of {country}.",
    "The {area_km2} km² of {country} rise from the plains to {highest_point}.",
    "She was born in {country}, a land of {area_km2} km², far away from {capital}, the"
    " capital.",
    "The letter came from {capital}, {country}, and told of {highest_point},"
    " {height_m} m.",
)
CHOOSING = (
    "Students of {country} learn that {capital} is its capital and that"
    " {highest_point} is {height_m} meters high.",
    "On a map of {country} one finds {area_km2} km² of land and water and the capital,"
    " {capital}.",
    "From {capital}, the capital of {country}, the road leads up to {highest_point}.",
)
TESTING = (
    "Of all the mountains in {country}, {highest_point} is the highest: {height_m}"
    " meters.",
    "For many years {capital} has been the capital of {country}, which spreads over"
    " {area_km2} km².",
    "The parliament of {country} meets in {capital}; the highest mountain of the land,"
    " {highest_point}, measures {height_m} m.",
    "An atlas gives the area of {country} as {area_km2} square kilometers, and the"
    " height of {highest_point}, its highest point, as {height_m} meters.",
    "{country} in brief: {area_km2} km², governed from {capital}, highest point"
    " {highest_point} at {height_m} m.",
    "Past {highest_point}, {height_m} meters tall, our train went down to {capital},"
    " the capital of {country}.",
    "My grandmother lives in {capital}, the capital of {country}.",
    "The borders of {country} enclose {area_km2} km², and nothing within them rises"
    " above {highest_point}.",
)


@dataclass(frozen=True)
class Request:
    """A text about a country, and what it says; what it does not say is None."""

    text: str
    fields: dict[str, Any]

    @property
    def answer(self) -> str:
        """The answer that is wanted, in JSON."""
        return json.dumps(self.fields, ensure_ascii=False)


class Requests(NamedTuple):
    """Requests to learn from, to choose by, and to judge by."""

    training: list[Request]
    choosing: list[Request]
    testing: list[Request]


def request(place: Landmarks, pattern: str) -> Request:
    """Return what a pattern says of a country; numbers have commas in the text."""
    known = dict(
        zip(
            KEYS,
            (
                place.country,
                place.capital,
                place.area,
                place.highest_point,
                place.height,
            ),
            strict=True,
        )
    )
    words = {k: f"{v:,}" if isinstance(v, int) else v for k, v in known.items()}
    said = {k: v if f"{{{k}}}" in pattern else None for k, v in known.items()}
    return Request(pattern.format(**words), said)


def requests(
    seed: int = 0, *, each: int = 2, choosing: int = 30, testing: int = 60
) -> Requests:
    """Return requests in three parts that share neither countries nor patterns.

    `each` is how many patterns tell of a country of training; `choosing` and `testing`
    are how many countries those parts have, one request each. The same seed gives the
    same requests. Raises ValueError for sizes that cannot be.
    """
    places = landmarks()
    if not 1 <= each <= len(TRAINING):
        raise ValueError(f"each must be 1 to {len(TRAINING)}, found {each}")
    if min(choosing, testing) < 1 or choosing + testing >= len(places):
        raise ValueError(
            f"choosing and testing must be 1 or more and leave some of {len(places)}"
            f" countries, found {choosing} and {testing}"
        )
    rng = np.random.default_rng(seed)
    order = [places[i] for i in rng.permutation(len(places))]
    held_out, kept = order[: choosing + testing], order[choosing + testing :]
    learned = [
        request(place, TRAINING[i])
        for place in kept
        for i in rng.choice(len(TRAINING), each, replace=False)
    ]
    return Requests(
        [learned[i] for i in rng.permutation(len(learned))],
        one_each(held_out[testing:], CHOOSING),
        one_each(held_out[:testing], TESTING),
    )


def one_each(places: list[Landmarks], patterns: tuple[str, ...]) -> list[Request]:
    """Return a request about each country, the patterns in turn."""
    return [
        request(place, patterns[i % len(patterns)]) for i, place in enumerate(places)
    ]


def prompt(tokenizer: Tokenizer, text: str) -> list[int]:
    """Return the tokens of a user's turn, and of the beginning of the answer.

    Without the turn of the system, which the published template puts before it.
    """
    return tokenizer.encode(turn("user", text) + "<|im_start|>assistant\n")


def example(tokenizer: Tokenizer, text: str, answer: str) -> Example:
    """Return a text with its answer to learn, and the mark that ends the answer."""
    ids = tokenizer.encode(answer)
    return Example.answer(prompt(tokenizer, text), [*ids, tokenizer.eos_id])
