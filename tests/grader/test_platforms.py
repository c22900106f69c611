"""One row a student, whatever platform named what was handed in."""

from __future__ import annotations

import os
import re
import tarfile
import unicodedata
import zipfile
from pathlib import Path

import pytest
from groundup.grader import handed_in, platforms
from groundup.grader.exercise import load
from groundup.grader.learner import LearnerError
from groundup.grader.names import clean, folded
from groundup.grader.owners import Owner
from groundup.grader.people import students
from groundup.grader.roster import Listed, Roster, told_apart
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2]
SOFTMAX = load(ROOT / "exercises/transformers/attention/softmax")
GRADIENT = load(ROOT / "exercises/algorithms/linear_regression/gradient")
IDS = {"softmax": SOFTMAX}
BOTH = {"softmax": SOFTMAX, "gradient": GRADIENT}
METADATA = """\
submission_1:
  :submitters:
  - :name: Ada Lovelace
    :sid: '100'
    :email: ada@example.org
  :created_at: 2026-01-30 15:00:00.000000000 Z
  :results: !ruby/hash:ActiveSupport::HashWithIndifferentAccess
    tests: []
submission_2:
  :submitters:
  - :name: Blaise Pascal
    :sid: '200'
    :email: blaise@example.org
  - :name: Emmy Noether
    :sid:
    :email: emmy@example.org
"""


def answer(number: int) -> str:
    """Return an answer that can be told from others."""
    return f"def softmax(x):\n    return {number}\n"


def hand_in(folder: Path, *names: str) -> None:
    """Write a class: files, and archives, each with an answer that has its number."""
    for number, name in enumerate(names):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if ".tar" in name:
            (folder / "_softmax.py").write_text(answer(number))
            with tarfile.open(path, "w:gz") as archive:
                archive.add(folder / "_softmax.py", "hw/softmax.py")
        elif name.endswith(".zip"):
            with zipfile.ZipFile(path, "w") as packed:
                packed.writestr("hw/softmax.py", answer(number))
        else:
            path.write_text(answer(number))


def counted(found: handed_in.Class) -> dict[str, int]:
    """Return the number of the answer that counts for each student."""
    return {
        student: int(re.findall(r"\d", answer.source)[-1])
        for (student, _), answer in found.answers.items()
    }


def listed(*people: str | Listed) -> Roster:
    """Return a roster of names, or of names with what else is known."""
    return Roster(tuple(p if isinstance(p, Listed) else Listed(p) for p in people))


@pytest.mark.parametrize("platform", platforms.TABLE, ids=lambda p: p.name)
def test_every_example_fits_its_own_pattern_alone(
    platform: platforms.Platform,
) -> None:
    fitting = [p for p in platforms.TABLE if p.match(platform.example, "homework")]
    assert fitting == [platform]


