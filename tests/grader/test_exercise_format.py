"""The exercise format: what is read, and what is refused with a clear sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from groundup.grader import starters
from groundup.grader.exercise import Limits, load, load_all

ROOT = Path(__file__).resolve().parents[2]
PAGE = """---
title: Twice
points: 3
minutes: 5
difficulty: 1
needs: [product]
limits: {seconds: 2, megabytes: 256}
forbidden: [numpy.add]
---

Return twice $x$.

## Hints

### A nudge

What is twice?

### A plan

Multiply.

### A line

`2 * x`
"""
SOLUTION = '''"""Twice."""


def twice(x, times=2):
    """Return twice x."""
    # BEGIN SOLUTION
    return helper(x, times)
    # END SOLUTION


# BEGIN SOLUTION
def helper(x, times):
    return times * x
# END SOLUTION
'''
TESTS = '''import pytest


@pytest.mark.points(1)
def test_one(sol):
    """Twice one is two.

    More than the learner reads.
    """


@pytest.mark.parametrize("x", [1, 2])
@pytest.mark.points(2)
def test_many(sol, x):
    """Twice anything is more."""


def value_of(x):
    return x
'''
WRONG = '''"""
misconception: squares
fails: test_many
message: >
  You square. Twice two
  is four either way.
"""


def twice(x):
    return x * x
'''
FILES = {
    "exercise.md": PAGE,
    "solution.py": SOLUTION,
    "test_twice.py": TESTS,
    "wrong/squares.py": WRONG,
}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "algorithms" / "arithmetic" / "twice"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def test_an_exercise_is_read_from_its_files(folder):
    exercise = load(folder)
    assert (exercise.part, exercise.topic) == ("algorithms", "arithmetic")
    assert (exercise.id, exercise.title) == ("twice", "Twice")
    assert (exercise.points, exercise.minutes, exercise.difficulty) == (3, 5, 1)
    assert exercise.needs == ("product",)
    assert exercise.forbidden == ("numpy.add",)
    assert exercise.limits == Limits(seconds=2.0, megabytes=256)
    assert exercise.task == "Return twice $x$."
    assert exercise.hints == ("What is twice?", "Multiply.", "`2 * x`")
    assert exercise.signatures == {"twice": ("x", "times"), "helper": ("x", "times")}
    assert [(t.name, t.title, t.points) for t in exercise.tests] == [
        ("test_one", "Twice one is two.", 1),
        ("test_many", "Twice anything is more.", 2),
    ]
    [wrong] = exercise.wrong
    assert (wrong.name, wrong.misconception) == ("squares", "squares")
    assert wrong.fails == "test_many"
    assert wrong.message == "You square. Twice two is four either way."


def test_the_starter_is_the_solution_without_its_regions(folder):
    starter = load(folder).starter
    expected = '"""Twice."""\n\n\ndef twice(x, times=2):\n    """Return twice x."""\n'
    assert starter == expected + "    raise NotImplementedError\n"
    assert "SOLUTION" not in load(folder).solution
    assert "return helper(x, times)" in load(folder).solution


def test_starters_are_written_where_they_are_not_up_to_date(folder):
    assert starters.write(folder) == [folder / "starter.py"]
    assert starters.write(folder) == []
    assert (folder / "starter.py").read_text("utf-8") == load(folder).starter


MALFORMED = [
    ("exercise.md", "---\ntitle", "title", "front matter between two lines '---'"),
    ("exercise.md", "points: 3", "points: [", "is not YAML"),
    ("exercise.md", "points: 3\n", "", "points is missing; expected a whole number"),
    (
        "exercise.md",
        "points: 3",
        "points: three",
        "points is 'three'; expected a whole",
    ),
    ("exercise.md", "points: 3", "points: 4", "points is 4, but the tests .* to 3"),
    ("exercise.md", "difficulty: 1", "difficulty: 6", "whole number from 1 to 5"),
    ("exercise.md", "minutes: 5", "minutes: true", "minutes is True; expected a whole"),
    ("exercise.md", "[product]", "product", "needs is 'product'; expected a list"),
    ("exercise.md", "title: Twice", "title: ' '", "title is ' '; expected a text"),
    (
        "exercise.md",
        "seconds: 2",
        "seconds: -2",
        "limits.seconds is -2; expected a pos",
    ),
    ("exercise.md", "seconds: 2", "second: 2", "limits.seconds is missing"),
    ("exercise.md", "needs:", "secret: 1\nneeds:", "unknown keys: secret"),
    ("exercise.md", "{seconds: 2, megabytes: 256}", "2", "limits is 2; expected keys"),
    ("exercise.md", "## Hints", "## Help", "a heading '## Hints' with three hints"),
    ("exercise.md", "### A line\n\n`2 * x`\n", "", "three hints .* found 2"),
    ("exercise.md", "Return twice $x$.\n", "", "the task, .*, is empty"),
    ("solution.py", "# BEGIN SOLUTION", "#", "does not belong here"),
    ("solution.py", "# END SOLUTION", "#", "line 11: # BEGIN SOLUTION does not belong"),
    ("solution.py", "return times * x", "return (", "solution.py, line 13: "),
    (
        "test_twice.py",
        '"""Twice anything is more."""',
        "0",
        "test_many has no docstring",
    ),
    ("test_twice.py", "@pytest.mark.points(1)\n", "", "test_one has no points"),
    ("test_twice.py", "points(1)", "points(0)", "test_one has no points"),
    ("test_twice.py", "def test_", "def check_", "no function whose name starts"),
    ("wrong/squares.py", "test_many", "test_few", "fails is 'test_few'; expected one"),
    ("wrong/squares.py", "message: >", "massage: >", "message is missing"),
    ("wrong/squares.py", '"""\n\n\n', '"""\n\n\n"""', "squares.py, line 10: "),
    ("wrong/squares.py", "misconception: squares", "a: b: c", "docstring is not YAML"),
    ("wrong/squares.py", "misconception: squares\n", "", "misconception is missing"),
]


