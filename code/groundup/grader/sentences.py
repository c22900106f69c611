"""What a learner reads about a call without a value, or a file of no use."""

from __future__ import annotations

import re
from pathlib import Path

from .process import Outcome
from .verdict import clip

TOO_MUCH = "prints more than 1 MB: print less, nobody reads it here."
EARLY = "before its functions could be called"
NO_ANSWER = "asks for input(), and nobody is here to answer: "
NOTEBOOK = (
    "Your file is a notebook: hand it in with the ending .ipynb, or copy your code into"
    " a Python file."
)
ENCODING = "Your file is not saved as UTF-8: choose that encoding where you save it."
# How lines begin that are no Python, and what these are.
FOREIGN = {
    r"```": "{} marks code in a text. Take such lines out.",
    r">>>": "{} is what Python prints where one types. Take it out.",
    r"In \[\d+\]:": "{} is what IPython prints where one types. Take it out.",
    r"[%!]": "only a notebook knows what begins with {}. Take it out.",
}
# How Python tells that a function does not take the arguments of a call.
MISMATCH = re.compile(r"[\w.<>]+\(\) ((?:takes|missing|got) .*argument.*)", re.DOTALL)


def sentence(
    function: str,
    outcome: Outcome,
    path: Path,
    expected: tuple[str, ...] | None = None,
) -> str:
    """Return what a learner reads about a call that gave no value.

    `expected` are the names of the arguments with which the function is called.
    """
    if said := about_any(function, outcome, path) or about_the_file(outcome, path):
        return said
    if outcome.loading:
        return about_loading(outcome, path)
    return about_the_call(function, outcome, path, expected)


def about_any(function: str, outcome: Outcome, path: Path) -> str:
    """Return what is said of a name or an import, in whichever place it is."""
    text, at = outcome.text, outcome.line
    match outcome.kind:
        case "absent":
            return f"There is no file {path} yet: copy {text} there and fill it in."
        case "forbidden":
            where = "Your file" if at is None else f"Line {at}"
            return (
                f"{where} uses {text}, which does the work that this exercise asks"
                " of you."
            )
        case "package":
            where = "your file" if at is None else f"line {at}"
            name = text.partition(".")[0]
            only = "Only NumPy and Python's own modules are here"
            return f"{only}: {where} imports {name}."
    return ""


def about_the_file(outcome: Outcome, path: Path) -> str:
    """Return what is wrong with a file that is no Python file, else nothing."""
    if not outcome.loading:
        return ""
    text = source_of(path)
    if is_notebook(text):
        return NOTEBOOK
    if "\0" in text:
        return ENCODING
    for number, line in enumerate(text.splitlines(), 1):
        for begins, said in FOREIGN.items() if outcome.type == "SyntaxError" else ():
            if number == outcome.line and (found := re.match(rf"\s*({begins})", line)):
                return f"Line {number} is no Python: {said.format(found[1])}"
    return ""


def about_loading(outcome: Outcome, path: Path) -> str:
    """Return why a file could not be loaded."""
    text, where = outcome.text, location(path, outcome.line)
    match outcome.kind:
        case "timeout":
            loop = "is there a loop that never ends?"
            return f"Your file ran longer than {text} {EARLY}: {loop}{where}"
        case "memory":
            reason = text or "no more was allowed"
            return f"Your file asked for too much memory: {reason}.{where}"
        case "printed":
            return f"Your file {TOO_MUCH}{where}"
        case "stub":
            return f"Your file raises NotImplementedError {EARLY}.{where}"
        case "ended" if text.startswith("-"):
            return f"Your file crashed Python (signal {text[1:]}) {EARLY}.{where}"
        case "ended":
            return f"Your file ended Python (exit code {text}) {EARLY}."
    if outcome.type == "SystemExit":
        return (
            "Your file ends Python before its functions can be called: take that"
            f" out.{where}"
        )
    if nobody_answers(outcome):
        return (
            f"Your file {NO_ANSWER}take that out, the tests call your functions.{where}"
        )
    return f"Your file could not be loaded: {outcome.type}: {text}{where}"


def about_the_call(
    function: str, outcome: Outcome, path: Path, expected: tuple[str, ...] | None
) -> str:
    """Return why a call gave no value."""
    what, text = f"`{function}`", outcome.text
    where = location(path, outcome.line)
    match outcome.kind:
        case "missing":
            kind = "class " if function[0].isupper() else "function "
            return f"Your file defines no {'' if '.' in function else kind}{what}."
        case "stub":
            return f"{what} is still to be written: it raises NotImplementedError."
        case "timeout":
            loop = "is there a loop that never ends?"
            return f"{what} ran longer than {text}: {loop}{where}"
        case "memory":
            return f"{what} asked for too much memory: {text or 'no more was allowed'}."
        case "printed":
            return f"{what} {TOO_MUCH}{where}"
        case "unreadable":
            return f"{what} returned {text}: expected arrays, numbers or tuples."
        case "changed":
            return (
                f"{what} changed its input in place. Whoever called it still needs the"
                " data as they were: work on a copy."
            )
        case "ended" if text.startswith("-"):
            return f"{what} crashed Python (signal {text[1:]}).{where}"
        case "ended":
            return f"{what} ended Python (exit code {text})."
    mismatch = MISMATCH.match(text) if outcome.type == "TypeError" else None
    if mismatch and outcome.line is None and expected is not None:
        said = mismatch[1].replace("missing", "is missing", 1)
        called = f"{function}({', '.join(expected)})"
        return f"{what} is called as {called}, and yours cannot be: it {said}."
    if nobody_answers(outcome):
        return f"{what} {NO_ANSWER}what it needs, it gets as arguments.{where}"
    return f"{what} raised {outcome.type}: {text}{where}"


def nobody_answers(outcome: Outcome) -> bool:
    """Tell whether `input()` was called."""
    return outcome.type == "EOFError" and outcome.text == "EOF when reading a line"


def is_notebook(text: str) -> bool:
    """Tell whether a text is a notebook as it is stored, which may even be Python."""
    return text.lstrip().startswith("{") and '"cells"' in text


def source_of(path: Path) -> str:
    """Return the text of a file, whatever it is."""
    return path.read_text(encoding="utf-8-sig", errors="replace")


def location(path: Path, line: int | None) -> str:
    """Return the learner's own line, as the end of a sentence."""
    lines = source_of(path).splitlines()
    if line is None or not 0 < line <= len(lines):
        return ""
    return f"\n  line {line}:  {clip(lines[line - 1].strip().expandtabs())}"
