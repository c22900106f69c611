"""A roster is read in the forms it really comes in, or refused with its line."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from groundup.grader import roster
from groundup.grader.learner import LearnerError
from hypothesis import given, settings
from hypothesis import strategies as st

CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Softmax (17)
    Points Possible,,,,,6.00
"Lovelace, Ada",1,S1,ada,A,6
"Müller, Zoë",2,S2,zoe,A,
"""
MOODLE = """\
Identifier,"Full name","Email address",Status,Grade,"Maximum Grade"
"Participant 123","Ada Lovelace",ada@example.org,Submitted,,6.00
"Teilnehmer/in 7","Zoë Müller",zoe@example.org,Submitted,,6.00
"""
MOODLE_GRADES = """\
"First name",Surname,"ID number",Institution,Department,"Email address"
Ada,Lovelace,1,,,ada@example.org
Zoë,Müller,2,,,zoe@example.org
"""
GRADESCOPE = """\
First Name,Last Name,SID,Email,Role
Ada,Lovelace,100,ada@example.org,Student
Zoë,Müller,,zoe@example.org,Student
"""
GITHUB = """\
"identifier","github_username","github_id","name"
"01-Lovelace","ada-l","17","Ada Lovelace"
"02-Müller","zoe","18","Zoë Müller"
"""
BLACKBOARD = """\
"Last Name"\t"First Name"\t"Username"\t"Student ID"
"Lovelace"\t"Ada"\t"ada"\t"1"
"Müller"\t"Zoë"\t"zoe"\t"2"
"""
NAMES = ["Ada Lovelace", "Zoë Müller"]
EXPORTS = {
    "canvas": (CANVAS, {"id": "1", "sis login id": "ada"}),
    "moodle": (MOODLE, {"participant": "123", "email address": "ada@example.org"}),
    "moodle's grades": (MOODLE_GRADES, {"id number": "1"}),
    "gradescope": (GRADESCOPE, {"sid": "100", "email": "ada@example.org"}),
    "github": (GITHUB, {"github_username": "ada-l"}),
    "blackboard": (BLACKBOARD, {"username": "ada", "student id": "1"}),
}
OWN = "name,student\nAda,ada\nZoë,zoë\n"


