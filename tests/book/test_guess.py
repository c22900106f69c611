"""Guesses, answers and questions for numbers: what a build refuses, in words."""

from __future__ import annotations

import pytest
from docutils import nodes
from groundup.book.asking import box
from groundup.book.guess_order import problems
from groundup.book.outputs import raw

from .test_builds import SmallBook

CELL = """
```{code-cell} ipython3
from groundup.formulas import glue

glue("grams", 497)
glue("a list", [1])
glue("nothing", float("nan"))

from groundup.widgets.gradient_descent import GradientDescent

GradientDescent([1, 2, 3, 4], [2, 3, 5, 6], name="line")
```
"""
GUESS = """
```{guess} ID
:kind: number

How many grams?
```
"""
FOLLOWS = ":explorable: nowhere\n:state: w[1]"
CHOICE = """
```{guess} ID
Where?

- left
- right
```
"""
ANSWER = """
## A heading

```{answer} ID
:truth: grams
:tolerance: 10 %

So many.

- near

  Good.
- high

  Less.
- low

  More.
```
"""
CHOSEN = """
## A heading

```{answer} ID
There.

- [ ] left

  No.
- [x] right

  Yes.
```
"""
NUMBERS = """
```{question} ID
:answer: grams, 0.5
:fields: a, b
:tolerance: 1 %

Which?

- right

  Yes.
- 400, 0.25

  Half of it.
```
"""


def changed(text: str, id_: str, old: str, new: str) -> str:
    """Return a directive with an id of its own, and something wrong in it."""
    assert old in text
    return text.replace("ID", id_).replace(old, new)


MALFORMED = {
    GUESS.replace("ID", "g1"): "guess g1: it has no answer on this page",
    ANSWER.replace("ID", "a1"): "answer a1: there is no guess of this id before it",
    (ANSWER + GUESS).replace("ID", "a2"): "answer a2: there is no guess of this id",
    (GUESS + ANSWER.replace("## A heading", "")).replace("ID", "a3"): (
        "answer a3: nothing to find it by"
    ),
    (GUESS + GUESS + ANSWER).replace("ID", "g2"): "guess g2: the id is used twice",
    changed(GUESS, "g3", ":kind: number", ""): "guess g3: it needs a list of choices",
    changed(GUESS, "g4", "How many grams?", ""): "guess g4: there is no question",
    changed(
        GUESS, "g5", ":kind: number", ":kind: number\n:state: w"
    ): "guess g5: :explorable: and :state:",
    changed(CHOICE, "g6", "- right\n", ""): "guess g6: at least two choices",
    changed(CHOICE, "g7", "- right", "- right\n\n  Yes."): "guess g7: the replies to",
    (GUESS + changed(ANSWER, "a4", "grams", "tons")).replace("ID", "a4"): (
        "answer a4: no cell of this page glues 'tons'"
    ),
    (GUESS + changed(ANSWER, "a5", "grams", "a list")).replace("ID", "a5"): (
        "answer a5: 'a list' is glued as [1]: glue a number"
    ),
    (GUESS + changed(ANSWER, "a6", "grams", "nothing")).replace("ID", "a6"): (
        "answer a6: 'nothing' is glued as nan"
    ),
    (GUESS + changed(ANSWER, "a7", ": grams", ": 0")).replace("ID", "a7"): (
        "answer a7: with this tolerance no other number is near"
    ),
    (GUESS + changed(ANSWER, "a8", "- high\n\n  Less.\n", "")).replace("ID", "a8"): (
        "answer a8: it ends in a list of replies: near, high and low"
    ),
    (GUESS + changed(ANSWER, "a9", "  Good.\n", "")).replace("ID", "a9"): (
        "answer a9: the reply to 'near' is missing"
    ),
    (CHOICE + changed(CHOSEN, "b1", "[ ] left", "[ ] leftover")).replace("ID", "b1"): (
        "answer b1: the choices are those of the guess"
    ),
    (CHOICE + changed(CHOSEN, "b2", "[x]", "[ ]")).replace("ID", "b2"): (
        "answer b2: exactly one choice is marked"
    ),
    (GUESS + changed(ANSWER, "b3", ":tolerance: 10 %\n", "")).replace("ID", "b3"): (
        "answer b3: the answer to a number needs :tolerance:"
    ),
    changed(NUMBERS, "q1", "a, b", "a"): "question q1: 2 numbers are asked for, in 1",
    changed(
        NUMBERS, "q2", "400, 0.25", "400"
    ): "question q2: '400' gives 1 of 2 numbers",
    changed(NUMBERS, "q3", "400, 0.25", "495, 0.5"): (
        "question q3: 'right' and '495, 0.5' cannot be told apart"
    ),
    changed(NUMBERS, "q4", "- right\n\n  Yes.\n", ""): "question q4: it ends in a list",
    changed(NUMBERS, "q5", "400", "1,234"): "question q5: '1,234, 0.25' gives 3 of 2",
    changed(
        NUMBERS, "q6", "400", "half"
    ): "question q6: no cell of this page glues 'half'",
    changed(
        NUMBERS, "q7", ":tolerance: 1 %\n", ""
    ): "question q7: a question for a number",
    changed(NUMBERS, "q8", "0.5\n", "0\n"): "question q8: with this tolerance no other",
    (changed(GUESS, "e1", ":kind: number", FOLLOWS) + ANSWER).replace("ID", "e1"): (
        "guess e1: this page has no explorable nowhere"
    ),
    (changed(GUESS, "e2", ":kind: number", FOLLOWS) + ANSWER)
    .replace("ID", "e2")
    .replace("nowhere", "line")
    .replace(": w", ": v"): "guess e2: the explorable line has no number v",
    "```{question} q9\nWhich?\n\n- [ ] one\n\n  No.\n- [x] $1$\n\n  Yes.\n```": (
        "question q9: '1' is a formula alone"
    ),
    "```{refresher} nowhere\n```": "refresher nowhere: there is none",
    "```{deeper} Nothing *here*\n```\n\n## Next": "deeper nothing *here*: it is empty",
}


