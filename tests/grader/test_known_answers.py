"""Wrong and right answers as edits of the solution, as bodies and as files."""

from __future__ import annotations

from pathlib import Path

import pytest
from groundup.grader.authoring import create
from groundup.grader.exercise import Exercise, load
from groundup.grader.mutants import listed_survivors

SOLUTION = '''"""The mean of the squares of what is positive."""

import numpy as np


def positive(x):
    """Return the mean of the squares."""
    # BEGIN SOLUTION
    total = 0.0
    for value in x:
        if value > 0:
            total += value * value
    return total / len(x)
    # END SOLUTION
'''
REPLY = """  misconception: thinks of something else
  fails: test_any_numbers
  message: >
    This is
    something else.
"""
EDITED = f"""
sum:
{REPLY}  slip: true
  edits:
    - find: total / len(x)
      put: total
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An exercise without other wrong answers than those that a test writes."""
    made = create(tmp_path, "algorithms/trees", "positive")
    (made / "solution.py").write_text(SOLUTION, "utf-8")
    (made / "wrong.yml").unlink()
    (made / "right.yml").unlink()
    return made


def with_wrong(folder: Path, listed: str) -> Exercise:
    """Return the exercise with these wrong answers."""
    (folder / "wrong.yml").write_text(listed, "utf-8")
    return load(folder)


def edits(listed: str) -> str:
    """Return a wrong answer with these edits."""
    return f"other:\n{REPLY}  edits:{listed}"


def function(source: str) -> str:
    """Return what stands below the docstring of the function."""
    return source.partition('squares."""\n')[2]


def test_a_wrong_answer_is_the_solution_with_its_edits(folder: Path) -> None:
    [wrong] = with_wrong(folder, EDITED).wrong
    expected = load(folder).solution.replace("total / len(x)", "total")
    assert wrong.source == expected and "SOLUTION" not in expected
    assert (wrong.name, wrong.slip, wrong.fails) == ("sum", True, "test_any_numbers")
    assert wrong.message == "This is something else."


def test_lines_take_the_indentation_of_where_they_are_put(folder: Path) -> None:
    listed = """
    - find: |
        if value > 0:
            total += value * value
      put: |
        square = value * value

        total += square
    - find: "0.0"
      put: "0"
    - {find: / len(x), put: ''}
"""
    [wrong] = with_wrong(folder, edits(listed)).wrong
    assert function(wrong.source) == (
        "    total = 0\n    for value in x:\n        square = value * value\n\n"
        "        total += square\n    return total \n"
    )


def test_the_first_line_may_begin_within_a_line(folder: Path) -> None:
    listed = "\n    - find: |\n        value * value\n      put: |\n        (\n"
    listed += "            value\n        )\n"
    [wrong] = with_wrong(folder, edits(listed)).wrong
    deep = " " * 12
    assert f"{deep}total += (\n{deep}    value\n{deep})\n" in wrong.source


def test_a_body_is_the_whole_of_an_answer(folder: Path) -> None:
    body = "    def positive(x):\n        return 0\n"
    [wrong] = with_wrong(folder, f"zero:\n{REPLY}  body: |\n{body}").wrong
    assert wrong.source == "def positive(x):\n    return 0\n"


def test_answers_come_by_name_from_lists_and_files(folder: Path) -> None:
    for kind, head in (("wrong", REPLY.replace("\n  ", "\n")), ("right", "")):
        (folder / kind).mkdir()
        source = f'"""{head.strip()}"""\n\n\ndef positive(x):\n    return 1\n'
        (folder / kind / "one.py").write_text(source, "utf-8")
    right = (
        "two: {body: x = 2}\na: {edits: [{find: value in x, put: value in set(x)}]}\n"
    )
    (folder / "right.yml").write_text(right, "utf-8")
    exercise = with_wrong(folder, EDITED + f"a:\n{REPLY}  body: x = 1\n")
    assert [wrong.name for wrong in exercise.wrong] == ["a", "one", "sum"]
    assert [answer.name for answer in exercise.right] == ["a", "one", "two"]
    assert "value in set(x):" in exercise.right[0].source
    assert exercise.right[1].source == source


