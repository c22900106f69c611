"""Why a test failed: the answer of a known misconception, else what the arrays show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .alike import same_value
from .expect import numeric
from .listed import of_lists
from .misconceptions import named
from .misplaced import of_places, of_shapes
from .runs import Run
from .slips import nearly, of_values
from .submission import Call, request
from .verdict import Compared

Numbers = NDArray[np.float64]


def reason(run: Run, runs: list[Run]) -> str:
    """Return what answers a failure, nothing where nothing is known for certain."""
    wrong = named(run, runs)
    if wrong:
        return wrong.message
    if run.verdict and run.verdict.listed:
        return lists(*run.verdict.listed)
    compared = run.verdict.compared if run.verdict else None
    if compared is None:
        return ""
    if exchanged(run, compared):
        return f"Another of your results is what `{compared.name}` should be."
    try:
        said = slip(run, runs, compared)
    except (ArithmeticError, MemoryError, TypeError, ValueError):
        return ""  # of strange arrays; the verdict itself stands
    return (
        said.replace("our result", f"our `{compared.name}`") if compared.name else said
    )


def lists(mine: Any, wanted: Any) -> str:
    """Return what two lists or texts show, nothing of strange ones."""
    try:
        return of_lists(mine, wanted)
    except TypeError:
        return ""


def exchanged(run: Run, compared: Compared) -> bool:
    """Return whether what is expected stands in another place of several results."""
    parts = run.last.value if isinstance(run.last.value, tuple | list) else []
    return bool(compared.name) and any(same_value(p, compared.wanted) for p in parts)


def slip(run: Run, runs: list[Run], compared: Compared) -> str:
    """Return which of the commonest slips the arrays show."""
    call = run.submission.calls[-1]
    arguments = given(run, call)
    mine, wanted = (a.astype(float) for a in (compared.mine, compared.wanted))
    if mine.shape != wanted.shape:
        return of_shapes(mine, wanted, arguments) or elsewhere(run, call)
    if mine.shape == ():
        for tests in ([run], runs, []):
            one, other = several(run, tests, mine, wanted)
            if said := of_values(one, other, arguments):
                return said
        return elsewhere(run, call) or nearly(compared.mine, wanted)
    return (
        of_values(mine, wanted, arguments)
        or elsewhere(run, call)
        or of_places(mine, wanted, arguments)
        or nearly(compared.mine, wanted)
    )


def elsewhere(run: Run, call: Call) -> str:
    """Return for which other inputs an answer would be right."""
    if run.large or len(run.right) < len(run.submission.calls):
        return ""
    return whole_numbers(run, call) or other_axes(run, call)


def given(run: Run, call: Call) -> dict[str, Any]:
    """Return the arguments of a call by name."""
    names = run.exercise.signatures.get(call.name, ())
    return dict(zip(names, call.args, strict=False)) | call.kwargs


def several(
    run: Run, runs: list[Run], mine: Numbers, wanted: Numbers
) -> tuple[Numbers, Numbers]:
    """Return what tests got where one number is expected, and what is right.

    A single number is a multiple of any other: only several tell something.
    """
    name, value = run.submission.calls[-1].name, run.last.value
    parts = value if isinstance(value, tuple | list) else [value]
    which = next((i for i, part in enumerate(parts) if same_value(part, mine)), None)
    pairs = [(float(mine), float(wanted))]
    for other in runs if which is not None else ():
        for one, right in results(other, name):
            got, due = part_of(one, which), part_of(right, which)
            if got is not None and due is not None:
                pairs.append((got, due))
    found = np.array(pairs, dtype=float)
    return found[:, 0], found[:, 1]


def results(run: Run, name: str) -> Iterator[tuple[Any, Any]]:
    """Yield what a file gave in each call of a function, and what is right."""
    right = [call.outcome for call in run.calls] if not run.verdict else run.right
    for call, of_solution in zip(run.calls, right, strict=False):
        if call.name == name and call.outcome.kind == of_solution.kind == "value":
            yield call.outcome.value, of_solution.value


def part_of(value: Any, which: int | None) -> float | None:
    """Return one number of a result, None where it is not one."""
    parts = value if isinstance(value, tuple | list) else [value]
    if which is None or which >= len(parts) or not numeric(parts[which]):
        return None
    number = np.asarray(parts[which])
    return float(number) if number.shape == () and number.dtype.kind in "biuf" else None


def whole_numbers(run: Run, call: Call) -> str:
    """Return whether an answer would be right if what was given were no integers."""
    whole = {n: v for n, v in given(run, call).items() if is_whole(v)}
    if not whole:
        return ""
    args = tuple(v.astype(float) if is_whole(v) else v for v in call.args)
    kwargs = {n: v.astype(float) if is_whole(v) else v for n, v in call.kwargs.items()}
    outcome = run.asked(replace(call, args=args, kwargs=kwargs))
    right = run.right[len(run.submission.calls) - 1]
    if outcome.kind != "value" or not same_value(outcome.value, right.value):
        return ""
    names = " and ".join(f"`{name}`" for name in whole)
    dtype = next(iter(whole.values())).dtype
    return (
        f"The dtype of {names} is {dtype}. With the same numbers as floats, your result"
        " is right."
    )


def is_whole(value: Any) -> bool:
    """Return whether a value is an array of integers."""
    return isinstance(value, np.ndarray) and value.dtype.kind in "iu"


def other_axes(run: Run, call: Call) -> str:
    """Return whether an answer is right along other axes of the tables given."""
    tables = [i for i, v in enumerate(call.args) if np.ndim(v) > 1]
    if not tables or not isinstance(run.last.value, np.ndarray):
        return ""
    x, names = call.args[tables[0]], list(given(run, call))
    for which in (tables[:1], tables) if len(tables) > 1 else (tables,):
        name = " and ".join(f"`{names[i]}`" for i in which)
        for one, other in dict.fromkeys([(-2, -1), (-x.ndim, -1)]):
            args = [
                np.swapaxes(v, one, other) if i in which and v.ndim == x.ndim else v
                for i, v in enumerate(call.args)
            ]
            right = expected(run, call, args)
            kept = right.ndim == x.ndim
            back = np.swapaxes(right, one, other) if kept else right
            if same_value(run.last.value, back):
                of = f"{name} with axes {one % x.ndim} and {other % x.ndim} exchanged"
                of = f"the transpose of {name}" if x.ndim == 2 else of
                end = ", turned back" if kept else ""
                return (
                    f"Along another axis: your result is what is right for {of}{end}."
                )
    flat = [x.reshape(-1) if i == tables[0] else v for i, v in enumerate(call.args)]
    right = expected(run, call, flat)
    if right.size == x.size and same_value(run.last.value, right.reshape(x.shape)):
        first = f"`{names[tables[0]]}`"
        return f"Your result is the expected one for all entries of {first} in one row."
    return ""


def expected(run: Run, call: Call, args: list[Any]) -> NDArray[Any]:
    """Return what the solution gives for other arguments, whatever that is."""
    solution = run.exercise.folder / "solution.py"
    other = replace(call, args=tuple(args))
    asked = request(solution, False, other, run.exercise.forbidden)
    return np.asarray(run.trusted.ask(asked).value)