# What is handed in, the platform, and which of them counts for whom; else a note.
CLASSES: list[tuple[list[str], str, dict[str, int], dict[str, str]]] = [
    (
        [
            "Ada Lovelace_123_assignsubmission_file_/hw.zip",
            "Ada Lovelace_123_assignsubmission_onlinetext_/onlinetext.html",
            "Blaise Pascal_7_assignsubmission_file/softmax.py",
            "Emmy Noether_8_assignsubmission_file_softmax.py",
        ],
        "moodle",
        {"Ada Lovelace": 0, "Blaise Pascal": 2, "Emmy Noether": 3},
        {},
    ),
    (
        [
            "Ada Smith_1_assignsubmission_file_/softmax.py",
            "Ada Smith_2_assignsubmission_file_/softmax.py",
            "Zoë Ng_3_assignsubmission_onlinetext_/onlinetext.html",
        ],
        "moodle",
        {"Ada Smith (1)": 0, "Ada Smith (2)": 1},
        {"Zoë Ng": r".* no answer .* found onlinetext.html"},
    ),
    (
        [
            "pascalblaise_LATE_1_2_softmax-1.py",
            "lovelaceada_3_4_hw.tar-1.gz",
            "noetheremmy_5_6_softmax.py",
            "noetheremmy_5_7_softmax-2.py",
            "noetheremmy_5_8_softmax-1.py",
            "smithada_10_11_part-1.zip",
            "smithada_10_12_part-2.zip",
            "wildeoscar_20_text.html",
            "ngzoë_30_31_essay.pdf",
        ],
        "canvas",
        {"pascalblaise": 0, "lovelaceada": 1, "noetheremmy": 3, "smithada": 6},
        {
            "pascalblaise": "pascalblaise_LATE_1_2_softmax-1.py came late",
            "noetheremmy": "softmax: noetheremmy_5_7_softmax-2.py counts, not"
            " noetheremmy_5_8_softmax-1.py, noetheremmy_5_6_softmax.py",
            "smithada": "softmax: smithada_10_12_part-2.zip/hw/softmax.py counts, not"
            " smithada_10_11_part-1.zip/hw/softmax.py",
            "wildeoscar": r".* no answer .* found wildeoscar_20_text.html",
            "ngzoë": r".* no answer .* found ngzoë_30_31_essay.pdf",
        },
    ),
    (
        ["anon_ab12c_1_softmax.py", "anon_de34f_LATE_x.zip", "LATE_anon_x_2_hw.zip"],
        "canvas",
        {"anon_ab12c": 0, "anon_x": 2, "anon_de34f_LATE_x": 1},
        {"anon_x": "LATE_anon_x_2_hw.zip came late"},
    ),
    (
        [
            "Homework_1_ada_attempt_2026-01-30-15-00-00_softmax.py",
            "Homework_1_ada_attempt_2026-01-31-09-00-00.txt",
            "Homework_1_ada_attempt_2026-01-31-09-00-00_softmax.py.zip",
            "Homework_1_bob_attempt_2026-01-01-09-00-00_softmax-1.py",
        ],
        "blackboard",
        {"ada": 2, "bob": 3},
        {
            "ada": "softmax: Homework_1_ada_attempt_2026-01-31-09-00-00_softmax.py.zip"
            "/hw/softmax.py counts, not"
            " Homework_1_ada_attempt_2026-01-30-15-00-00_softmax.py",
            "bob": "softmax: Homework_1_bob_attempt_2026-01-01-09-00-00_softmax-1.py"
            r" counts \(softmax.py was expected\)",
        },
    ),
    (
        ["ada.py", "bob.ipynb", "cy.zip", "cy (1).zip", "dee/hw.zip", "eve.py.txt"],
        "",
        {"ada": 0, "cy": 3, "dee": 4, "eve": 5},
        {
            "bob": r".* no answer .*",
            "cy": r"softmax: cy \(1\).zip/hw/softmax.py counts, not cy.zip/.*",
        },
    ),
]


@pytest.mark.parametrize(("names", "platform", "counts", "notes"), CLASSES)
def test_the_names_of_a_platform_are_known(
    names: list[str],
    platform: str,
    counts: dict[str, int],
    notes: dict[str, str],
    tmp_path: Path,
) -> None:
    hand_in(tmp_path, *names)
    found = handed_in.read_class(tmp_path, IDS)
    assert (found.platform, counted(found)) == (platform, counts)
    assert set(found.students([])) == {*counts, *notes} and found.ignored == []
    for student, note in notes.items():
        said = found.problems.pop(student)
        assert said == note or re.fullmatch(note, said), said
    assert found.problems == {}


