"""Who is in a class: a roster as it is typed, or as a platform exports it.

Encodings, separators and columns are those that spreadsheets and platforms write. What
cannot be read is refused in a sentence that names the file, the line, and what was
expected there: a student who is lost in silence is worse than one more try.
"""

from __future__ import annotations

import contextlib
import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from .learner import LearnerError
from .names import clean, free, squeezed

SEPARATORS = (",", ";", "\t")
# Which columns name a student, the first that is there; two are put together.
STUDENT = (
    ("student",),  # the book's own, and Canvas'
    ("full name",),  # Moodle's grading worksheet
    ("name",),  # Gradescope's of old
    ("first name", "surname"),  # Moodle's gradebook
    ("first name", "last name"),  # Gradescope's, Blackboard's
    ("identifier",),  # GitHub Classroom's
)
# Which columns tell students apart, or are what folders may be named after.
KNOWN = (
    *("id", "sis user id", "sis login id"),  # Canvas
    *("identifier", "id number", "email address"),  # Moodle
    *("sid", "email"),  # Gradescope
    *("username", "student id"),  # Blackboard
    *("github_username", "github_id", "name"),  # GitHub Classroom
)
POINTS = "Points Possible"  # Canvas' second line, which is nobody
EXCEL = re.compile(r"sep=.[\r\n]", re.IGNORECASE)  # its own first line
LONGEST, MOST = 40, 12  # of names of columns that are shown
BYTE_ORDER = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True)
class Listed:
    """A student on the roster: the name in the grade book, and what else is known."""

    student: str
    known: Mapping[str, str] = field(default_factory=dict)  # by column
    name: str = ""  # as the roster has it
    sorted: str = ""  # last name and first name as Canvas puts them together


@dataclass(frozen=True)
class Roster:
    """The students of a class, and what there is to say of the file."""

    people: tuple[Listed, ...] = ()
    note: str = ""

    @property
    def students(self) -> list[str]:
        """Return the names under which the grade book lists them."""
        return [person.student for person in self.people]


def read_roster(file: Path, column: str = "") -> Roster:
    """Return the students of a roster; raises LearnerError where it cannot be read.

    `column` names the one with the students, where it is none of those that are known.
    """
    if not file.is_file():
        raise LearnerError(f"there is no file {file}")
    text, encoding = decoded(file)
    separator, first = header(file, text, column)
    people = []
    for line, row in rows(file, text, separator, skip=first):
        if not (row.get("student") == POINTS and "sis login id" in row):
            people.append(listed(file, line, row, column))
    if not people:
        raise LearnerError(f"{file} has no student below its line of column names")
    note = f"{file} is no UTF-8; it was read as {encoding}" if encoding else ""
    return Roster(tuple(told_apart(people)), note)


def decoded(file: Path) -> tuple[str, str]:
    """Return a roster's text, and its encoding where that had to be assumed."""
    content = file.read_bytes()
    marked = next((e for mark, e in BYTE_ORDER.items() if content.startswith(mark)), "")
    for encoding, said in ((marked or "utf-8", ""), ("cp1252", "Windows-1252")):
        try:
            text = content.decode(encoding).removeprefix("\ufeff")
        except UnicodeError:
            continue
        if "\0" not in text:
            return text, said
    if content.startswith(b"PK"):
        raise LearnerError(f"{file} is a workbook: save the roster as CSV")
    raise LearnerError(
        f"{file}: expected a CSV file in UTF-8, UTF-16 with a byte order mark, or"
        " Windows-1252"
    )


