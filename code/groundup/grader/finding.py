"""The one rule by which a notebook's answer to an exercise is found.

`check`, `%%exercise`, `groundup grade` and Gradescope all ask here.

- An answer is the cells' statements that define what the exercise asks for, and all
  that these need from any cell. No tag is required.
- A cell that begins with `%%exercise <id>`, has the tag `<id>`, or calls
  `check("<id>")` decides: the last definitions in it or above it count, and those below
  only for names that it leaves open. Without such a cell, the last definitions count.
- A cell with the tag or the `%%exercise` of another exercise answers that one alone;
  others may use what it defines.
- A Python file that is named after its student, and not after an exercise, answers as a
  whole the exercises whose names it defines; where only one is graded, that one.

Which names of files count is the rule of `answers`.
"""

from __future__ import annotations

import ast
import base64
import json
import re
import sys
from collections.abc import Iterable, Mapping

from .cells import BROKEN, Cell, read_cells
from .known import meant_by
from .slices import DEFINES, Statement, needed, statements

MEGABYTES, SECONDS = 1024, 10  # what reading one notebook may take


class NoAnswer(ValueError):
    """A notebook does not define what an exercise asks for."""


def asked(starter: str) -> dict[str, str]:
    """Return what a starter leaves to be written: names, each with what is there."""
    body = [n for n in ast.parse(starter).body if isinstance(n, DEFINES)]
    every = {node.name: ast.dump(node) for node in body}
    stubs = {
        name: dump for name, dump in every.items() if "NotImplementedError" in dump
    }
    return stubs or every


def is_definition(node: ast.stmt) -> bool:
    """Tell whether a statement defines a function or a class."""
    return isinstance(node, DEFINES)


def answer_in(
    cells: list[Cell], id_: str, starter: str, ids: Iterable[str]
) -> tuple[str, bool]:
    """Return the answer of a notebook's cells, and whether it is the starter untouched.

    `ids` are those of all exercises. Raises NoAnswer where there is none.
    """
    wanted, ids = asked(starter), {*ids, id_}
    last = max((n for n, c in enumerate(cells) if decides(c, id_, ids)), default=-1)
    if last >= 0 and cells[last].is_exercise and not holds(cells[last], wanted):
        return cells[last].source + "\n", False  # its verdict says what is wrong
    ordered = cells[last + 1 :] + cells[: last + 1]
    found = list(statements(ordered))
    for name in wanted:
        mine = [s for s in found if not foreign(ordered[s.cell], id_, ids)]
        mine = [s for s in mine if name in s.binds]
        found = only(found, mine, name, decided=last >= 0)
    if not any(statement.binds & wanted.keys() for statement in found):
        return unfinished(cells, id_, wanted, ids), False
    kept = needed(found, wanted)
    return module(found, kept), untouched(kept, wanted)


def decides(cell: Cell, id_: str, ids: set[str]) -> bool:
    """Tell whether a cell says that here the answer is to be found."""
    call = r"^[^#\n]*\bcheck\(\s*[\"']([\w/]+)[\"']"
    called = re.findall(call, cell.typed, re.MULTILINE)
    return id_ in {meant_by(name, ids) for name in (*cell.marks, *called)}


def holds(cell: Cell, wanted: Mapping[str, str]) -> bool:
    """Tell whether a cell is Python and binds something of what is asked for."""
    return any(s.binds & wanted.keys() for s in statements([cell]))


def foreign(cell: Cell, id_: str, ids: set[str]) -> bool:
    """Tell whether a cell says that it answers other exercises."""
    marks = {meant_by(name, ids) for name in cell.marks}
    return id_ not in marks and (cell.is_exercise or bool(marks & ids))


def only(
    found: list[Statement], mine: list[Statement], name: str, decided: bool
) -> list[Statement]:
    """Return all statements, of which these alone may bind a name.

    Functions and classes go first; whatever else has the name counts where a cell
    decides, and no definition is there.
    """
    if any(is_definition(s.node) or is_lambda(s) for s in mine):
        mine = [statement for statement in mine if statement.defines]
    elif not decided:
        mine = []
    kept = set(map(id, mine))
    return [s if id(s) in kept else s.without([name]) for s in found]


def is_lambda(statement: Statement) -> bool:
    """Tell whether a statement gives a name to a lambda."""
    return isinstance(getattr(statement.node, "value", None), ast.Lambda)