REFUSED = {
    "nothing": ("", "wrong.yml: expected answers by their names"),
    "no answers": ("{}", "wrong.yml: expected answers by their names"),
    "a list": ("- sum", "wrong.yml: expected answers by their names"),
    "no YAML": ("sum: [", "wrong.yml is not YAML"),
    "a name twice": (
        EDITED + EDITED,
        "the key 'sum' is here a second time\n.*line 13",
    ),
    "a key twice": (
        EDITED.replace("  slip", "  fails: test_any_numbers\n  slip"),
        "the key 'fails' is here a second time",
    ),
    "no name": (EDITED.replace("sum:", "not so:"), "'not so' is no name, as off_by"),
    "true": (EDITED.replace("sum:", "yes:"), "True is no name"),
    "no keys": ("sum: x", "wrong.yml: sum is 'x'; expected keys and values"),
    "no reply": (EDITED.replace("message", "massage"), "sum.message is missing"),
    "no test": (
        EDITED.replace("fails: test_any", "fails: test_many"),
        "sum.fails is 'test_many_numbers'; expected one of",
    ),
    "a key too many": (EDITED + "  cause: none\n", "unknown keys: sum.cause"),
    "neither": (EDITED.partition("  edits")[0], "sum needs edits or a body.* neither"),
    "both": (EDITED + "  body: x = 1\n", "sum needs edits or a body, found both"),
    "no edits": (edits(" []"), r"other.edits is \[\]; expected a list of keys"),
    "edits are texts": (edits(" [total]"), "other.edits is .* a list of keys and"),
    "no find": (edits(" [{put: x}]"), "other.edits.1.find is missing"),
    "an empty find": (edits(" [{find: '', put: x}]"), "edits.1.find is ''; expected a"),
    "no put": (edits(" [{find: 0.0, put: x}]"), "edits.1.find is 0.0; expected a text"),
    "another key": (
        edits(" [{find: np, put: x, at: 1}]"),
        "unknown keys: other.edits.1",
    ),
    "stands nowhere": (
        edits(" [{find: np, put: x}, {find: totals, put: x}]"),
        "other.edits.2.find is 'totals'; expected .* once, not nowhere",
    ),
    "stands more than once": (
        edits(" [{find: value, put: x}]"),
        r"once, not in \['for value in x:', 'if value > 0:', 'total \+= value",
    ),
    "other lines": (
        edits('\n    - {find: "total = 0.0\\nreturn total", put: x}\n'),
        "expected what stands in the solution once, not nowhere",
    ),
    "overlap": (
        edits(" [{find: value > 0, put: x}, {find: if value > 0, put: if y}]"),
        "two other.edits change 'value > 0'",
    ),
    "no Python after edits": (
        edits(" [{find: value > 0, put: value >}]"),
        "wrong.yml: other is no Python: invalid syntax: if value >:",
    ),
    "no Python in a body": (
        f"zero:\n{REPLY}  body: return (\n",
        "wrong.yml: zero is no Python: '\\(' was never closed: return \\(",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_malformed_list_is_refused_by_name(folder: Path, name: str) -> None:
    listed, said = REFUSED[name]
    with pytest.raises(ValueError, match=said) as error:
        with_wrong(folder, listed)
    assert str(folder / "wrong.yml") in str(error.value)


def test_a_right_answer_has_no_more_than_its_source(folder: Path) -> None:
    (folder / "right.yml").write_text("one: {body: x = 1, style: loops}", "utf-8")
    with pytest.raises(ValueError, match="right.yml: unknown keys: one.style"):
        load(folder)


@pytest.mark.parametrize("kind", ["wrong", "right"])
def test_a_name_stands_in_a_list_or_is_a_file(folder: Path, kind: str) -> None:
    head = REPLY.replace("\n  ", "\n").strip() if kind == "wrong" else ""
    (folder / kind).mkdir()
    (folder / kind / "sum.py").write_text(f'"""{head}"""\n', "utf-8")
    listed = EDITED if kind == "wrong" else "sum: {body: x = 1}"
    (folder / f"{kind}.yml").write_text(listed, "utf-8")
    with pytest.raises(ValueError, match=rf"{kind}.yml: sum stands in .*sum.py, too"):
        load(folder)


def test_a_right_answer_in_a_file_is_python(folder: Path) -> None:
    (folder / "right").mkdir()
    (folder / "right/sum.py").write_text("def sum(:\n", "utf-8")
    with pytest.raises(ValueError, match="sum.py, line 1: invalid syntax"):
        load(folder)


def test_no_key_of_an_exercise_stands_twice(folder: Path) -> None:
    page, survivors = folder / "exercise.md", folder / "survivors.yml"
    survivors.write_text("line 1: it is the same\nline 1: it is not\n", "utf-8")
    with pytest.raises(ValueError, match="survivors.yml is not YAML: the key 'line 1'"):
        listed_survivors(load(folder))
    page.write_text(page.read_text("utf-8").replace("minutes: 15", "points: 3"))
    with pytest.raises(ValueError, match="the key 'points' is here a second time"):
        load(folder)