def header(file: Path, text: str, column: str) -> tuple[str, int]:
    """Return the separator of a roster, and the line of its column names.

    Raises LearnerError where no separator gives a column of students.
    """
    first = 2 if EXCEL.match(text) else 1
    found: list[list[str]] = []
    for separator in SEPARATORS:
        with contextlib.suppress(LearnerError):  # quotation marks beside another one
            lines = records(file, text, separator)
            fields = next((f for line, f in lines if line >= first and any(f)), [])
            found.append([clean(name) for name in fields if name.strip()])
            if student_columns([name.lower() for name in found[-1]], column):
                return separator, first
    expected = f"a column `{column}`" if column else "a column `student`"
    there = max(found, key=len, default=[])
    known = "" if column else " (`--column` names another)"
    names = ", ".join(f"`{name[:LONGEST]}`" for name in there[:MOST])
    raise LearnerError(
        f"{file}, line {first}: expected a CSV file with {expected}{known}, found"
        f" {names or 'none'}"
    )


def rows(
    file: Path, text: str, separator: str, skip: int
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows below the column names, each with its line and by column.

    Raises LearnerError for a row with more fields than there are columns.
    """
    names: list[str] = []
    for line, fields in records(file, text, separator):
        if line < skip:
            continue
        if not names:
            names = [lowered(name) for name in fields] if any(fields) else []
        elif any(value.strip() for value in fields):
            while len(fields) > len(names) and not fields[-1].strip():
                fields.pop()
            if len(fields) > len(names):
                raise LearnerError(
                    f"{file}, line {line}: expected {len(names)} fields, found"
                    f" {len(fields)}; {separator!r} in a field needs quotation marks"
                )
            fields += [""] * (len(names) - len(fields))
            # The first of columns that have one name counts.
            pairs = zip(names, map(clean, fields), strict=True)
            yield line, dict(reversed([*pairs]))


def records(file: Path, text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of a CSV text, each with the line where it begins.

    Raises LearnerError where it is no CSV.
    """
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        begins = lines.line_num + 1
        try:
            yield begins, next(lines)
        except StopIteration:
            return
        except csv.Error as error:
            raise LearnerError(
                f"{file}, line {begins}: expected fields between {separator!r}, and"
                f" quotation marks in pairs: {error}"
            ) from None


def lowered(name: str) -> str:
    """Return a column's name as it is compared."""
    return clean(name).lower()


def student_columns(names: list[str], column: str) -> tuple[str, ...]:
    """Return the columns that name a student, none where there are none."""
    choice = ((lowered(column),),) if column else STUDENT
    return next((some for some in choice if {*some} <= {*names}), ())


def listed(file: Path, line: int, row: Mapping[str, str], column: str) -> Listed:
    """Return the student of a row; raises LearnerError where it names none."""
    names = student_columns(list(row), column)
    student = " ".join(filter(None, (row[name] for name in names)))
    if not student:
        raise LearnerError(
            f"{file}, line {line}: expected a student in the column"
            f" `{' '.join(names)}`, found nothing there"
        )
    known = {name: row[name] for name in KNOWN if row.get(name)}
    if "identifier" in known and (number := re.search(r"\d+$", known["identifier"])):
        known["participant"] = number[0]  # of "Participant 123", as in folders' names
    last = row.get("last name") or row.get("surname") or ""
    return Listed(student, known, squeezed(last + row.get("first name", "")))


def told_apart(people: Iterable[Listed]) -> Iterator[Listed]:
    """Yield each student once; those of one name get in brackets what sets them apart.

    Rows that say the same are one student, in two sections, say.
    """
    unique = {(p.student, *sorted(p.known.items())): p for p in people}
    of_name = defaultdict[str, list[Listed]](list)
    for person in unique.values():
        of_name[person.student].append(person)
    taken = set[str]()
    for person in unique.values():
        name, same = person.student, of_name[person.student]
        if len(same) > 1:
            own = {k: v for k, v in person.known.items() if v != name}
            only = [
                own[k] for k in own if sum(p.known.get(k) == own[k] for p in same) < 2
            ]
            name = f"{name} ({[*only, *own.values(), 'another'][0]})"
        name = free(name, taken)
        taken.add(name)
        yield replace(person, student=name, name=person.student)