def unfinished(
    cells: list[Cell], id_: str, wanted: Mapping[str, str], ids: set[str]
) -> str:
    """Return cells that say they are the answer, or begin a definition and are broken.

    Raises NoAnswer where there are none.
    """
    mine = ({meant_by(name, ids) for name in cell.marks} for cell in cells)
    marked = [
        cell
        for cell, marks in zip(cells, mine, strict=True)
        if id_ in marks and cell.source.strip()
    ]
    if marked:
        return "\n\n".join(cell.source for cell in marked)
    begins = rf"^\s*(def|class)\s+({'|'.join(map(re.escape, wanted))})\b"
    for cell in reversed(cells):
        broken = cell.python is None and not foreign(cell, id_, ids)
        if broken and re.search(begins, cell.source, re.MULTILINE):
            return cell.source + "\n"
    raise NoAnswer(f"no cell defines {' or '.join(wanted)}")


def module(found: list[Statement], kept: list[Statement]) -> str:
    """Return statements as a module, below what cells ask of the future."""
    future = dict.fromkeys(s.source for s in found if of_the_future(s))
    rest = [s.source for s in kept if not of_the_future(s)]
    return "\n\n".join([*future, *rest]) + "\n"


def of_the_future(statement: Statement) -> bool:
    """Tell whether a statement is `from __future__ import …`."""
    return getattr(statement.node, "module", None) == "__future__"


def untouched(kept: list[Statement], wanted: Mapping[str, str]) -> bool:
    """Tell whether all that is asked for is as the starter has it."""
    mine = [s for s in kept if s.binds & wanted.keys()]
    return all(ast.dump(s.node) in wanted.values() for s in mine)


def answers(
    content: bytes, starters: Mapping[str, str], ids: Iterable[str]
) -> dict[str, tuple[str, bool]]:
    """Return a notebook's answers to exercises, whose starters are given by id.

    Where one answer would be that to several, it is of those whose arguments it has.
    """
    cells, found = read_cells(content), {}
    for id_, starter in starters.items():
        try:
            found[id_] = answer_in(cells, id_, starter, ids)
        except (NoAnswer, *BROKEN):
            continue
    sources = [source for source, _ in found.values()]
    return {
        id_: answer
        for id_, answer in found.items()
        if sources.count(answer[0]) == 1 or fits(answer[0], starters[id_])
    }


def answers_of_whole(
    content: bytes, starters: Mapping[str, str]
) -> dict[str, tuple[str, bool]]:
    """Return a Python file as the answer to the exercises whose names it defines."""
    source = content.decode("utf-8-sig", "replace")
    found = {
        id_: (source, source.split() == starter.split())
        for id_, starter in starters.items()
        if len(starters) == 1 or (defines(source, starter) and fits(source, starter))
    }
    return found if source.strip() else {}


def defines(source: str, starter: str) -> bool:
    """Tell whether a file, be it broken, begins to define what a starter asks for."""
    names = "|".join(map(re.escape, asked(starter)))
    begins = rf"^((async )?def|class)\s+({names})\b|^({names})\s*="
    return bool(re.search(begins, source, re.MULTILINE))


def fits(source: str, starter: str) -> bool:
    """Tell whether an answer's functions have the arguments of a starter's.

    Exercises may ask for functions of one name: the arguments tell which was meant.
    """
    try:
        given, wanted = arguments(source), arguments(starter)
    except BROKEN:
        return True
    return all(given.get(name, wanted[name]) == wanted[name] for name in asked(starter))


def arguments(source: str) -> dict[str, int]:
    """Return how many arguments the functions of a file have."""
    body = ast.parse(source).body
    functions = (n for n in body if isinstance(n, ast.FunctionDef))
    return {node.name: len(node.args.args) for node in functions}


def main() -> None:
    """Read a notebook for another process: one that Python's parser may bring down."""
    try:
        import resource

        limit = MEGABYTES * 2**20
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    except (ImportError, ValueError, OSError):  # Windows; macOS for memory
        pass
    request = json.load(sys.stdin)
    content = base64.b64decode(request["content"])
    if request["whole"]:
        found = answers_of_whole(content, request["starters"])
    else:
        found = answers(content, request["starters"], request["ids"])
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