def test_github_classroom_s_folders_are_named_after_the_assignment(
    tmp_path: Path,
) -> None:
    names = ["hw-1-ada/softmax.py", "hw-1-ada-l/softmax.py", "hw-1-al-k/softmax.py"]
    hand_in(tmp_path / "hw-1-submissions", *names)
    (tmp_path / "hw-1-submissions/README.md").write_text("")
    found = handed_in.read_class(tmp_path / "hw-1-submissions", IDS)
    assert counted(found) == {"ada": 0, "ada-l": 1, "al-k": 2}
    hand_in(tmp_path / "other", *names)
    assert set(counted(handed_in.read_class(tmp_path / "other", IDS))) == {
        "hw-1-ada",
        "hw-1-ada-l",
        "hw-1-al-k",
    }
    found = handed_in.read_class(tmp_path / "other", IDS, platform="GitHub")
    assert counted(found) == {"ada": 0, "ada-l": 1, "al-k": 2}
    few = ["hw-1-al-k/softmax.py", "hw-1-al-m/softmax.py", "hw-1-al-n/softmax.py"]
    hand_in(tmp_path / "few", *few)  # have more in common than the assignment
    known = listed(
        *(Listed(f"S {n}", {"github_username": n}) for n in ("Al-K", "al-m"))
    )
    read = handed_in.read_class(tmp_path / "few", IDS, platform="github", roster=known)
    assert counted(read) == {"S Al-K": 0, "S al-m": 1, "n": 2}


def test_gradescope_s_own_file_says_whose_each_folder_is(tmp_path: Path) -> None:
    hand_in(tmp_path, "submission_1/softmax.py", "submission_2/softmax.py")
    (tmp_path / "submission_metadata.yml").write_text(METADATA)
    found = handed_in.read_class(tmp_path, IDS)
    both = {"Ada Lovelace": 0, "Blaise Pascal": 1, "Emmy Noether": 1}
    assert (found.platform, counted(found)) == ("gradescope", both)
    assert found.ignored == [] and found.problems == {}
    known = listed(
        Listed("A. L.", {"sid": "100"}), Listed("E. N.", {"email": "EMMY@example.org"})
    )
    found = handed_in.read_class(tmp_path, IDS, roster=known)
    assert counted(found) == {"A. L.": 0, "Blaise Pascal": 1, "E. N.": 1}


@pytest.mark.parametrize(
    "text",
    ["", "[", "a: 1", "- 1", "a: {b: 1}", "\0", "!x y: z", "[" * 5000 + "]" * 5000],
)
def test_gradescope_s_own_file_is_needed_and_read_with_care(
    text: str, tmp_path: Path
) -> None:
    hand_in(tmp_path, "submission_1/softmax.py")
    with pytest.raises(LearnerError, match="there is no submission_metadata.yml"):
        handed_in.read_class(tmp_path, IDS, platform="gradescope")
    (tmp_path / "submission_metadata.yml").write_text(text)
    with pytest.raises(LearnerError, match="is not as Gradescope writes it"):
        handed_in.read_class(tmp_path, IDS)


