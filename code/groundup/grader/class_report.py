"""The report on a class, as one page: who has what, what fails most, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import Any

from .exercise import Exercise
from .learner import write
from .results import note_on

PAGE = "report.html"
SHOWN = 3  # of the misconceptions behind the failures of a test
WAYS = {
    "error": "an exception",
    "timeout": "ran too long",
    "memory": "too much memory",
    "crash": "Python ended",
    "forbidden": "uses what is forbidden",
}
OPENS = """\
function open_() {
  const at = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (at && at.tagName === "DETAILS") { at.open = true; at.scrollIntoView(); }
}
addEventListener("hashchange", open_); open_();
"""
Found = dict[str, Any]
Class = Mapping[tuple[str, str], Found]


def write_report(
    out: Path,
    students: Iterable[str],
    exercises: Mapping[str, Exercise],
    found: Class,
    problems: Mapping[str, str],
) -> Path:
    """Write the page; returns where it is."""
    names = list(students)
    style = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    handed_in = len({student for student, _ in found})
    body = [
        "<h1>Grades of a class</h1>",
        f'<p class="muted">{count(len(names), "student")},'
        f" {handed_in} with answers to {count(len(exercises), 'exercise')}.</p>",
        table(names, exercises, found, problems),
        "<h2>What fails</h2>",
        "<p>For each test: how many answers pass it, and what lies behind the others,"
        " where they behave like a wrong answer that is known.</p>",
        *(tests_of(exercise, found) for exercise in exercises.values()),
        "<h2>Answers</h2>",
        "<p>Every answer that does not have all points.</p>",
        *(
            answer(f"a{row}-{id_}", student, exercise, found[student, id_])
            for row, student in enumerate(names)
            for id_, exercise in exercises.items()
            if has_details(exercise, found.get((student, id_)))
        ),
    ]
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Grades of a class</title>\n<style>\n{style}</style>\n</head>\n"
        f"<body>\n<main>\n{chr(10).join(body)}\n</main>\n"
        f"<script>\n{OPENS}</script>\n</body>\n</html>\n"
    )
    write(out / PAGE, page)
    return out / PAGE


def count(number: int, what: str) -> str:
    """Return a number of things in words."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def has_details(exercise: Exercise, report: Found | None) -> bool:
    """Tell whether there is more to say of an answer than its points."""
    return report is not None and report.get("score") != exercise.points


def table(
    names: list[str],
    exercises: Mapping[str, Exercise],
    found: Class,
    problems: Mapping[str, str],
) -> str:
    """Return the table of students and exercises."""
    heads = "".join(
        f'<th scope="col" class="number">{escape(id_)}<br>of {exercise.points}</th>'
        for id_, exercise in exercises.items()
    )
    largest = sum(exercise.points for exercise in exercises.values())
    rows = []
    for row, student in enumerate(names):
        own = {id_: found[student, id_] for id_ in exercises if (student, id_) in found}
        cells = "".join(
            points(f"a{row}-{id_}", student, exercise, own.get(id_))
            for id_, exercise in exercises.items()
        )
        total = sum(report.get("score", 0) for report in own.values())
        note = note_on(own, problems.get(student, ""))
        rows.append(
            f'<tr><th scope="row">{escape(student)}</th>{cells}'
            f'<td class="number">{total}</td><td>{escape(note)}</td></tr>'
        )
    return (
        '<div class="wide" tabindex="0" role="region" aria-label="Points">'
        "<table><caption>Points of each student in each exercise</caption>"
        f'<thead><tr><th scope="col">student</th>{heads}<th scope="col" class="number">'
        f'total<br>of {largest}</th><th scope="col">note</th></tr></thead>'
        f"<tbody>{chr(10).join(rows)}</tbody></table></div>"
    )


def points(place: str, student: str, exercise: Exercise, report: Found | None) -> str:
    """Return a cell: the points, with a link to what is to be said of them."""
    if report is None:
        return '<td class="number muted" aria-label="nothing handed in">–</td>'
    score = report.get("score", "?")
    if not has_details(exercise, report):
        return f'<td class="number full">{score}</td>'
    label = escape(f"{score} of {exercise.points}: {student}, {exercise.id}")
    link = f'<a href="#{place}" aria-label="{label}">{score}</a>'
    return f'<td class="number">{link}</td>'


def tests_of(exercise: Exercise, found: Class) -> str:
    """Return how an exercise's tests fared, those that failed most with the reason."""
    reports = [
        r for (_, id_), r in found.items() if id_ == exercise.id and "tests" in r
    ]
    rows = []
    for position, test in enumerate(exercise.tests):
        results = [report["tests"][position] for report in reports]
        passed = sum(result["status"] == "pass" for result in results)
        share = round(100 * passed / len(results)) if results else 0
        reasons = Counter(
            reason(exercise, result) for result in results if result["status"] != "pass"
        )
        listed = "".join(
            f"<li>{number} × {escape(why)}</li>"
            for why, number in reasons.most_common(SHOWN)
        )
        secret = ' <span class="muted">hidden</span>' if test.message else ""
        bar = f'<span class="share" aria-hidden="true"><span style="width:{share}%">'
        rows.append(
            f'<tr><th scope="row">{escape(test.title)}{secret}</th>'
            f"<td>{passed} of {len(results)}{bar}</span></span></td>"
            f"<td>{f'<ul>{listed}</ul>' if listed else ''}</td></tr>"
        )
    return (
        f"<h3>{escape(exercise.title)} <span class=muted>{escape(exercise.id)},"
        f" {exercise.kind}</span>"
        '</h3><div class="wide" tabindex="0" role="region"'
        f' aria-label="Tests of {escape(exercise.id)}">'
        f"<table><caption>Tests of {escape(exercise.id)}</caption><thead><tr>"
        '<th scope="col">test</th><th scope="col">passed</th>'
        '<th scope="col">behind the failures</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def reason(exercise: Exercise, result: Found) -> str:
    """Return why a test failed: the misconception if it is known, else in what way."""
    if result["id"].startswith("hidden_"):
        return "failed"
    said = " ".join(result["message"].split())
    for wrong in exercise.wrong:
        if wrong.message in said:
            return wrong.misconception
    if "is still to be written" in said:
        return "not written yet"
    return WAYS.get(result["status"], "another value")


def answer(place: str, student: str, exercise: Exercise, report: Found) -> str:
    """Return an answer's tests, folded, each with what its student reads."""
    head = f"{student}, {exercise.id}: {report.get('score', '?')} of {exercise.points}"
    if "trouble" in report:
        inside = f"<p>Could not be graded.</p><pre>{escape(report['trouble'])}</pre>"
    else:
        note = f"<p>{escape(report['note'])}</p>" if report.get("note") else ""
        inside = f"<ol>{''.join(map(line, report['tests']))}</ol>{note}"
    return (
        f'<details id="{escape(place)}"><summary>{escape(head)}</summary>'
        f"{inside}</details>"
    )


def line(result: Found) -> str:
    """Return one test: a mark that does not hang on its color, sentence, message."""
    passed = result["status"] == "pass"
    kind, sign, said = ("pass", "✓", "passed") if passed else ("fail", "✗", "failed")
    first, _, rest = result["message"].partition("\n")
    message = f"<pre>{escape(rest.strip(chr(10)))}</pre>" if rest.strip() else ""
    return (
        f'<li><span class="{kind}" role="img" aria-label="{said}">{sign}</span>'
        f" {escape(result['title'])}{message}</li>"
    )
