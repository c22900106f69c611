"""What comes of grading a class, as files: a grade book, and two files a student."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .exercise import Exercise
from .learner import write

BOOK, STUDENTS, GRADESCOPE = "gradebook.csv", "students", "gradescope"
KEPT, SEED = "verdicts", "seed"
FORMULAS = "=+-@"  # how they begin
LONGEST_NAME = 60  # characters; four bytes each at most
HASHED = re.compile(r"-[0-9a-f]{8}\Z")
Found = dict[str, Any]  # a report as plain data, or {"exercise", "trouble"}
TROUBLE = "This answer could not be graded; your instructor has been told why."


def write_results(
    out: Path,
    students: Iterable[str],
    exercises: Mapping[str, Exercise],
    found: Mapping[tuple[str, str], Found],
    problems: Mapping[str, str],
) -> None:
    """Write the grade book as CSV, and for each student a JSON file and Gradescope's.

    A student's files do not say what troubled the grader: it may tell of hidden tests.
    """
    for folder in (STUDENTS, GRADESCOPE):
        (out / folder).mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    table = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    table.writerow(["student", *exercises, "total", "max", "note"])
    largest = sum(exercise.points for exercise in exercises.values())
    students = list(students)
    files = names_of_files(students)
    for student in students:
        own = {id_: found[student, id_] for id_ in exercises if (student, id_) in found}
        note = note_on(own, problems.get(student, ""))
        scores = {id_: report.get("score", 0) for id_, report in own.items()}
        points = [scores.get(id_, "") for id_ in exercises]
        row = [student, *points, sum(scores.values()), largest, note]
        table.writerow([guarded(value) for value in row])
        told = {id_: without_trouble(report) for id_, report in own.items()}
        data = {"student": student, "total": sum(scores.values()), "max": largest}
        data |= {"note": note, "exercises": told}
        for folder, content in {
            STUDENTS: data,
            GRADESCOPE: gradescope(exercises, own, note),
        }.items():
            name = f"{files[student]}.json"
            write(out / folder / name, json.dumps(content, indent=2) + "\n")
    write(out / BOOK, text.getvalue())


def note_on(own: Mapping[str, Found], problem: str) -> str:
    """Return what is to be said of a student's submission as a whole."""
    troubled = [id_ for id_, report in own.items() if "trouble" in report]
    if troubled:
        return f"could not be graded: {', '.join(troubled)}"
    return problem or ("" if own else "nothing was handed in")


def without_trouble(report: Found) -> Found:
    """Return a report without what the grader's own code said."""
    return report | {"trouble": TROUBLE} if "trouble" in report else report


def gradescope(
    exercises: Mapping[str, Exercise], own: Mapping[str, Found], note: str = ""
) -> Found:
    """Return one submission's results in the format of Gradescope's results.json."""
    tests = [
        {"number": f"{chapter}.{number}"} | test
        for chapter, exercise in enumerate(exercises.values(), 1)
        for number, test in enumerate(
            gradescope_tests(exercise, own.get(exercise.id)), 1
        )
    ]
    elsewhere = sum(exercise.elsewhere for exercise in exercises.values())
    more = f"{elsewhere} more points are decided by your instructor's own tests."
    return {
        "score": sum(test["score"] for test in tests),
        "execution_time": round(sum(r.get("seconds", 0) for r in own.values())),
        "output": "\n".join(filter(None, [note, more if elsewhere else ""])),
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": tests,
    }


def gradescope_tests(exercise: Exercise, report: Found | None) -> list[Found]:
    """Return an exercise's tests as Gradescope lists them, graded or not."""
    results: list[Found] = (report or {}).get("tests", [])
    absent = f"{exercise.id}.py was not handed in." if report is None else TROUBLE
    listed = []
    for position, test in enumerate(exercise.tests):
        result = results[position] if results else {"message": absent}
        passed = result.get("status") == "pass"
        listed.append(
            {
                "name": f"{exercise.id}: {test.title}",
                "score": test.points if passed else 0,
                "max_score": test.points,
                "status": "passed" if passed else "failed",
                "output": result["message"],
                "visibility": "visible",
            }
        )
    return listed


def guarded(value: object) -> object:
    """Return a cell that a spreadsheet takes for text and not for a formula."""
    if isinstance(value, str):
        begins = unicodedata.normalize("NFKC", value).strip()[:1]
        return f"'{value}" if begins in FORMULAS and begins else value
    return value


def names_of_files(students: Iterable[str]) -> dict[str, str]:
    """Return a file name for each student, that no system takes for another's."""
    names, taken = dict[str, str](), set[str]()
    for student in students:
        name = safe(student)
        names[student] = hashed(name, student) if name.lower() in taken else name
        taken.add(name.lower())
    return names


def safe(student: str) -> str:
    """Return a file name for a student, no path, not too long, not twice the same."""
    kept = "".join(c if c.isalnum() or c in "-_. @" else "_" for c in student)
    kept = kept.lstrip(".")[:LONGEST_NAME]
    if kept == student and not HASHED.search(kept):
        return kept
    return hashed(kept, student)


def hashed(name: str, student: str) -> str:
    """Return a file name with a digest that only one student has."""
    return f"{name}-{hashlib.sha256(student.encode()).hexdigest()[:8]}"
