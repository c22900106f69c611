"""A class is graded: every form of submission, bad ones, an end in the middle."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import os
import subprocess
import sys
import tarfile
import time
import zipfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from groundup.grader import archives, classroom, handed_in, results
from groundup.grader.exercise import load
from groundup.grader.learner import LearnerError

from tests.answers import wrong_answer

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = ROOT / "exercises"
SOFTMAX = EXERCISES / "transformers/attention/softmax"
GOOD = (SOFTMAX / "solution.py").read_text()
WRONG = wrong_answer(SOFTMAX, "first_axis")
ATTACK = (Path(__file__).parent / "attacks/kills_the_parent.py").read_text()
IDS = {"softmax": load(SOFTMAX)}
COMMAND = [sys.executable, "-c", "from groundup.grader.cli import main; main()"]
linux = pytest.mark.skipif(sys.platform != "linux", reason="these walls are Linux's")


def notebook(*cells: tuple[str, list[str]]) -> str:
    """Return a notebook with code cells, each a source and its tags."""
    made = [
        {"cell_type": "code", "source": source, "metadata": {"tags": tags}}
        for source, tags in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4})


def zipped(path: Path, name: str, text: str) -> None:
    """Write a zip archive with one file."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(name, text)


@pytest.fixture
def submissions(tmp_path: Path) -> Path:
    """A folder with a submission of every form, good ones and others."""
    folder = tmp_path / "submissions"
    for name, text in {"ada": GOOD, "bob": WRONG, "mal": ATTACK}.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "softmax.py").write_text(text)
    (folder / "bob/old").mkdir()
    (folder / "bob/old/softmax.py").write_text(GOOD)
    zipped(folder / "cy.zip", "homework/softmax.py", GOOD)
    with tarfile.open(folder / "dee.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("softmax.py")
        member.size = len(GOOD.encode())
        archive.addfile(member, io.BytesIO(GOOD.encode()))
    cells = [("%load_ext x\nimport numpy as np", []), (GOOD, []), ("1/0", [])]
    (folder / "eve.ipynb").write_text(notebook(*cells))
    (folder / "fay").mkdir()
    (folder / "gus.zip").write_bytes(b"PK\x03\x04 no archive")
    (folder / ".DS_Store").write_bytes(b"")
    return folder


def test_what_grades_a_class_holds_no_right_answers() -> None:
    names = {Path(name).name for name in classroom.packed(load(SOFTMAX))}
    assert "wrong.yml" in names
    assert not {"right.yml", *(path.name for path in SOFTMAX.glob("right/*"))} & names


def test_every_form_of_submission_is_read_and_a_bad_one_stops_nothing(
    submissions: Path,
) -> None:
    found = handed_in.read_class(submissions, IDS)
    sources = {student: a.source for (student, _), a in found.answers.items()}
    assert "def softmax" in sources["eve"] and sources.pop("eve") != GOOD
    assert sources == {
        "ada": GOOD,
        "bob": WRONG,
        "cy": GOOD,
        "dee": GOOD,
        "mal": ATTACK,
    }
    expected = "expected softmax.py or a notebook that defines what is asked for"
    said = f"fay has no answer to any exercise: {expected}, found no file"
    assert found.problems["fay"] == said
    assert found.problems["gus"].startswith("gus.zip cannot be read: ")
    assert found.students(["zoe", "ada"])[:2] == ["zoe", "ada"]


def test_links_and_large_files_are_not_followed_or_read(tmp_path: Path) -> None:
    (tmp_path / "class/lin").mkdir(parents=True)
    (tmp_path / "class/lin/softmax.py").symlink_to(SOFTMAX / "solution.py")
    (tmp_path / "class/big").mkdir()
    (tmp_path / "class/big/softmax.py").write_text("#" * (archives.LARGEST + 1))
    (tmp_path / "class/out").symlink_to(SOFTMAX)
    with zipfile.ZipFile(tmp_path / "class/bomb.zip", "w", 8) as archive:
        archive.writestr("softmax.py", "0" * 50_000_000)
    found = handed_in.read_class(tmp_path / "class", IDS)
    assert found.answers == {}
    assert set(found.problems) == {"lin", "big", "bomb"}


def test_names_and_kinds_of_entries_that_nobody_expects_stop_nothing(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "class"
    names = [b"caf\xff", b"\x1b]0;owned\x07", b"n" * 250, b"a+b", b"a_b-300273da"]
    names += ["é;=1+1".encode(), b"two\nlines"]
    for name in names:
        path = Path(os.fsdecode(os.path.join(os.fsencode(folder), name)))
        path.mkdir(parents=True)
        (path / "softmax.py").write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    zipped(folder / "Upper.ZIP", "softmax.py", GOOD)
    os.mkfifo(folder / "pipe.ipynb")
    (folder / "plain.txt").write_text(GOOD)
    found = handed_in.read_class(folder, IDS)
    assert len(found.answers) == len(names) + 1 and found.problems == {}
    assert {answer.source for answer in found.answers.values()} == {GOOD}
    assert found.ignored == ["pipe.ipynb", "plain.txt"]
    students = found.students([])
    assert all(student.isprintable() for student in students)
    files = {results.safe(student) for student in students}
    assert len(files) == len(students)
    assert max(len(os.fsencode(f"{file}.json")) for file in files) < 255
    results.write_results(tmp_path / "out", students, {}, {}, {})
    assert len(list((tmp_path / "out/students").iterdir())) == len(students)


def test_a_submission_of_very_many_files_is_not_held_in_memory(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "many.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(30):
            archive.writestr(f"{number}.py", "#" * archives.LARGEST)
    found = handed_in.read_class(tmp_path, IDS)
    assert "more than 20,000,000 bytes of answers" in found.problems["many"]


def test_the_seed_of_a_class_is_drawn_once_and_kept(tmp_path: Path) -> None:
    seeds = {classroom.seed_of(tmp_path / str(n)) for n in range(20)}
    assert len(seeds) > 15
    assert classroom.seed_of(tmp_path / "0") == classroom.seed_of(tmp_path / "0")


def test_an_archive_that_unpacks_without_end_is_left_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "LARGEST_ARCHIVE", 2_000_000)
    for name, kind in {"member.tar.xz": tarfile.REGTYPE, "header.tgz": b"x"}.items():
        with tarfile.open(tmp_path / name, f"w:{'xz' if 'xz' in name else 'gz'}") as a:
            member = tarfile.TarInfo("large.bin")
            member.type, member.size = kind, 3_000_000
            a.addfile(member, io.BytesIO(bytes(member.size)))
    (tmp_path / "deep.ipynb").write_text("[" * 200_000)
    found = handed_in.read_class(tmp_path, IDS)
    assert "unpacks to more than" in found.problems["member"]
    assert "unpacks to more than" in found.problems["header"]
    said = "deep.ipynb has no answer to any exercise: expected softmax.py or a notebook"
    assert found.problems["deep"].startswith(said)


def test_who_hands_in_twice_is_told_which_one_counts(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada/softmax.py").write_text(WRONG)
    zipped(tmp_path / "ada.zip", "softmax.py", GOOD)
    found = handed_in.read_class(tmp_path, IDS)
    assert found.answers["ada", "softmax"].source == GOOD
    said = "softmax: ada.zip/softmax.py counts, not ada/softmax.py"
    assert found.problems == {"ada": said}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (notebook(("a = 1", ["softmax"]), ("b", ["softmax"])), "a = 1\n\nb"),
        (notebook(("%%exercise softmax\na = 1", [])), "a = 1\n"),
        (notebook(("%%exercise gradient\na = 1", ["softmax"])), None),
    ],
)
def test_a_cell_that_says_so_is_the_answer_even_if_it_is_none(
    content: str, expected: str | None, tmp_path: Path
) -> None:
    (tmp_path / "ada.ipynb").write_text(content)
    answers = handed_in.read_class(tmp_path, IDS, ["gradient"]).answers.values()
    assert [a.source for a in answers] == ([expected] if expected else [])


def run(folder: Path, out: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Grade a class with the command."""
    return subprocess.run(
        [*COMMAND, "grade", str(folder), "--out", str(out), "--only", "softmax"]
        + list(more),
        env={**os.environ, "GROUNDUP_EXERCISES": str(EXERCISES)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def grades(out: Path) -> dict[str, dict[str, Any]]:
    """Return the grade book by student."""
    with (out / "gradebook.csv").open(newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


@linux
def test_a_class_gets_a_grade_book_and_a_file_each(
    submissions: Path, tmp_path: Path
) -> None:
    (tmp_path / "roster.csv").write_text("name,student\nZoe,zoe\nAda,ada\n")
    out = tmp_path / "grades"
    done = run(submissions, out, "--roster", str(tmp_path / "roster.csv"))
    assert done.returncode == 0, done.stderr
    assert "6/6" in done.stdout and "left" in done.stdout
    book = grades(out)
    assert list(book)[:2] == ["zoe", "ada"]
    scores = {student: row["softmax"] for student, row in book.items()}
    full = {"ada", "cy", "dee", "eve"}
    assert {student for student, score in scores.items() if score == "6"} == full
    assert (scores["bob"], scores["mal"]) == ("1", "0")
    assert book["bob"]["note"] == "softmax: softmax.py counts, not old/softmax.py"
    assert (book["zoe"]["total"], book["zoe"]["note"]) == ("0", "nothing was handed in")
    assert "cannot be read" in book["gus"]["note"]
    assert {row["max"] for row in book.values()} == {"6"}
    own = json.loads((out / "students/bob.json").read_text())
    failed = [t for t in own["exercises"]["softmax"]["tests"] if t["status"] == "fail"]
    assert "The columns add up to 1, not the rows." in failed[0]["message"]
    page = (out / "report.html").read_text()
    assert page.count('<tr><th scope="row"') == len(book) + len(
        own["exercises"]["softmax"]["tests"]
    )
    told = json.loads((out / "gradescope/bob.json").read_text())
    assert told["score"] == sum(test["score"] for test in told["tests"]) == 1


@linux
def test_a_run_that_was_killed_goes_on_and_grades_nothing_twice(
    tmp_path: Path,
) -> None:
    folder, out = tmp_path / "class", tmp_path / "grades"
    for number in range(16):
        (folder / f"s{number:02}").mkdir(parents=True)
        (folder / f"s{number:02}/softmax.py").write_text(f"{GOOD}# {number}\n")
    running = subprocess.Popen(
        [*COMMAND, "grade", str(folder), "--out", str(out), "--only", "softmax"],
        env={**os.environ, "GROUNDUP_EXERCISES": str(EXERCISES)},
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    kept = out / "verdicts"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(list(kept.glob("softmax-*.json"))) < 4:
        assert running.poll() is None
    running.kill()  # the process alone: those that it started end by themselves
    running.wait()
    with pytest.raises(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(running.pid, 0)
    before = {p.name: p.stat().st_mtime_ns for p in kept.glob("softmax-*.json")}
    assert 4 <= len(before) < 16
    assert run(folder, out).returncode == 0
    after = {p.name: p.stat().st_mtime_ns for p in kept.glob("softmax-*.json")}
    assert len(after) == 16
    assert {name: after[name] for name in before} == before
    assert {row["softmax"] for row in grades(out).values()} == {"6"}


def test_processes_are_waited_for_before_the_command_ends() -> None:
    before = set(multiprocessing.active_children())
    files = classroom.packed(load(SOFTMAX))
    tasks = {name: (files, f"{GOOD}# {name}\n", 0, "process") for name in "abcd"}
    found = list(classroom.verdicts(tasks, lambda: ProcessPoolExecutor(2)))
    assert [verdict["score"] for _, verdict in found] == [6] * 4
    assert set(multiprocessing.active_children()) <= before


@linux
def test_what_grading_wrote_is_no_student(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada/softmax.py").write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    for out in ("grades", "grades", "again", "again"):
        done = run(Path("."), Path(out))
        assert done.returncode == 0
        assert "1 students, 1 answers" in done.stdout and "Left out" not in done.stdout
        assert done.stderr == ""
        assert list(grades(tmp_path / out)) == ["ada"]
    found = handed_in.read_class(tmp_path, IDS, out=tmp_path / "new")
    assert list(found.answers) == [("ada", "softmax")] and found.problems == {}


def test_a_changed_test_or_seed_is_graded_anew(tmp_path: Path) -> None:
    answer, same = (handed_in.Answer(name, "softmax", GOOD) for name in ("ada", "bob"))
    assert answer.key("print", 0) == same.key("print", 0)
    keys = {answer.key("print", 0), answer.key("other", 0), answer.key("print", 1)}
    assert len(keys) == 3
    files = classroom.packed(load(SOFTMAX))
    assert any(name.endswith("/test_softmax.py") for name in files)
    for name in files:
        changed = files | {name: files[name] + b"#"}
        assert classroom.fingerprint(changed) != classroom.fingerprint(files)


@pytest.mark.parametrize("sandbox", ["process", "limits", None])
def test_a_verdict_from_behind_lower_walls_is_not_kept(
    tmp_path: Path, sandbox: str | None
) -> None:
    (tmp_path / "v.json").write_text(json.dumps({"score": 6, "sandbox": sandbox}))
    assert classroom.read_verdict(tmp_path / "v.json", "walls") is None
    found = classroom.read_verdict(tmp_path / "v.json", "process")
    assert (found is None) == (sandbox is None)


def breaks(files: object, source: str, seed: int, weakest: str) -> dict[str, object]:
    """Stand in for `verdict`: one answer kills the process, another raises."""
    if source == "kill":
        os._exit(1)
    if source == "raise":
        raise MemoryError("no more")
    return {"score": 1}


ENDS = {
    "good": {"score": 1},
    "raise": {"trouble": "MemoryError: no more"},
    "kill": {"trouble": "the process that graded it died"},
}


def test_whatever_happens_to_a_grading_process_every_answer_has_an_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(classroom, "verdict", breaks)
    kinds = ["kill", "good", "raise", "kill", *["good"] * 80, "kill", "kill", "raise"]
    tasks = {str(n): (None, kind, 0, "") for n, kind in enumerate(kinds)}
    found = list(classroom.verdicts(tasks, lambda: ProcessPoolExecutor(2)))
    assert len(found) == len(tasks)
    for key, verdict in found:
        assert verdict == ENDS[kinds[int(key)]]


@pytest.mark.parametrize("name", ["=1+1", "@x", "-2", "+3", "\n=1", " =1", "＝1+1"])
def test_no_name_becomes_a_formula_in_a_spreadsheet(name: str) -> None:
    assert results.guarded(name) == f"'{name}"


@pytest.mark.parametrize("name", ["../up", "a/b", ".hidden", "a\\b"])
def test_no_name_becomes_a_path(name: str) -> None:
    file = results.safe(name)
    assert Path(file).name == file
    assert not file.startswith(".")


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(LearnerError, match="there is no folder"):
        handed_in.read_class(tmp_path / "absent", IDS)


def test_files_of_students_differ_on_every_system() -> None:
    students = ["ada", "Ada", "ADA", "bob"]
    files = results.names_of_files(students).values()
    assert len({file.lower() for file in files}) == 4 and {"ada", "bob"} <= {*files}