@pytest.fixture(scope="module")
def complaints(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a build says of a page with all of it; it must fail."""
    book = SmallBook(tmp_path_factory.mktemp("book"))
    path = book.path("one")
    path.write_text(path.read_text() + CELL + "\n\n".join(MALFORMED))
    done = book.build()
    assert done.returncode != 0
    return done.stdout + done.stderr


@pytest.mark.parametrize("said", MALFORMED.values())
def test_what_is_malformed_is_refused_in_words(complaints: str, said: str) -> None:
    assert said in complaints


def asked(name: str, *inside: nodes.Node) -> box:
    """Return the box of a guess or an answer."""
    return box("", *inside, ids=[name], attributes={})


@pytest.mark.parametrize(
    ("between", "problem"),
    [
        ([nodes.section("", nodes.title("", "Next"))], ""),
        ([nodes.table()], ""),
        ([raw('<figure class="gu-figure"></figure>')], ""),
        ([nodes.container("", raw("<div><table></table></div>"))], ""),
        ([nodes.container(classes=["gu-derivation"])], ""),
        ([], "answer a: nothing to find it by"),
        ([nodes.paragraph("", "Words.")], "answer a: nothing to find it by"),
        ([nodes.math_block("", "x = 1")], "answer a: nothing to find it by"),
        ([raw("<figures>")], "answer a: nothing to find it by"),
        ([nodes.admonition("", nodes.title("", "Note"))], "answer a: nothing to find"),
        ([asked("question-q", nodes.table())], "answer a: nothing to find it by"),
    ],
    ids=range(11),
)
def test_something_to_see_is_between_a_guess_and_its_answer(
    between: list[nodes.Node], problem: str
) -> None:
    page = nodes.section("", asked("guess-a"), *between, asked("answer-a"))
    said = problems(nodes.document(None, None, "", page))
    assert (said == []) if not problem else said[0].startswith(problem)


def test_there_is_one_guess_between_two_headings() -> None:
    heading = nodes.section("", nodes.title("", "Next"))
    answers = [nodes.table(), asked("answer-a"), asked("answer-b")]
    both = [asked("guess-a"), asked("guess-b")]
    page = nodes.document(None, None, "", *both, *answers)
    assert problems(page) == ["guess b: there is no heading since the last"]
    page = nodes.document(None, None, "", both[0], heading, both[1], *answers)
    assert problems(page) == []