@pytest.mark.parametrize(("name", "old", "new", "message"), MALFORMED)
def test_a_malformed_file_is_refused_by_name(folder, name, old, new, message):
    assert old in FILES[name]
    (folder / name).write_text(FILES[name].replace(old, new), "utf-8")
    with pytest.raises(ValueError, match=message) as error:
        load(folder)
    assert name in str(error.value)


@pytest.mark.parametrize("name", ["exercise.md", "solution.py", "test_twice.py"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(ValueError, match=f"{name}: this file is missing"):
        load(folder)


def test_a_solution_without_regions_is_refused(folder):
    text = SOLUTION.replace("# BEGIN SOLUTION", "").replace("# END SOLUTION", "")
    (folder / "solution.py").write_text(text, "utf-8")
    with pytest.raises(ValueError, match="expected regions between .*, found none"):
        load(folder)


def test_two_exercises_may_not_share_topic_and_id(folder, tmp_path):
    shutil.copytree(folder, tmp_path / "other" / folder.parent.name / "twice")
    with pytest.raises(ValueError, match="the name 'arithmetic/twice' is taken by"):
        load_all(tmp_path)


def test_a_folder_without_exercises_has_none(tmp_path):
    assert load_all(tmp_path) == []


def test_the_chapter_has_its_exercises_easy_ones_first():
    found = load_all(ROOT / "exercises" / "algorithms" / "linear_regression")
    ids = [exercise.id for exercise in found]
    easy, harder = ["one_step", "gradient"], ["leverage", "collinear"]
    between = ["lonely_penguin", "r_squared", "faster", "scaling"]
    assert ids == easy + between + harder


def test_exercises_come_as_the_book_is_read_and_easy_ones_first(tmp_path):
    for name in ("late/alpha/hard", "late/alpha/easy", "early/beta/long", "none/x/y"):
        folder = tmp_path / "exercises" / name
        id_ = folder.name
        for file, text in FILES.items():
            path = folder / file.replace("twice", id_, 1)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        page = folder / "exercise.md"
        if id_ in ("hard", "long"):
            page.write_text(PAGE.replace("difficulty: 1", "difficulty: 5"))
    chapters = "".join(f"- file: chapters/{c}\n" for c in ("early/beta", "late/alpha"))
    (tmp_path / "_toc.yml").write_text(chapters)
    found = [exercise.id for exercise in load_all(tmp_path / "exercises")]
    assert found == ["long", "easy", "hard", "y"]
