"""`{exercises} part/topic`: the graded exercises of a chapter, from their folders.

`{install}` shows how to get them without the book's folder.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from groundup.bodies import becomes
from groundup.grader import exercise as on_disk
from groundup.grader.exercise_kinds import ExerciseKind

from .address import addresses
from .catalog import book_root
from .exercise_forms import on_the_page, prediction
from .outputs import raw
from .repository import repository

if TYPE_CHECKING:
    from groundup.grader.exercise import Exercise

logger = logging.getLogger(__name__)
HINTS = ("Hint 1: a nudge", "Hint 2: a plan", "Hint 3: a line")


def console(commands: str) -> nodes.literal_block:
    """Return commands as a highlighted block."""
    return nodes.literal_block(commands, commands, language="console")


class Exercises(SphinxDirective):
    """Show task, starter, tests, hints and solution of a topic's exercises."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the exercises as page elements, easy ones first."""
        folder = book_root(self.env) / "exercises" / self.arguments[0]
        found = on_disk.load_all(folder)
        if not found:
            logger.warning("no exercises in %s", folder, location=self.get_location())
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".md", ".py", ".yml"}:
                self.env.note_dependency(str(path))
        shown = [node for exercise in found for node in self.show(exercise)]
        with_file = [e for e in found if e.kind is not ExerciseKind.BY_HAND]
        return [*self.how_to((with_file or found)[0]), *shown] if found else []

    def how_to(self, exercise: Exercise) -> list[nodes.Node]:
        """Return how an answer is written and graded, for the first exercise."""
        id_ = exercise.id
        commands = (
            f"groundup start {id_}    # work/{id_}.py is yours to fill\n"
            f"groundup check {id_}\n"
        )
        sentence = (
            "Take a starter, write your answer into it, and have it graded, as often "
            "as you like. Results count as right up to rounding, unless a task says "
            "otherwise. The command `groundup` is typed into a terminal; the page "
            "{doc}`Exercises </chapters/appendices/exercises>` says how to get it, and "
            "how to work in a notebook or in the browser:"
        )
        return [*self.markdown(sentence), console(commands)]

    def show(self, exercise: Exercise) -> list[nodes.Node]:
        """Return one exercise, parts that would spoil it folded."""
        points = f"{exercise.points} points" if exercise.points != 1 else "1 point"
        facts = (
            f"{exercise.kind.capitalize()} · {points} · about {exercise.minutes}"
            f" minutes · difficulty {exercise.difficulty} of 5"
        )
        hints = [
            node
            for name, hint in zip(HINTS, exercise.hints, strict=True)
            for node in self.folded("gu-hint", name, self.markdown(hint))
        ]
        place = f"exercise-{exercise.folder.name}"
        return [
            raw(
                f'<section class="gu-exercise" id="{place}"'
                f' data-exercise="{exercise.name}" data-known="{exercise.id}"'
                f' aria-labelledby="{place}-title">'
                f'<h3 id="{place}-title">{escape(exercise.title)}</h3>'
                f'<p class="gu-exercise-facts">{facts} · <code>{exercise.id}</code></p>'
            ),
            *self.markdown(exercise.task),
            *self.becomes(exercise),
            *self.answered(exercise),
            *hints,
            *self.folded("gu-solution", "Solution", self.code(exercise.solution)),
            raw("</section>"),
        ]

    def becomes(self, exercise: Exercise) -> list[nodes.Node]:
        """Return the sentences on which part of which machine an answer becomes."""
        return [
            raw(
                f'<p class="gu-becomes">Your answer becomes the <b>{organ.name}</b> of'
                f" {body.title[0].lower()}{body.title[1:]}:"
                f" <code>{body.command}</code></p>"
            )
            for body, organ in becomes(exercise.name)
        ]

    def answered(self, exercise: Exercise) -> list[nodes.Node]:
        """Return where an answer goes, in the page or a file, and what is tested."""
        if exercise.kind is ExerciseKind.BY_HAND:
            return on_the_page(exercise, self.markdown)
        tests = "".join(
            f"<li>{escape(test.title)} <span>{test.points}</span></li>"
            for test in exercise.tests
        )
        broken = exercise.kind is ExerciseKind.BUG
        summary = "The file to mend" if broken else "Starter"
        return [
            *(prediction(exercise) if exercise.prediction else []),
            *self.folded("gu-starter", summary, self.code(exercise.starter)),
            raw(
                '<details class="gu-tests-list"><summary>What the tests check'
                f'</summary><ul class="gu-tests">{tests}</ul></details>'
            ),
        ]

    def markdown(self, text: str) -> list[nodes.Node]:
        """Parse Markdown as the page itself is parsed."""
        return self.parse_text_to_nodes(text)

    def code(self, source: str) -> list[nodes.Node]:
        """Return Python source as a highlighted block."""
        block = nodes.literal_block(source, source)
        block["language"] = "python"
        return [block]

    def folded(
        self, css_class: str, summary: str, inner: list[nodes.Node]
    ) -> list[nodes.Node]:
        """Return elements behind a summary that opens on a click."""
        opening = f'<details class="{css_class}"><summary>{summary}</summary>'
        return [raw(opening), *inner, raw("</details>")]


class Install(SphinxDirective):
    """Show how to get the exercises without the book's folder."""

    def run(self) -> list[nodes.Node]:
        """Return the commands, with the address of this book's repository."""
        return [console(addresses(repository(book_root(self.env))).install())]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("exercises", Exercises)
    app.add_directive("install", Install)
