"""`{question}`: a question inside the page, with a reply to each answer.

The body is the question, then a list of answers; what follows an item's first line is
the reply to it. Among choices, items begin with `[ ]` or, one of them, with `[x]`.
Where `:answer:` is given, a number is asked for (see `numeric.py`).
"""

from __future__ import annotations

from typing import ClassVar

from docutils import nodes
from sphinx.application import Sphinx

from .asking import Asking, Case, label, marked
from .numeric import OPTIONS, numeric
from .outputs import raw


class Question(Asking):
    """A question with one right answer; the argument is its id within the chapter."""

    kept_as = "question"
    option_spec: ClassVar = OPTIONS

    def page_elements(
        self, body: list[nodes.Node], cases: list[Case]
    ) -> list[nodes.Node]:
        """Return the question as real radio buttons, or as fields for numbers."""
        if not body:
            raise ValueError("there is no question before the answers")
        group = self.group("gu-question")
        group["attributes"]["data-question"] = self.address
        group += self.question(body)
        if self.options:
            group += numeric(self.state.document, self.options, cases)
        else:
            group += self.choices(cases)
        group += raw('<p class="gu-verdict" role="status"></p>')
        return [group]

    def choices(self, cases: list[Case]) -> list[nodes.Node]:
        """Return the answers to choose from; raises ValueError if one is malformed."""
        if len(cases) < 2:
            raise ValueError(f"at least two answers expected, found {len(cases)}")
        right = [marked(case) for case in cases]
        if None in right:
            raise ValueError("every answer begins with [ ] or [x] and a space")
        if right.count(True) != 1:
            raise ValueError("exactly one answer is marked [x]")
        if not all(case.reply for case in cases):
            raise ValueError("every answer needs feedback, a paragraph below it")
        found: list[nodes.Node] = []
        for number, case in enumerate(cases):
            found += self.one(number, case, right=bool(right[number]))
        return found

    def one(self, number: int, case: Case, *, right: bool) -> list[nodes.Node]:
        """Return one answer with its feedback folded."""
        opening = (
            f'<div class="gu-answer"{" data-right" if right else ""}><label>'
            f'<input type="radio" name="{self.id}" value="{number}"> <span>'
        )
        verdict = "Right." if right else "Not this one."
        return [
            raw(opening),
            label(case),
            raw(
                "</span></label><details><summary>About this answer</summary>"
                f'<div class="gu-feedback"><p class="gu-is">{verdict}</p>'
            ),
            *case.reply,
            raw("</div></details></div>"),
        ]


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("question", Question)
