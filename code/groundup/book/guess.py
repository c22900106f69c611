"""`{guess}` and `{answer}`: a guess is kept, and answered further down on the page.

The body of a guess is the question; a guess among choices ends in their list, a number
is asked for by `:kind: number` or read from an explorable. The body of the answer says
what is true and why. It ends in a list of replies: to each choice, the right one marked
`[x]`, or to the guesses that are `near`, `high` and `low`.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx

from groundup.grader.tolerance import Tolerance, tolerance

from .asking import INPUT, Asking, Case, box, label, marked, names
from .outputs import raw
from .values import Value, value

STATE = re.compile(r"\w+(\[\d+\])?")
OPENING = (
    "<details><summary>Your guess, and the answer</summary>"
    '<dl class="gu-guessed"><div class="gu-only-js"><dt>You guessed</dt>'
    '<dd class="gu-yours">not yet</dd></div><div><dt>It is</dt><dd>'
)
REPLIES = {"near": "Near", "high": "Too high", "low": "Too low"}


class Guess(Asking):
    """A question before its answer can be known."""

    kept_as = "guess"
    option_spec: ClassVar = {
        "kind": lambda text: directives.choice(text, ("number",)),
        "unit": directives.unchanged_required,
        "explorable": directives.unchanged_required,
        "state": directives.unchanged_required,
        "scale": float,
    }

    def page_elements(
        self, body: list[nodes.Node], cases: list[Case]
    ) -> list[nodes.Node]:
        """Return the question with a field or with choices."""
        if not body:
            raise ValueError("there is no question")
        group = self.group("gu-guess")
        group["attributes"]["data-guess"] = self.address
        group["gu_follows"] = self.options.get("explorable"), self.options.get("state")
        group += self.question(body)
        group += self.choices(cases) if cases else [self.field()]
        group += raw(
            '<p class="gu-said gu-only-js" role="status"></p><p class="gu-to-answer">'
            f'<a href="#answer-{escape(self.arguments[0])}">To the answer</a></p>'
        )
        guesses(self)[self.arguments[0]] = self.options.get("unit", ""), names(cases)
        return [group]

    def choices(self, cases: list[Case]) -> list[nodes.Node]:
        """Return the choices as radio buttons; a list where there are no scripts."""
        if len(cases) < 2:
            raise ValueError("at least two choices expected, found one")
        if any(case.reply for case in cases):
            raise ValueError("the replies to choices belong into the answer")
        if self.options:
            raise ValueError("a choice has no options")
        found: list[nodes.Node] = []
        for number, case in enumerate(cases):
            opening = (
                '<div class="gu-choice"><label><input type="radio" class="gu-only-js"'
                f' name="{self.id}" value="{number}"> <span>'
            )
            found += [raw(opening), label(case), raw("</span></label></div>")]
        return found

    def field(self) -> nodes.Node:
        """Return the field for a number, which may follow an explorable."""
        named = self.options.get("explorable")
        if not named and "kind" not in self.options:
            raise ValueError("it needs a list of choices, or :kind: number")
        if bool(named) != ("state" in self.options):
            raise ValueError(":explorable: and :state: go together")
        follows = self.follows(named) if named else ""
        unit = escape(self.options.get("unit", ""))
        return raw(
            f'<form class="gu-fields gu-only-js" data-unit="{unit}"{follows}'
            f" novalidate><label>Your guess {INPUT}</label><span>{unit}</span>"
            '<button class="gu-button">Guess</button></form>'
        )

    def follows(self, named: str) -> str:
        """Return the attributes that say which value of which explorable to follow."""
        state = self.options["state"]
        if not STATE.fullmatch(state):
            raise ValueError(f":state: is a trait, such as w or w[1], not {state}")
        return (
            f' data-explorable="{escape(named)}" data-state="{state}"'
            f' data-scale="{self.options.get("scale", 1.0):g}"'
        )


class Answer(Asking):
    """What a guess is compared with, folded until there is one."""

    kept_as = "answer"
    option_spec: ClassVar = {
        "truth": directives.unchanged_required,
        "tolerance": directives.unchanged_required,
    }

    def page_elements(
        self, body: list[nodes.Node], cases: list[Case]
    ) -> list[nodes.Node]:
        """Return the answer with all its replies; a script leaves the one that fits."""
        if self.arguments[0] not in guesses(self):
            raise ValueError("there is no guess of this id before it")
        unit, choices = guesses(self)[self.arguments[0]]
        if not body:
            raise ValueError("nothing is answered before the replies")
        if choices:
            truth, replies = self.choice(choices, cases)
            told = {}
        else:
            found, near = self.number()
            truth = [nodes.Text(f"{found.shown} {unit}".rstrip())]
            replies = self.replies(cases, near.stated(unit))
            told = {"data-truth": json.dumps([found.number, near.width(found.number)])}
        whole = box(ids=[self.id], classes=["gu-revealed"])
        whole["attributes"] = {"data-answer": self.address, **told}
        whole += [raw(OPENING), *truth, raw("</dd></div></dl>"), *body, *replies]
        whole += raw("</details>")
        return [whole]

    def number(self) -> tuple[Value, Tolerance]:
        """Return the true number, and how far from it is near."""
        if missing := {"truth", "tolerance"} - set(self.options):
            raise ValueError(f"the answer to a number needs :{min(missing)}:")
        truth = value(self.state.document, self.options["truth"])
        near = tolerance(self.options["tolerance"])
        if near.width(truth.number) <= 0:
            raise ValueError("with this tolerance no other number is near")
        return truth, near

    def replies(self, cases: list[Case], stated: str) -> list[nodes.Node]:
        """Return the replies to numbers: near, too high, too low."""
        if sorted(names(cases)) != sorted(REPLIES):
            raise ValueError("it ends in a list of replies: near, high and low")
        titles = {**REPLIES, "near": f"{REPLIES['near']}, {stated}"}
        found = [reply(c.name, "", nodes.Text(titles[c.name]), c) for c in cases]
        return sum(found, [])

    def choice(
        self, choices: list[str], cases: list[Case]
    ) -> tuple[list[nodes.Node], list[nodes.Node]]:
        """Return the right choice, and the replies to all."""
        if self.options:
            raise ValueError("the answer to a choice has no options")
        right = [marked(case) for case in cases]
        if right.count(True) != 1:
            raise ValueError("exactly one choice is marked [x]")
        if None in right or names(cases) != choices:
            raise ValueError("the choices are those of the guess, with [ ] or [x]")
        found = [reply(str(n), " gu-again", label(c), c) for n, c in enumerate(cases)]
        return [label(cases[right.index(True)])], sum(found, [])


def guesses(asking: Asking) -> dict[str, tuple[str, list[str]]]:
    """Return the guesses of the page so far: id, and the unit and choices of each."""
    found: dict[str, tuple[str, list[str]]]
    found = asking.env.temp_data.setdefault("gu_guesses", {})
    return found


def reply(name: str, css_class: str, title: nodes.Node, case: Case) -> list[nodes.Node]:
    """Return a reply under what it replies to."""
    if not case.reply:
        raise ValueError(f"the reply to {case.name!r} is missing")
    opening = f'<div class="gu-reply" data-case="{name}"><p class="gu-is{css_class}">'
    return [raw(opening), title, raw("</p>"), *case.reply, raw("</div>")]


def setup(app: Sphinx) -> None:
    """Register the directives."""
    app.add_directive("guess", Guess)
    app.add_directive("answer", Answer)
