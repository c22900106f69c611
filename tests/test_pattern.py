"""The size of a chapter: words, cells, boxes and figures of those in the new pattern.

`chapters/style.yml` lists them under `pattern`; the others follow when they are
rewritten.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator

import pytest

from tests.test_chapters import CELL, FOLDED
from tests.test_style import ROOT, STYLE, prose

WORDS = range(3000, 6501)  # outside folds, with captions and questions
CELLS, SHOWN = 45, 25
BOXES = 6  # of formulas, outside of what is deeper
FIGURES = range(8, 16)
CLOSING = {"Check yourself", "Exercises", "Summary"}  # need no figure

DEEPER = re.compile(
    r"^```\{deeper\}[^\n]*\n```\n.*?(?=^#|\Z)", re.MULTILINE | re.DOTALL
)
DIRECTIVE = re.compile(r"^```\{(\w+)\}.*?^```", re.MULTILINE | re.DOTALL)
REPLY = re.compile(r"^  .*$|^:\w+:.*$", re.MULTILINE)  # folded, and options
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
WORD = re.compile(r"\w[\w'’-]*")
WIDGET = re.compile(r"from groundup\.widgets[\w.]* import (.+)")


def opened(text: str) -> str:
    """Return a page without its folded sections."""
    return DEEPER.sub("", text)


def calls(text: str) -> Iterator[ast.Call]:
    """Yield what the cells of a page call."""
    for cell in CELL.findall(text):
        source = re.sub(r"\A(:[^\n]*\n)+\n?", "", cell)
        yield from (n for n in ast.walk(ast.parse(source)) if isinstance(n, ast.Call))


def option(call: ast.Call, name: str) -> ast.expr | None:
    """Return the value of a keyword, None where it is not given."""
    return next((k.value for k in call.keywords if k.arg == name), None)


def captions(text: str) -> str:
    """Return what the figures of a page say below them."""
    found = (option(call, "caption") for call in calls(text))
    parts = (part for each in found if each for part in ast.walk(each))
    return " ".join(str(part.value) for part in parts if isinstance(part, ast.Constant))


def words(text: str) -> int:
    """Return how many words of a page are in sight; a formula is none."""
    text = opened(text)

    def asked(found: re.Match[str]) -> str:
        kind = found[1] in ("question", "guess")
        return REPLY.sub("", found[0].split("\n", 1)[1]) if kind else ""

    said = DIRECTIVE.sub(asked, prose(text))
    return len(WORD.findall(said)) + len(WORD.findall(captions(text)))


def is_box(call: ast.Call) -> bool:
    """Tell whether a call puts a formula into a box and the index."""
    name = ast.unparse(call.func)
    boxed = option(call, "boxed")
    compared = name == "derivation" and len(call.args) > 4
    return name == "verify" or (
        compared and not (isinstance(boxed, ast.Constant) and boxed.value is False)
    )


def is_figure(call: ast.Call) -> bool:
    """Tell whether a call shows a figure."""
    return ast.unparse(call.func) == "figures.show"


def bare_sections(text: str) -> list[str]:
    """Return the sections that teach and show neither a figure nor an explorable."""
    widgets = {w.strip() for names in WIDGET.findall(text) for w in names.split(",")}
    _, *parts = SECTION.split(opened(text))
    return [
        title
        for title, body in zip(parts[::2], parts[1::2], strict=True)
        if title not in CLOSING
        and not any(is_figure(c) or ast.unparse(c.func) in widgets for c in calls(body))
    ]


def faults(text: str) -> list[str]:
    """Return a sentence for each limit of the pattern that a page exceeds."""
    every = CELL.findall(text)
    shown = [cell for cell in every if not FOLDED.search(cell)]
    boxes = sum(map(is_box, calls(opened(text))))
    drawn = sum(map(is_figure, calls(opened(text))))
    found = []
    if (said := words(text)) not in WORDS:
        found.append(f"{said} words in sight, {WORDS[0]} to {WORDS[-1]} expected")
    if len(every) > CELLS:
        found.append(f"{len(every)} cells, at most {CELLS} expected")
    if len(shown) > SHOWN:
        found.append(f"{len(shown)} cells in sight, at most {SHOWN} expected")
    if boxes > BOXES:
        found.append(f"{boxes} formulas in boxes, at most {BOXES} expected")
    if drawn not in FIGURES:
        found.append(f"{drawn} figures, {FIGURES[0]} to {FIGURES[-1]} expected")
    return found + [f"no figure in: {title}" for title in bare_sections(text)]


def page(topic: str) -> str:
    """Return the text of a chapter."""
    [path] = (ROOT / "chapters").glob(f"*/{topic}.md")
    return path.read_text("utf-8")


@pytest.mark.parametrize("topic", STYLE["pattern"])
def test_a_chapter_keeps_to_the_size_of_the_pattern(topic: str) -> None:
    assert faults(page(topic)) == []


def cell(source: str, tags: str = "") -> str:
    return f"```{{code-cell}} ipython3\n{tags}{source}\n```\n\n"


CHECK = ":tags: [check]\n\n"
SMALL = "# Small\n\n{}## One\n\n{}{}## Summary\n\nThe end.\n"
FIGURE = cell("figures.show(f, name='a', alt='b', caption='What is seen.')", CHECK)
TEXT = "word " * 3000 + "\n\n"
GOOD = SMALL.format(TEXT, FIGURE * 8, "")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda t: t.replace("word ", "", 30), "words in sight"),
        (lambda t: t.replace("The end.", "end " * 3500), "words in sight"),
        (lambda t: t + cell("x = 1", CHECK) * 38, "46 cells"),
        (lambda t: t + cell("x = 1") * 26, "26 cells in sight"),
        (lambda t: t + cell("verify('a.b', c, f, {})", CHECK) * 7, "7 formulas"),
        (lambda t: t + cell("derivation('a', b, [], {}, f)") * 7, "7 formulas"),
        (lambda t: t.replace(FIGURE, "", 1), "7 figures"),
        (lambda t: t + FIGURE * 8, "16 figures"),
        (
            lambda t: t.replace("## Summary", "## Two\n\n## Summary"),
            "no figure in: Two",
        ),
    ],
)
def test_what_exceeds_a_limit_is_found(
    change: Callable[[str], str], fault: str
) -> None:
    assert faults(GOOD) == []
    [found] = faults(change(GOOD))
    assert fault in found


def test_folds_and_code_count_nothing() -> None:
    folds = (
        "```{deeper} More\n```\n\n" + "fold " * 9000 + cell("verify('a.b')") * 9,
        "```{answer} a\n" + "fold " * 9000 + "\n```\n\n",
        "```{question} a\nasked?\n\n- [x] a\n\n  " + "fold " * 9000 + "\n```\n\n",
        cell("x = '" + "fold " * 9000 + "'"),
        "$" + "fold " * 9000 + "$\n\n",
        cell("derivation('a', b, [], {}, f, boxed=False)", CHECK) * 7,
        cell("derivation('a', b, [], {})", CHECK) * 7,
    )
    for fold in folds:
        assert faults(SMALL.format(TEXT, FIGURE * 8, fold)) == [], fold[:60]


def test_an_explorable_is_a_picture_of_its_section() -> None:
    imported = cell("from groundup.widgets import A, Descent", CHECK)
    section = "## Two\n\n" + cell("Descent(x, y)", CHECK)
    text = GOOD.replace("## Summary", f"{section}## Summary")
    assert faults(text) == ["no figure in: Two"]
    assert faults(imported + text) == []
