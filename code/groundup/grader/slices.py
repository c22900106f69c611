"""What a notebook's functions need: their statements, and those that these rest on.

The statements at the margin of all cells, one after the other, are a module. From its
end upwards, every statement is kept that binds or changes a name which is still needed;
what it uses itself is needed from there on.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from .cells import BROKEN, Cell

DEFINES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
IMPORTS = (ast.Import, ast.ImportFrom)
COMPREHENSIONS = ("listcomp", "setcomp", "dictcomp", "genexpr")
# Methods of Python's containers that change them.
CHANGING = set("add append clear discard extend insert pop popitem remove".split())
CHANGING |= set("reverse setdefault sort update".split())
BUILTINS = frozenset(dir(builtins))


@dataclass(frozen=True)
class Statement:
    """A statement at the margin of a cell, and the names that it has to do with.

    It `binds` names, for good unless it is conditional (`surely`); `changes` what names
    stand for; `uses` names at once, and `later`, when its functions are called.
    """

    cell: int
    source: str
    node: ast.stmt
    binds: frozenset[str] = frozenset()
    changes: frozenset[str] = frozenset()
    uses: frozenset[str] = frozenset()
    later: frozenset[str] = frozenset()
    surely: bool = False

    @property
    def stars(self) -> bool:
        """Whether it imports names that it does not tell."""
        node = self.node
        return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"

    @property
    def defines(self) -> bool:
        """Whether it defines a function or a class, or wraps one that is there."""
        value = getattr(self.node, "value", None)
        wraps = bool(self.binds & self.uses)
        return isinstance(self.node, DEFINES) or isinstance(value, ast.Lambda) or wraps

    def without(self, names: Iterable[str]) -> Statement:
        """Return the statement as one that does not bind these names."""
        return replace(self, binds=self.binds - set(names))


@dataclass
class Names:
    """The names of a statement, gathered from its scopes."""

    uses: set[str] = field(default_factory=set)
    later: set[str] = field(default_factory=set)

    def gather(self, table: symtable.SymbolTable, at_once: bool) -> None:
        """Add the names of the module that an inner scope uses."""
        inside = table.get_type() == "function"
        at_once = at_once and (not inside or table.get_name() in COMPREHENSIONS)
        names = {s.get_name() for s in table.get_symbols() if s.is_global()}
        (self.uses if at_once else self.later).update(names)
        for child in table.get_children():
            self.gather(child, at_once)


def statements(cells: Iterable[Cell]) -> Iterator[Statement]:
    """Yield the statements at the margin of cells; a broken cell has none."""
    for number, cell in enumerate(cells):
        if cell.python:
            text, tree = cell.python
            ends = Counter(n for node in tree.body for n in ends_of(node))
            for node in tree.body:
                alone = all(ends[line] == 1 for line in ends_of(node))
                yield analyzed(Statement(number, segment(text, node, alone), node))


def ends_of(node: ast.stmt) -> set[int]:
    """Return the first and the last line of a statement."""
    return {node.lineno, node.end_lineno or node.lineno}


def segment(text: str, node: ast.stmt, alone: bool) -> str:
    """Return a statement's lines, with its decorators and comments."""
    if not alone:  # a = 1; b = 2
        return ast.get_source_segment(text, node) or ""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(d.lineno for d in decorators)])
    return "\n".join(text.split("\n")[first - 1 : node.end_lineno])


def analyzed(statement: Statement) -> Statement:
    """Return a statement with the names that it has to do with."""
    try:
        table = symtable.symtable(statement.source, "cell", "exec")
    except BROKEN:  # such as a `return` at the margin
        return statement
    node, names, symbols = statement.node, Names(), table.get_symbols()
    names.uses = {s.get_name() for s in symbols if s.is_referenced()}
    for child in table.get_children():
        names.gather(child, at_once=True)
    bound = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
    if isinstance(node, ast.Delete) or getattr(node, "value", node) is None:
        bound = set()  # `del x`, or `x: int`
    if isinstance(node, ast.AugAssign):
        names.uses |= bound
    return replace(
        statement,
        binds=frozenset(bound),
        changes=frozenset(changed(node)),
        uses=frozenset(names.uses),
        later=frozenset(names.later),
        surely=surely(node),
    )


def surely(node: ast.stmt) -> bool:
    """Tell whether what a statement binds is its own, whatever was there before."""
    if isinstance(node, ast.Import):
        return not any("." in name.name and not name.asname for name in node.names)
    return isinstance(node, (*DEFINES, ast.ImportFrom, ast.Assign, ast.AnnAssign))


def changed(node: ast.stmt) -> Iterator[str]:
    """Yield the names whose objects a statement changes: `a[0] = 1`, `a.append(1)`."""
    for part in [] if isinstance(node, DEFINES) else ast.walk(node):
        inner: ast.AST | None = None
        if isinstance(part, ast.Attribute | ast.Subscript):
            if isinstance(part.ctx, ast.Store | ast.Del):
                inner = part
        elif isinstance(part, ast.Call) and isinstance(part.func, ast.Attribute):
            if part.func.attr in CHANGING:
                inner = part.func
        while isinstance(inner, ast.Attribute | ast.Subscript):
            inner = inner.value
        if isinstance(inner, ast.Name):
            yield inner.id


def needed(found: list[Statement], asked: Iterable[str]) -> list[Statement]:
    """Return the statements that names need, in their order.

    What is only bound below where it is used comes first: cells need not have been run
    from top to bottom.
    """
    kept, missing = upwards(found, asked)
    if not missing:
        return kept
    first, _ = upwards(found, missing)
    there = set(map(id, first))
    return [*first, *(s for s in kept if id(s) not in there)]


def upwards(
    found: list[Statement], asked: Iterable[str]
) -> tuple[list[Statement], set[str]]:
    """Return the statements that names need, and the names that are bound below only.

    Functions are called in the end: what they use then is what was bound last. What a
    statement uses at once, it finds above, and so do the functions that it may call.
    """
    imported = {n for s in found if isinstance(s.node, IMPORTS) for n in s.binds}
    known = {name for s in found for name in s.binds}
    later: dict[str, set[str]] = {}
    for statement in found:
        for name in statement.binds:
            later.setdefault(name, set()).update(statement.later)
    in_the_end, before, live = set(asked), set[str](), set[str]()
    kept: list[Statement] = []
    while in_the_end != before:
        before, live, kept = set(in_the_end), set(in_the_end), []
        for statement in reversed(found):
            touches = statement.binds | (statement.changes - imported)
            strange = live - known - BUILTINS
            if touches & live or (statement.stars and strange):
                kept.append(statement)
                in_the_end |= statement.later
                live -= statement.binds if statement.surely else set()
                live |= reached(statement.uses, later)
    return kept[::-1], live & known


def reached(names: Iterable[str], later: dict[str, set[str]]) -> set[str]:
    """Return names, and all that the functions of these names use when called."""
    found: set[str] = set()
    waiting = set(names)
    while waiting:
        name = waiting.pop()
        found.add(name)
        waiting |= later.get(name, set()) - found
    return found
