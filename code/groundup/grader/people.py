"""Whose is whose: one row a student, whatever forms of a name there are.

An entry belongs to the student on the roster who has its id, where platform and roster
both have one; else to the only one who has its name, in the same letters if there is
one, else in capital letters or small ones. Without a roster, entries of the same name
are one student's, unless their ids differ. What cannot be told stays apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from .names import clean, folded, free, squeezed
from .owners import Owner
from .roster import Listed, Roster

UNSURE = "the roster does not tell which student of this name it is"


@dataclass
class Student:
    """A student, the entries that are theirs, and what is to be said of them."""

    name: str
    entries: list[tuple[Path, Owner]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Directory:
    """A roster in which one can look people up."""

    def __init__(self, roster: Roster) -> None:
        self.ids = defaultdict[tuple[str, str], list[Listed]](list)
        self.exact = defaultdict[str, list[Listed]](list)
        self.folded = defaultdict[str, list[Listed]](list)
        self.squeezed = defaultdict[str, list[Listed]](list)
        for person in roster.people:
            texts = {person.student, person.name, *person.known.values()} - {""}
            for text in texts:
                self.exact[text].append(person)
            for text in {folded(text) for text in texts}:
                self.folded[text].append(person)
            for column, value in person.known.items():
                self.ids[column, folded(value)].append(person)
            for text in {squeezed(person.student), person.sorted} - {""}:
                self.squeezed[text].append(person)

    def by_id(self, owner: Owner) -> list[Listed]:
        """Return who has the id that a platform told."""
        for column, value in owner.ids.items():
            if value and (found := self.ids.get((column, folded(value)))):
                return found
        return []

    def by_name(self, owner: Owner) -> list[Listed]:
        """Return who may be meant by a name: none, one, or several.

        Who has another id than the platform told is another person.
        """
        for table, name in self.tries(owner):
            found = [p for p in table.get(name, []) if not differs(p, owner)]
            if found:
                return found
        return []

    def tries(self, owner: Owner) -> Iterator[tuple[Mapping[str, list[Listed]], str]]:
        """Yield where to look for a name, the surest first."""
        # A user's name may have the sign that parts it from what stands before.
        whole = owner.ids.get("", "")
        ends = [whole[sign.end() :] for sign in re.finditer("[_-]", whole)]
        for name in (*ends, owner.student):
            yield self.exact, name
        for name in (*ends, owner.student):
            yield self.folded, folded(name)
        yield self.squeezed, squeezed(owner.student)


def differs(person: Listed, owner: Owner) -> bool:
    """Tell whether a student has another id than a platform tells."""
    return any(
        value and person.known.get(column, value) != value
        for column, value in owner.ids.items()
    )


def students(
    entries: Mapping[Path, Iterable[Owner]], roster: Roster
) -> dict[str, Student]:
    """Return the students to whom entries belong, by the name of their row."""
    directory = Directory(roster)
    found: dict[str, Student] = {}
    claims = defaultdict[str, list[tuple[Path, Owner]]](list)
    others: list[tuple[Path, Owner, str]] = []
    for path, mine in entries.items():
        for owner in mine:
            if len(sure := directory.by_id(owner)) == 1:
                row = found.setdefault(sure[0].student, Student(sure[0].student))
                row.entries.append((path, owner))
                continue
            people = directory.by_name(owner)
            if len(people) == 1:
                claims[people[0].student].append((path, owner))
            else:
                others.append((path, owner, UNSURE if people else ""))
    for name, claimed in claims.items():
        ids = {owner.id for _, owner in claimed} - {""}
        if len(ids) > 1 or (ids and name in found):  # several have this name
            others += [(path, owner, UNSURE) for path, owner in claimed]
        else:
            found.setdefault(name, Student(name)).entries += claimed
    return found | strangers(others, {*roster.students})


def strangers(
    entries: Iterable[tuple[Path, Owner, str]], taken: set[str]
) -> dict[str, Student]:
    """Return the students of entries that are nobody's on the roster."""
    ids = defaultdict[str, set[str]](set)
    entries = list(entries)
    for _, owner, _ in entries:
        ids[folded(owner.student)] |= {owner.id} - {""}
    rows: dict[tuple[str, str], Student] = {}
    for path, owner, note in entries:
        name = folded(owner.student)
        several = len(ids[name]) > 1
        id_ = owner.id if several else ""
        shown = f"{owner.student} ({owner.id or 'no id'})"
        if not several and (owner.student not in taken or not owner.id):
            shown = owner.student
        row = rows.setdefault((name, id_), Student(shown))
        row.entries.append((path, owner))
        row.notes += [note] if note and note not in row.notes else []
    found: dict[str, Student] = {}
    for row in rows.values():
        name = free(row.name, taken | found.keys())
        found[name] = Student(name, row.entries, row.notes + in_other_letters(row))
    return found


def in_other_letters(row: Student) -> list[str]:
    """Return a note where entries are one student's but for capital letters."""
    if len({owner.student for _, owner in row.entries}) == 1:
        return []
    names = ", ".join(clean(path.name) for path, _ in row.entries)
    return [f"{names} are taken for one student's"]
