"""The road: chapters that are written and chapters to come, as one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from groundup.book.cards import Card, docnames, read_cards
from groundup.book.catalog import read_catalog
from groundup.book.road import (
    Coming,
    merged,
    prerequisite_lists,
    read_coming,
    road_problems,
)
from groundup.parts import PARTS
from groundup.widgets.concept_map import ConceptMap

ROOT = Path(__file__).resolve().parents[2]
PLANNED = dict(zip(PARTS, (6, 7, 4, 5, 5, 6), strict=True))


def written(topic: str, *prerequisites: str) -> Card:
    three = ("a", "b", "c")
    return Card(f"chapters/{topic}", topic, three, 60, 1, (), (), prerequisites)


def coming(topic: str, *prerequisites: str, before: str = "") -> Coming:
    return Coming(topic, topic, "Why?", prerequisites, 60, 1, before)


def test_each_of_the_chapters_is_written_or_to_come_and_not_both() -> None:
    topics = [chapter.topic for chapter in read_catalog(ROOT).road]
    assert Counter(topic.split("/")[0] for topic in topics) == PLANNED
    assert len(set(topics)) == len(topics)
    pages = {name.removeprefix("chapters/") for name in docnames(ROOT)}
    assert pages.isdisjoint(chapter.topic for chapter in read_coming(ROOT))
    assert {card.topic for card in read_cards(ROOT)} <= set(topics)


def test_no_chapter_of_this_book_asks_for_a_later_one() -> None:
    assert road_problems(read_catalog(ROOT).road) == []


def test_questions_are_one_line_and_times_like_those_of_written_chapters() -> None:
    for chapter in read_coming(ROOT):
        assert 20 < len(chapter.question) < 110, chapter.topic
        assert 60 <= chapter.minutes <= 120, chapter.topic


def test_chapters_to_come_follow_the_written_ones_of_their_part() -> None:
    cards = [written("algorithms/b"), written("transformers/d")]
    soon = [coming("algorithms/c"), coming("foundations/a")]
    assert [c.topic for c in merged(cards, soon)] == [
        "foundations/a",
        "algorithms/b",
        "algorithms/c",
        "transformers/d",
    ]


def test_a_chapter_to_come_can_precede_a_written_one() -> None:
    first = coming("algorithms/a", before="algorithms/b")
    road = merged([written("algorithms/b")], [first])
    assert [c.topic for c in road] == ["algorithms/a", "algorithms/b"]


@pytest.mark.parametrize(
    ("road", "problem"),
    [
        (
            [coming("a/one", "a/two"), written("a/two")],
            "a/one asks for 'a/two', not an earlier one",
        ),
        (
            [written("a/one", "a/nowhere")],
            "a/one asks for 'a/nowhere', not an earlier one",
        ),
        ([written("a/one"), coming("a/one")], "a/one is written or announced twice"),
        (
            [coming("a/one", before="a/two"), coming("a/two")],
            "a/one is placed before 'a/two', no written chapter of its part",
        ),
        (
            [coming("a/one", before="b/two"), written("b/two")],
            "a/one is placed before 'b/two', no written chapter of its part",
        ),
    ],
)
def test_a_road_out_of_order_is_refused(
    road: list[Card | Coming], problem: str
) -> None:
    assert road_problems(road) == [problem]


def test_a_written_chapter_may_build_on_one_to_come() -> None:
    road = [coming("a/one"), written("a/two"), written("b/three", "a/one", "a/two")]
    assert road_problems(road) == []
    assert prerequisite_lists(road[-1], road) == ([road[1]], [road[0]])


ENTRY = (
    "- {topic: networks/mlp, title: M, question: Q, prerequisites: [], minutes: 60,"
    " difficulty: 1}"
)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (" title: M,", "", r"networks/mlp: missing or unknown \['title'\]"),
        (" title: M,", " title: M, hours: 1,", r"missing or unknown \['hours'\]"),
        ("networks/", "nets/", "there is no part 'nets'"),
        ("minutes: 60", "minutes: long", "minutes or difficulty is wrong"),
        ("difficulty: 1", "difficulty: 9", "minutes or difficulty is wrong"),
        ("topic: networks/mlp, ", "", "an entry without a topic"),
    ],
)
def test_a_wrong_entry_is_refused_by_name(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    assert old in ENTRY
    path = tmp_path / "chapters/coming.yml"
    path.parent.mkdir()
    path.write_text(ENTRY)
    assert [chapter.topic for chapter in read_coming(tmp_path)] == ["networks/mlp"]
    path.write_text(ENTRY.replace(old, new))
    with pytest.raises(ValueError, match=message):
        read_coming(tmp_path)


def test_a_book_without_the_file_has_nothing_to_come(tmp_path: Path) -> None:
    assert read_coming(tmp_path) == []


def needed(topic: str, road: dict[str, Card | Coming]) -> set[str]:
    """Return all that a chapter builds on, found another way: from its end."""
    found, waiting = {topic}, [topic]
    while waiting:
        for before in road[waiting.pop()].prerequisites:
            if before not in found:
                found.add(before)
                waiting.append(before)
    return found


def test_the_route_to_each_chapter_is_all_it_builds_on_in_reading_order() -> None:
    road = {chapter.topic: chapter for chapter in read_catalog(ROOT).road}
    widget = ConceptMap(
        {
            "id": c.topic,
            "title": c.title,
            "part": c.part,
            "status": "coming",
            "minutes": c.minutes,
            "prerequisites": c.prerequisites,
        }
        for c in road.values()
    )
    order = list(road)
    for chapter in widget.chapters:
        route = [order[index] for index in chapter["route"]]
        assert route == sorted(route, key=order.index)
        assert route[-1] == chapter["id"]
        assert set(route) == needed(chapter["id"], road)
