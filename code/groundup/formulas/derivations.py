"""Derivations: each line follows from the one before, and the last is the code's.

Every line is compared with the line before it at random points, the last one with the
function that implements it; they are displayed with a reason beside each.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from .agreement import Given
from .aligned import Aligned
from .chain import Chain
from .lines import Line
from .steps import Setting
from .verification import REGISTRY

BOXED = 200  # points at which a formula of the index is compared with its function


def derivation(
    formula_id: str,
    left: Any,
    lines: Sequence[Line],
    given: Given,
    implementation: Callable[..., Any] | None = None,
    *,
    boxed: bool = True,
    unknown: Any = None,
    where: Mapping[Any, Any] | None = None,
    each: Mapping[Any, Any] | None = None,
    lhs: Any = None,
    title: str | None = None,
    part: str = "",
    call: Callable[..., Any] | None = None,
    points: int = 20,
    seed: int = 0,
) -> Aligned:
    """Check lines one by one, and the last against a function; return them to display.

    `left` is an expression, with which the first line is compared, LaTeX `named` for
    one, or LaTeX alone, which the first line defines; None where that is an equation.
    Equations have to have the same solutions for the `unknown`; one that follows an
    expression sets it to zero. `given`, `where`, `each`, `call`, `part`, `title` and
    `lhs`, by default the left side, are those of `verify`, which compares the last line
    with the function and puts the formula into a box and the index, unless `boxed` is
    false.

    Raises DerivationMismatch for the first line that does not follow, FormulaMismatch
    where the last one is not the code's, ValueError for a mark on what did not change.
    """
    if not lines:
        raise ValueError(f"{formula_id}: there are no lines")
    if unknown is not None:
        given = {unknown: tuple(getattr(unknown, "shape", ())), **given}
    setting = Setting(where or {}, given, each or {}, points, seed, unknown)
    first = replace(lines[0], left=left if lines[0].left is None else lines[0].left)
    chain = Chain(formula_id, setting)
    rows = [chain.add(each_line) for each_line in [first, *lines[1:]]]
    verified, ending = None, ""
    if implementation is not None:
        options = {"title": title, "part": part, "points": BOXED if boxed else points}
        verified = chain.verified(implementation, lhs, call, **options)
        ending = f" The last was compared with `{verified.function}`."
    if not boxed:  # it was compared, but is no formula of the index
        REGISTRY.pop(formula_id, None)
    note = f"Each line was compared with the one before it at {points} random points."
    return Aligned(formula_id, rows, note + ending, verified if boxed else None)
