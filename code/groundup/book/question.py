"""`{question}`: a question inside the page, with an answer to each choice.

The body is the question, then a list whose items begin with `[ ]` or, one of them,
with `[x]`; what follows an item's first paragraph is the feedback to that choice.
"""

from __future__ import annotations

from html import escape
from typing import NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from .outputs import raw

logger = logging.getLogger(__name__)
MARKS = {"[ ] ": False, "[x] ": True}


class Answer(NamedTuple):
    """One choice: what it says, what is said to it, whether it is the right one."""

    text: nodes.paragraph
    feedback: list[nodes.Node]
    right: bool


class Question(SphinxDirective):
    """A question with one right answer; the argument is its id within the chapter."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Return the question, or a warning and nothing where it is malformed."""
        children = self.parse_content_to_nodes()
        choices = next((n for n in children if isinstance(n, nodes.bullet_list)), None)
        asked = [n for n in children if n is not choices]
        answers = [read_answer(item) for item in choices or []]
        problem = self.problem(asked, answers)
        if problem:
            logger.warning(
                "question %s: %s",
                self.arguments[0],
                problem,
                location=self.get_location(),
            )
            return []
        return self.page_elements(asked, [a for a in answers if a])

    def problem(self, asked: list[nodes.Node], answers: list[Answer | None]) -> str:
        """Return what is wrong with the question, empty if nothing is."""
        seen = self.env.temp_data.setdefault("gu_questions", set())
        if self.arguments[0] in seen:
            return "the id is used twice on this page"
        seen.add(self.arguments[0])
        if not asked:
            return "there is no question before the answers"
        if len(answers) < 2:
            return f"at least two answers expected, found {len(answers)}"
        found = [answer for answer in answers if answer]
        if len(found) < len(answers):
            return "every answer begins with [ ] or [x] and a space"
        if sum(answer.right for answer in found) != 1:
            return "exactly one answer is marked [x]"
        if not all(answer.feedback for answer in found):
            return "every answer needs feedback, a paragraph below it"
        return ""

    def page_elements(
        self, asked: list[nodes.Node], answers: list[Answer]
    ) -> list[nodes.Node]:
        """Return the question as real radio buttons with feedback."""
        topic = self.env.docname.removeprefix("chapters/")
        id_ = f"question-{self.arguments[0]}"
        found: list[nodes.Node] = [
            raw(
                f'<div class="gu-question" data-question="{escape(topic)}/'
                f'{escape(self.arguments[0])}" id="{id_}" role="group"'
                f' aria-labelledby="{id_}-asked"><div id="{id_}-asked"'
                ' class="gu-asked">'
            ),
            *asked,
            raw("</div>"),
        ]
        for number, answer in enumerate(answers):
            found += self.one(id_, number, answer)
        found.append(raw('<p class="gu-verdict" role="status"></p></div>'))
        return found

    def one(self, id_: str, number: int, answer: Answer) -> list[nodes.Node]:
        """Return one answer with its feedback folded."""
        right = " data-right" if answer.right else ""
        opening = (
            f'<div class="gu-answer"{right}><label><input type="radio" name="{id_}"'
            f' value="{number}"> <span>'
        )
        verdict = "Right." if answer.right else "Not this one."
        label = nodes.inline("", "", *answer.text.children)
        return [
            raw(opening),
            label,
            raw(
                "</span></label><details><summary>About this answer</summary>"
                f'<div class="gu-feedback"><p class="gu-is">{verdict}</p>'
            ),
            *answer.feedback,
            raw("</div></details></div>"),
        ]


def read_answer(item: nodes.Node) -> Answer | None:
    """Return the answer that a list item holds, None if it is not marked as one."""
    if not (isinstance(item, nodes.list_item) and item.children):
        return None
    first, *feedback = item.children
    if not (isinstance(first, nodes.paragraph) and first.children):
        return None
    lead = first.children[0]
    if not isinstance(lead, nodes.Text):
        return None
    for mark, right in MARKS.items():
        if lead.astext().startswith(mark):
            first.replace(lead, nodes.Text(lead.astext()[len(mark) :]))
            return Answer(first, feedback, right)
    return None


def setup(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("question", Question)