def read(content: str | bytes, column: str = "") -> roster.Roster:
    """Return the roster that a file with this content holds."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "roster.csv"
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        try:
            return roster.read_roster(file, column)
        except LearnerError as error:
            raise LearnerError(str(error).replace(str(file), "roster.csv")) from None


@pytest.mark.parametrize("platform", EXPORTS)
def test_what_platforms_export_is_a_roster(platform: str) -> None:
    content, known = EXPORTS[platform]
    people = read(content).people
    names = ["Lovelace, Ada", "Müller, Zoë"] if platform == "canvas" else NAMES
    assert [person.student for person in people] == names
    assert known.items() <= people[0].known.items()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("first", ["", "sep="])
def test_a_spreadsheet_s_ways_of_writing_are_read(
    separator: str, encoding: str, end: str, first: str
) -> None:
    text = OWN.replace(",", separator)
    text = f"{first}{separator}\n{text}" if first else text
    found = read(text.replace("\n", end).encode(encoding))
    assert found.students == ["ada", "zoë"]
    note = "roster.csv is no UTF-8; it was read as Windows-1252"
    assert found.note.endswith(note if encoding == "cp1252" else "")
    assert bool(found.note) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("content", "column", "students"),
    [
        ("student,name\nada\nbob,Bob\n", "", ["ada", "bob"]),
        ("student,name\nada,Ada,,\n\n , \nbob,Bob,", "", ["ada", "bob"]),
        ("\n\nstudent\nada\n", "", ["ada"]),
        ("Student \n Ada  Lovelace \n", "", ["Ada Lovelace"]),
        ("Matrikel;Kurs\n17;A\n18;A\n", "matrikel", ["17", "18"]),
        ("student,login\nAda,a\nBob,b\n", "login", ["a", "b"]),
        ('student\n"Lovelace, Ada"\n', "", ["Lovelace, Ada"]),
        ("student;name\nLovelace, Ada;x\n", "", ["Lovelace, Ada"]),
        ("student\nada\nada\nAda\n", "", ["ada", "Ada"]),
        ("name,sid\nAda,1\nAda,2\nAda,1\n", "", ["Ada (1)", "Ada (2)"]),
        ("name,sid\nAda,1\nAda,\n", "", ["Ada (1)", "Ada (another)"]),
        ("name,sid,email\nA,1,x\nA,1,\nA,,x\n", "", ["A (1)", "A (1) (2)", "A (x)"]),
        ("student\nZoe\u0308\n", "", ["Zoë"]),
        ("student\na\x1b[2J\n", "", ["a\\x1b[2J"]),
    ],
)
def test_a_roster_is_read(content: str, column: str, students: list[str]) -> None:
    assert read(content, column).students == students


KNOWN = "with a column `student` (`--column` names another)"


@pytest.mark.parametrize(
    ("content", "column", "said"),
    [
        ("", "", f"roster.csv, line 1: expected a CSV file {KNOWN}, found none"),
        ("a;b\n1;2\n", "", f"roster.csv, line 1: expected a CSV file {KNOWN}, found"),
        ("a;b\n1;2\n", "", "found `a`, `b`"),
        ("a\n1\n", "c", "line 1: expected a CSV file with a column `c`, found `a`"),
        ("student,name\n", "", "has no student below its line of column names"),
        ("name,student\nAda\n", "", "line 2: expected a student in the column"),
        ("name,student\nAda,\n", "", "`student`, found nothing there"),
        ("name,student\na,b\nL, A,ada\n", "", "line 3: expected 2 fields, found 3"),
        ('student\n"ada\nbob\n', "", "line 2: expected fields between ',', and"),
        ('student\nada\n"a"b\n', "", "line 3: expected fields between ',', and"),
        (f"student\n{'a' * 200_000}\n", "", "line 2: expected fields between"),
        (b"PK\x03\x04\0\0", "", "roster.csv is a workbook: save the roster as CSV"),
        ("student\nada\n".encode("utf-16-le"), "", "expected a CSV file in UTF-8"),
        ("student\nada\n".encode("utf-32"), "", "expected a CSV file in UTF-8"),
        (b"student\n\x81\x8d\n", "", "expected a CSV file in UTF-8"),
    ],
)
def test_what_is_no_roster_is_refused_with_its_line(
    content: str | bytes, column: str, said: str
) -> None:
    with pytest.raises(LearnerError) as error:
        read(content, column)
    assert said in str(error.value)
    assert str(error.value).startswith("roster.csv") and "\n" not in str(error.value)


def test_a_file_that_is_none_is_said(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "roster.csv"):
        with pytest.raises(LearnerError, match="there is no file"):
            roster.read_roster(path)


PIECES = ["student", "name", "id", ",", ";", "\t", "\n", "\r", '"', "\0", "ü", "\x81"]
PIECES += ["sep=", "Ada", " ", "\ufeff", "first name", "last name", "identifier"]
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1"])


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(PIECES)), ENCODINGS, st.sampled_from(["", "id", "ü"]))
def test_any_text_is_read_or_refused(
    pieces: list[str], encoding: str, column: str
) -> None:
    taken("".join(pieces).encode(encoding, "replace"), column)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([b"", b"student\n", b"\xff\xfe", b"\xef\xbb\xbf"]), st.binary())
def test_any_bytes_are_read_or_refused(beginning: bytes, content: bytes) -> None:
    taken(beginning + content, "")


def taken(content: bytes, column: str) -> None:
    """Raise AssertionError unless a roster is read well, or refused in a sentence."""
    try:
        students = read(content, column).students
    except LearnerError as error:
        assert str(error).startswith("roster.csv")
        return
    assert students and len(set(students)) == len(students)
    assert all(s and s.isprintable() for s in students)
