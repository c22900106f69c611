"""Exercises that are answered in the page: numbers and formulas by hand, predictions.

They are questions as any other on a page; what they are held against is computed by the
exercise's own answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from html import escape

from docutils import nodes

from groundup.grader import by_hand
from groundup.grader.by_hand import Sheet, Values
from groundup.grader.exercise import Exercise
from groundup.grader.tolerance import written

from .asking import INPUT, box
from .numeric import fields_for, folded_reply, form
from .outputs import raw

SEED = 0  # of the points at which the page compares formulas
LONG_INPUT = INPUT.replace('maxlength="40" size="8"', 'maxlength="200" size="30"')
Markdown = Callable[[str], list[nodes.Node]]


def on_the_page(exercise: Exercise, markdown: Markdown) -> list[nodes.Node]:
    """Return the fields for what is found by hand, with their replies."""
    sheet = by_hand.sheet(exercise, SEED)
    group = box(
        ids=[f"exercise-{exercise.id}-answer"],
        classes=["gu-question"],
        attributes={
            "role": "group",
            "aria-labelledby": f"exercise-{exercise.id}-title",
            "data-question": f"{exercise.part}/{exercise.topic}/{exercise.id}",
        },
    )
    group += the_form(sheet)
    for wrong, expected in sheet.wrong:
        said = shown(exercise, by_hand.answers(exercise, wrong.source))
        told = pairs(sheet, expected)
        group += folded_reply(said, told, markdown(wrong.message), right=False)
    truth = by_hand.answers(exercise, exercise.solution)
    told = pairs(sheet, sheet.truth)
    group += folded_reply(shown(exercise, truth), told, [], right=True)
    group += raw('<p class="gu-verdict" role="status"></p>')
    return [group]


def the_form(sheet: Sheet) -> nodes.raw:
    """Return the fields."""
    asked = sheet.exercise.by_hand
    names = [test.title for test in sheet.exercise.tests]
    if not asked.symbols:
        return form(names, asked.unit, asked.tolerance)
    symbols = list(asked.symbols)
    points = escape(json.dumps(sheet.points), quote=True)
    listed = ", ".join(f"<code>{escape(name)}</code>" for name in symbols)
    return fields_for(
        names,
        f'data-points="{points}"',
        f"Any way to write it counts. It may hold {listed}, numbers, + − * / ^,"
        " brackets, sqrt, exp, ln, abs and tanh.",
        field=LONG_INPUT,
    )


def shown(exercise: Exercise, answers: tuple[object, ...]) -> str:
    """Return answers as the page writes them."""
    unit = exercise.by_hand.unit
    texts = [
        answer if isinstance(answer, str) else f"{written(float(answer))} {unit}"  # type: ignore[arg-type]
        for answer in answers
    ]
    return " and ".join(text.rstrip() for text in texts)


def pairs(sheet: Sheet, expected: tuple[Values, ...]) -> list[list[object]]:
    """Return for each field what it is compared with, and how near counts."""
    near = sheet.exercise.by_hand.tolerance
    if sheet.exercise.by_hand.symbols:
        return [[list(values), near.amount] for values in expected]
    return [[value, near.width(value)] for (value,) in expected]


def prediction(exercise: Exercise) -> list[nodes.Node]:
    """Return the field for a prediction, which this browser keeps."""
    assert exercise.prediction
    asks, unit = escape(exercise.prediction.asks), escape(exercise.prediction.unit)
    return [
        raw(
            f'<div class="gu-prediction" data-prediction="{exercise.part}/'
            f'{exercise.topic}/{exercise.id}"><form class="gu-fields gu-only-js"'
            f' data-unit="{unit}" novalidate><label>{asks} {INPUT}</label>'
            f'<span>{unit}</span><button class="gu-button">Predict</button></form>'
            '<p class="gu-said" role="status"></p></div>'
        )
    ]
