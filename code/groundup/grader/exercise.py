"""Exercises as they lie on disk: the task, its solution, its tests, its wrong answers.

`exercises/<part>/<topic>/<id>/` holds `exercise.md`, `solution.py`, `starter.py`,
`test_<id>.py`, `wrong.yml` and `right.yml`. What is done by hand has no tests; where
a test is to be written, `candidates/*.py` are what it is tried on. Nothing here runs
any of that code: it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .exercise_kinds import (
    ByHand,
    ExerciseKind,
    Prediction,
    Special,
    read_call_limits,
    read_graded,
    read_special,
)
from .front_matter import Fields, split
from .known import PAGE, known_as, reading_order
from .known_answers import (
    RightAnswer,
    WrongAnswer,
    read_right_answers,
    read_wrong_answers,
)
from .parts import (
    Candidate,
    Limits,
    PublicTest,
    read,
    read_hints,
    read_kinds,
    read_signatures,
    read_tests,
)
from .starters import starter_of, without_markers

__all__ = [
    "Exercise",
    "Limits",
    "PublicTest",
    "RightAnswer",
    "WrongAnswer",
    "load",
    "load_all",
]

# Where a wheel has the exercises; a checkout has them beside its folder `code`.
PACKAGED = Path(__file__).resolve().parents[1] / "exercises"


@dataclass(frozen=True)
class Exercise:
    """One exercise: everything that the page, the learner and the grader need.

    `id` is the shortest name that it alone has, as `known` says: that of its folder, or
    `topic/id` where an earlier chapter has an exercise of that name.
    `task` and `hints` are MyST Markdown; `solution` is the source without its region
    markers; `starter` is generated from it; `signatures` has the names of the
    arguments of each function of the solution; `right` are answers in other styles;
    `kinds` says of kinds of input why they have no meaning. `hidden` is the file of the
    instructor's tests, where they are at hand; `elsewhere` how many points they decide
    where not. `special` is what the exercise has because of its kind.
    """

    id: str
    part: str
    topic: str
    title: str
    points: int
    minutes: int
    difficulty: int
    needs: tuple[str, ...]
    limits: Limits
    forbidden: tuple[str, ...]
    task: str
    hints: tuple[str, ...]
    starter: str
    solution: str
    signatures: dict[str, tuple[str, ...]]
    tests: tuple[PublicTest, ...]
    wrong: tuple[WrongAnswer, ...]
    right: tuple[RightAnswer, ...]
    kinds: dict[str, str]
    folder: Path
    hidden: Path | None = None
    elsewhere: int = 0
    special: Special = Special()

    @property
    def kind(self) -> ExerciseKind:
        """What a learner hands in."""
        return self.special.kind

    @property
    def by_hand(self) -> ByHand:
        """How what is done by hand is compared; only of that kind."""
        assert self.special.by_hand
        return self.special.by_hand

    @property
    def prediction(self) -> Prediction | None:
        """What is guessed before it is measured, if anything is."""
        return self.special.prediction

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """What a learner's test is tried on: the right one, then others."""
        return self.special.candidates

    @property
    def name(self) -> str:
        """Its name with the topic, which stays the same whatever is added elsewhere."""
        return f"{self.topic}/{self.folder.name}"


def load(folder: Path, hidden: Path | None = None) -> Exercise:
    """Read an exercise, and in `hidden` the tests `<id>/test_<folder>_hidden.py` of it.

    Raises ValueError naming the file and what is expected there, for a file that is
    missing, a key that is missing, unknown or of a wrong kind, hints that are not
    three, tests without a sentence or points, points that do not add up, wrong answers
    that name no test, and edits of what does not stand in the solution once.
    """
    folder = Path(folder).resolve()
    page = folder / "exercise.md"
    front, body = split(read(page), page)
    fields = Fields(front, page)
    task, hints = read_hints(body, page)
    source = read(folder / "solution.py")
    solution = without_markers(source)
    special = read_special(fields, folder)
    by_hand = special.kind is ExerciseKind.BY_HAND
    tests = read_graded(fields, special.kind, folder)
    promised = fields.whole("hidden", 0, 100) if "hidden" in front else 0
    public = fields.whole("points", 1, 100)
    id_ = known_as(folder)
    file = hidden and hidden.resolve() / id_ / f"test_{folder.name}_hidden.py"
    secret = read_tests(file, hidden=True) if file and file.is_file() else ()
    if secret and by_hand:
        raise ValueError(f"{file}: what is done by hand has no hidden tests")
    exercise = Exercise(
        id=id_,
        part=folder.parent.parent.name,
        topic=folder.parent.name,
        title=fields.text("title"),
        points=public + sum(test.points for test in secret),
        minutes=fields.whole("minutes", 1, 240),
        difficulty=fields.whole("difficulty", 1, 5),
        needs=fields.names("needs"),
        limits=read_call_limits(fields, special.kind),
        forbidden=() if by_hand else fields.names("forbidden"),
        task=task,
        hints=hints,
        starter=starter_of(folder, source, broken=special.kind is ExerciseKind.BUG),
        solution=solution,
        signatures=read_signatures(folder / "solution.py"),
        tests=tests + secret,
        wrong=read_wrong_answers(folder, solution, tests),
        right=read_right_answers(folder, solution),
        kinds=read_kinds(fields.mapping("kinds")) if "kinds" in front else {},
        folder=folder,
        hidden=file if secret else None,
        elsewhere=0 if secret else promised,
        special=special,
    )
    fields.nothing_left()
    check_points(page, "points", public, tests)
    if secret and promised:
        check_points(page, "hidden", promised, secret)
    if both := {test.name for test in tests} & {test.name for test in secret}:
        raise ValueError(f"{file}: {', '.join(both)} is a public test's name, too")
    return exercise


def check_points(
    page: Path, key: str, points: int, tests: tuple[PublicTest, ...]
) -> None:
    """Raise ValueError unless the tests add up to what the front matter says."""
    total = sum(test.points for test in tests)
    if total != points:
        file = f"test_{page.parent.name}{'' if key == 'points' else '_hidden'}.py"
        raise ValueError(
            f"{page}: {key} is {points}, but the tests of {file} add up to {total}"
        )


def load_all(root: Path) -> list[Exercise]:
    """Read every exercise below a folder: chapters as in the book, easy ones first.

    Raises ValueError as `load` does, and where two exercises have one topic and id.
    """
    found: dict[str, Exercise] = {}
    for page in sorted(Path(root).rglob(PAGE)):
        exercise = load(page.parent)
        if exercise.name in found:
            raise ValueError(
                f"{exercise.folder}: the name {exercise.name!r} is taken by"
                f" {found[exercise.name].folder}; topics have names of their own"
            )
        found[exercise.name] = exercise
    chapters = reading_order(Path(root))
    place = {chapter: number for number, chapter in enumerate(chapters)}

    def key(exercise: Exercise) -> tuple[int | str, ...]:
        chapter = f"{exercise.part}/{exercise.topic}"
        effort = exercise.difficulty, exercise.minutes, exercise.id
        return place.get(chapter, len(place)), chapter, *effort

    return sorted(found.values(), key=key)
