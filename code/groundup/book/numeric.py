"""A `{question}` whose answer is a number, or several of them in fields.

`:answer:` names the numbers, `:tolerance:` says how near is right. Items of the list
are values that expected mistakes give, glued by a cell that computes them; the reply to
the right answer is under `right`, to all others under `otherwise`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape
from itertools import combinations
from typing import Any, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives

from groundup.grader.numbers import within
from groundup.grader.tolerance import Tolerance, tolerance

from .asking import INPUT, Case
from .outputs import raw
from .values import Value, values

OPTIONS: dict[str, Callable[[str], Any]] = {
    name: directives.unchanged_required
    for name in ("answer", "tolerance", "fields", "unit")
}
RIGHT, OTHER = "right", "otherwise"


class Reply(NamedTuple):
    """What is said to some numbers; to all others, if there are none."""

    numbers: tuple[Value, ...]
    case: Case


def numeric(
    document: nodes.document, options: dict[str, str], cases: list[Case]
) -> list[nodes.Node]:
    """Return fields and replies; raises ValueError for what is malformed."""
    if missing := {"answer", "tolerance"} - set(options):
        raise ValueError(f"a question for a number needs :{min(missing)}:")
    truth, near = values(document, options["answer"]), tolerance(options["tolerance"])
    fields = [name.strip() for name in options.get("fields", "Your answer").split(",")]
    if len(fields) != len(truth):
        raise ValueError(f"{len(truth)} numbers are asked for, in {len(fields)} fields")
    replies = [read_reply(document, truth, case) for case in cases]
    check(truth, near, replies)
    unit = options.get("unit", "")
    found: list[nodes.Node] = [form(fields, unit, near)]
    for reply in sorted(replies, key=lambda r: r.numbers is truth):
        found += shown(reply, near, unit, right=reply.numbers is truth)
    return found


def read_reply(document: nodes.document, truth: tuple[Value, ...], case: Case) -> Reply:
    """Return the numbers that a case stands for, with its reply."""
    if not case.reply:
        raise ValueError(f"the reply to {case.name!r} is missing")
    if case.name in (RIGHT, OTHER):
        return Reply(truth if case.name == RIGHT else (), case)
    numbers = values(document, case.name)
    if len(numbers) != len(truth):
        raise ValueError(f"{case.name!r} gives {len(numbers)} of {len(truth)} numbers")
    return Reply(numbers, case)


def check(truth: tuple[Value, ...], near: Tolerance, replies: list[Reply]) -> None:
    """Raise ValueError where some numbers would get two replies, or the truth none."""
    names = [reply.case.name for reply in replies]
    if names.count(RIGHT) != 1 or names.count(OTHER) > 1:
        raise ValueError("it ends in a list: right, and the values of mistakes")
    if any(near.width(value.number) <= 0 for value in truth):
        raise ValueError("with this tolerance no other number is right")
    told = [reply for reply in replies if reply.numbers]
    for one, other in combinations(told, 2):
        if alike(one.numbers, other.numbers, near):
            raise ValueError(
                f"{one.case.name!r} and {other.case.name!r} cannot be told apart"
            )


def alike(one: tuple[Value, ...], other: tuple[Value, ...], near: Tolerance) -> bool:
    """Tell whether an answer might be taken for either."""
    pairs = [(a.number, b.number) for a, b in zip(one, other, strict=True)]
    return all(within(a, b, near.width(a) + near.width(b)) for a, b in pairs)


def form(fields: list[str], unit: str, near: Tolerance) -> nodes.raw:
    """Return the fields, with what they accept."""
    unit = escape(unit)
    return fields_for(
        fields,
        f'data-unit="{unit}"',
        f"Answers {near.stated(unit)} count. You can write 0.375, 3/8 or 37.5 %.",
        unit,
    )


def fields_for(
    fields: list[str],
    attributes: str,
    accepted: str,
    unit: str = "",
    field: str = INPUT,
) -> nodes.raw:
    """Return a form of fields; attributes, unit, field and the last line are HTML."""
    inputs = "".join(f"<label>{escape(name)} {field}</label>" for name in fields)
    return raw(
        f'<form class="gu-fields gu-only-js" {attributes} novalidate>{inputs}'
        f'<span>{unit}</span><button class="gu-button">Check</button></form>'
        f'<p class="gu-small">{accepted}</p>'
    )


def shown(reply: Reply, near: Tolerance, unit: str, *, right: bool) -> list[nodes.Node]:
    """Return a reply, folded under the numbers that it is for."""
    numbers = " and ".join(f"{n.shown} {unit}".rstrip() for n in reply.numbers)
    told = [[n.number, near.width(n.number)] for n in reply.numbers]
    return folded_reply(numbers, told, reply.case.reply, right=right)


def folded_reply(
    written: str, told: list[Any], reply: list[nodes.Node], *, right: bool
) -> list[nodes.Node]:
    """Return a reply under what it is for, as written and as the page's script reads.

    `told` has a value and a distance for each field, nothing for all other answers.
    """
    if right:
        title, verdict = "The answer", f"Right: {written}."
    elif written:
        title, verdict = f"If you have {written}", "Not this one."
    else:
        title, verdict = "If you have something else", "Not this one."
    return [
        raw(
            f'<div class="gu-answer"{" data-right" if right else ""}'
            f' data-numbers="{json.dumps(told)}"><details>'
            f"<summary>{escape(title)}</summary>"
            f'<div class="gu-feedback"><p class="gu-is">{escape(verdict)}</p>'
        ),
        *reply,
        raw("</div></details></div>"),
    ]