def test_a_pattern_of_one_s_own_names_the_student(tmp_path: Path) -> None:
    names = ["2026-hw1-ada-v1.py", "2026-hw1-ada-v2.py", "2026-hw1-bob-v1.zip", "x.zip"]
    hand_in(tmp_path, *names)
    pattern = r"\d+-hw1-(?P<student>\w+)-v(?P<attempt>\d+)(?P<file>\.py|\.zip)"
    found = handed_in.read_class(tmp_path, IDS, pattern=pattern)
    assert counted(found) == {"bob": 2, "x": 3}
    expected = "expected softmax.py or a notebook that defines what is asked for, found"
    assert expected in found.problems["ada"]
    pattern = r"\d+-hw1-(?P<student>\w+)-v(?P<attempt>\d+)\.\w+"
    found = handed_in.read_class(tmp_path, IDS, pattern=pattern)
    assert counted(found) == {"ada": 1, "bob": 2, "x": 3}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"platform": "mooodle"}, "--platform is one of moodle, canvas, "),
        ({"platform": "moodle", "pattern": "x"}, "--platform or --pattern, not both"),
        ({"pattern": "("}, "--pattern is no regular expression"),
        ({"pattern": "x{99999999999}"}, "--pattern is no regular expression"),
        ({"pattern": "(" * 2000 + ")" * 2000}, "--pattern is no regular expression"),
        ({"pattern": r"\w+"}, "--pattern needs a group for the student"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused(
    options: dict[str, str], said: str, tmp_path: Path
) -> None:
    with pytest.raises(LearnerError, match=re.escape(said)):
        handed_in.read_class(tmp_path, IDS, **options)


def test_accents_spaces_and_capital_letters_make_no_other_student(
    tmp_path: Path,
) -> None:
    composed = ["Zoë Müller", "ÅSA"]
    for number, name in enumerate(composed):
        decomposed = unicodedata.normalize("NFD", name).replace(" ", "\xa0")
        (tmp_path / decomposed).mkdir()
        (tmp_path / decomposed / "softmax.py").write_text(answer(number))
    found = handed_in.read_class(tmp_path, IDS, roster=listed("Zoë Müller", "Åsa"))
    assert counted(found) == {"Zoë Müller": 0, "Åsa": 1} and found.problems == {}
    found = handed_in.read_class(tmp_path, IDS)
    assert counted(found) == {"Zoë Müller": 0, "ÅSA": 1}


def test_capital_letters_part_students_where_the_roster_does(tmp_path: Path) -> None:
    hand_in(tmp_path, "Ada.zip", "ada/softmax.py")
    both = handed_in.read_class(tmp_path, IDS)
    assert counted(both) == {"Ada": 1}
    assert "Ada.zip, ada are taken for one student's" in both.problems["Ada"]
    apart = handed_in.read_class(tmp_path, IDS, roster=listed("ada", "Ada"))
    assert counted(apart) == {"ada": 1, "Ada": 0} and apart.problems == {}
    (tmp_path / "ADA.py").write_text(answer(2))
    unsure = handed_in.read_class(tmp_path, IDS, roster=listed("ada", "Ada"))
    assert counted(unsure) == {"ada": 1, "Ada": 0, "ADA": 2}
    assert "does not tell which student" in unsure.problems["ADA"]


def test_the_id_on_roster_and_entry_goes_before_the_name(tmp_path: Path) -> None:
    hand_in(tmp_path, *(f"smithada_{id_}_9_softmax.py" for id_ in (1, 2, 3)))
    people = [Listed("Smith, Ada (a1)", {"id": "1"}), Listed("Ada Mae", {"id": "2"})]
    found = handed_in.read_class(tmp_path, IDS, roster=listed(*people))
    assert counted(found) == {"Smith, Ada (a1)": 0, "Ada Mae": 1, "smithada": 2}
    found = handed_in.read_class(tmp_path, IDS, roster=listed("Smith, Ada"))
    assert set(counted(found)) == {f"smithada ({id_})" for id_ in (1, 2, 3)}
    assert all("does not tell which" in note for note in found.problems.values())
    (tmp_path / "smithada_1_9_softmax.py").unlink()
    (tmp_path / "smithada_2_9_softmax.py").unlink()
    found = handed_in.read_class(tmp_path, IDS, roster=listed("Smith, Ada"))
    assert counted(found) == {"Smith, Ada": 2}


def test_who_has_another_id_than_the_roster_says_is_another(tmp_path: Path) -> None:
    hand_in(tmp_path, "Ada Smith_7_assignsubmission_file_/softmax.py")
    known = listed(Listed("Ada Smith", {"participant": "1"}))
    found = handed_in.read_class(tmp_path, IDS, roster=known)
    assert counted(found) == {"Ada Smith (7)": 0}
    assert found.students(known.students) == ["Ada Smith", "Ada Smith (7)"]


WRITTEN = st.sampled_from(["ada", "Ada", "ADA", "zoë", "zoe\u0308", "a\xa0b", "a b"])
ID = st.sampled_from(["", "1", "2", "3"])
OWNERS = st.lists(st.tuples(WRITTEN, ID), max_size=8)


@settings(max_examples=300, deadline=None)
@given(OWNERS, OWNERS)
def test_no_student_has_two_rows_and_no_two_have_one(
    entries: list[tuple[str, str]], known: list[tuple[str, str]]
) -> None:
    unique = dict.fromkeys((clean(name), id_) for name, id_ in known)
    told = told_apart(Listed(n, {"id": i} if i else {}) for n, i in unique)
    people = tuple(told)
    owners = {
        Path(str(number)): [Owner(clean(name), {"id": id_})]
        for number, (name, id_) in enumerate(entries)
    }
    rows = students(owners, Roster(people))
    placed = [path for row in rows.values() for path, _ in row.entries]
    assert sorted(placed) == sorted(owners) and [*rows] == [
        r.name for r in rows.values()
    ]
    known_ids = {person.student: person.known.get("id", "") for person in people}
    for row in rows.values():
        ids = {owner.id for _, owner in row.entries} | {known_ids.get(row.name, "")}
        names = {folded(owner.student) for _, owner in row.entries}
        assert len(ids - {""}) <= 1 and (len(names) == 1 or ids - {""})
    mine = [(owner, r.name) for r in rows.values() for _, owner in r.entries]
    for owner, name in mine:
        same = {n for o, n in mine if o == owner}
        assert same == {name}


def test_an_entry_by_hand_is_that_of_the_one_student_of_its_name(
    tmp_path: Path,
) -> None:
    moodle = [f"{n}_assignsubmission_file_/softmax.py" for n in ("Ada_1", "Bob_2")]
    hand_in(tmp_path, *moodle, "Ada/old.zip")
    found = handed_in.read_class(tmp_path, IDS)
    assert list(counted(found)) == ["Ada", "Bob"]
    assert "counts, not Ada/old.zip/hw/softmax.py" in found.problems["Ada"]


def test_names_that_are_no_text_stay_apart(tmp_path: Path) -> None:
    for number, name in enumerate([b"caf\xff", b"caf\xfe", b"a\x01", b"a\x02"]):
        folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
        folder.mkdir()
        (folder / "softmax.py").write_text(answer(number))
    found = handed_in.read_class(tmp_path, IDS)
    assert sorted(counted(found).values()) == [0, 1, 2, 3]


def test_a_file_named_after_its_student_answers_what_it_defines(
    tmp_path: Path,
) -> None:
    (tmp_path / "ada.py").write_text(
        answer(1) + "def gradient(X, y, w):\n    return 2\n"
    )
    (tmp_path / "bob.py").write_text("def gradient(X, y, w:\n    return 3\n")
    (tmp_path / "cy.py").write_text("def sofmax(x):\n    return 4\n")
    found = handed_in.read_class(tmp_path, BOTH)
    assert set(found.answers) == {
        ("ada", "softmax"),
        ("ada", "gradient"),
        ("bob", "gradient"),
    }
    assert "found cy.py" in found.problems["cy"]
    assert counted(handed_in.read_class(tmp_path, IDS)) == {"ada": 2, "bob": 3, "cy": 4}


def test_an_archive_in_a_folder_is_read_and_a_bad_one_spoils_nothing(
    tmp_path: Path,
) -> None:
    hand_in(tmp_path, "ada/softmax.py", "ada/old/hw.zip", "bob/hw.zip", "cy/hw.zip")
    (tmp_path / "ada/bad.zip").write_bytes(b"PK\x03\x04")
    (tmp_path / "cy/hw.zip").write_bytes(b"PK\x03\x04")
    with zipfile.ZipFile(tmp_path / "dee.zip", "w") as packed:
        packed.write(tmp_path / "bob/hw.zip", "hw.zip")
        packed.writestr("notes.pdf", b"")
    found = handed_in.read_class(tmp_path, IDS)
    assert counted(found) == {"ada": 0, "bob": 2}
    said = "softmax: softmax.py counts, not old/hw.zip/hw/softmax.py"
    assert found.problems["ada"] == said
    assert "found hw.zip (cannot be read: " in found.problems["cy"]
    assert found.problems["dee"].endswith("found hw.zip, notes.pdf")
