"""A chapter as a notebook for those who know none of the book's directives and roles.

They are turned into plain Markdown, and what the page folds is folded.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jupytext
import nbformat

from . import refreshers
from .front import title_of
from .library import definitions
from .measured import as_markdown

ROLE = re.compile(r"\{([a-z:]+)\}`([^`]+)`")
DIRECTIVE = re.compile(
    r"^(?P<fence>`{3,}|:{3,})\{(?P<name>[a-z-]+)\}(?P<argument>[^\n]*)\n"
    r"(?P<body>.*?)^(?P=fence)[ \t]*$",
    re.MULTILINE | re.DOTALL,
)
FOLDED = {"check", "hide-input"}  # tags of cells whose source the page folds
FOLDS = {"answer": "Answer", "deeper": "Deeper: {}"}
ASKING = {"question", "guess"}  # whose arguments are names that no reader sees
KEY = re.compile(r"(?:\w-)?([a-z]+)(\d{4})")  # of a source, after its chapter's letter
LABEL = re.compile(r"^\([\w-]+\)=\n", re.MULTILINE)
OPTIONS = re.compile(r"\A(?::[\w-]+:[^\n]*\n)+")


def plain_role(match: re.Match[str]) -> str:
    """Return what a reader should see in place of a role."""
    name, text = match.groups()
    shown = re.sub(r"\s*<[^>]*>$", "", text)
    if name == "math":
        return f"${text}$"
    if name.startswith("cite"):
        found = [cited(key) for key in shown.split(",")]
        if name == "cite:t":
            return " and ".join(f"{who} ({year})" for who, year in found)
        return f"({'; '.join(', '.join(source) for source in found)})"
    return f"`{shown}`" if name in {"formula", "glue:text"} else shown


def cited(key: str) -> tuple[str, str]:
    """Return name and year of a source from its key, such as `g-radford2019`."""
    name, year = KEY.fullmatch(key.strip()).groups()  # type: ignore[union-attr]
    return name.title(), year


def asked(text: str) -> str:
    """Return a question with its choices, and below it the folded replies."""
    lead, _, replies = text.partition("\n- ")
    choices = re.findall(r"^- \[[ x]\] (.*)$", f"- {replies}", re.MULTILINE)
    listed = "".join(f"\n- {choice}" for choice in choices)
    shown = f"{lead.strip()}\n{listed}" if listed else lead.strip()
    return f"{quoted('Question', shown)}\n\n{folded('Answer', f'- {replies}')}"


def quoted(title: str, text: str) -> str:
    """Return a text in a box of its own."""
    lines = "\n".join(f"> {line}".rstrip() for line in text.splitlines())
    return f"> **{title}**\n>\n{lines}"


def included(root: Path, chapter: Path, argument: str, options: str) -> str:
    """Return the source that a `literalinclude` shows, as a code block."""
    path = (chapter.parent / argument.strip()).resolve()
    source = path.read_text(encoding="utf-8").split("\n")
    if name := re.search(r":pyobject:\s*(\S+)", options):
        source = named_lines(source, name.group(1))
    return "```python\n" + "\n".join(source).strip("\n") + "\n```"


def named_lines(source: list[str], name: str) -> list[str]:
    """Return the lines of a function or class, up to the next definition."""
    starts = definitions("\n".join(source))
    first = next(line for line, found in starts.items() if found == name)
    depth = name.count(".")
    later = [
        line for line, n in starts.items() if line > first and n.count(".") <= depth
    ]
    last = min(later, default=len(source) + 1)
    while last > first + 1 and source[last - 2].startswith(("@", "#")):
        last -= 1
    return source[first - 1 : last - 1]


def plain_directive(match: re.Match[str], root: Path, chapter: Path) -> str:
    """Return what a reader should see in place of a directive."""
    name, body = match["name"], match["body"]
    options = (OPTIONS.match(body) or re.match("", body))[0]  # type: ignore[index]
    rest = body[len(options) :].strip("\n")
    if name == "literalinclude":
        return included(root, chapter, match["argument"], options)
    if name in {"bibliography", "exercises"}:
        return f"*See the page of this chapter for its {name}.*"
    if name == "benchmarks":
        return as_markdown(root, match["argument"].strip())
    if name == "math":
        return f"$$\n{rest}\n$$"
    argument = match["argument"].strip()
    if name == "deeper" and not rest:
        return f"### Deeper: {argument}"
    if name == "refresher":
        path = root / refreshers.FOLDER / f"{argument}.md"
        return folded(f"Refresher: {title_of(path)}", refreshers.read(path))
    if name in FOLDS:
        return folded(FOLDS[name].format(argument), rest)
    if name == "question" and "\n- " in rest:
        return asked(rest)
    lead = "" if name in ASKING else argument
    return quoted(lead or name.capitalize(), rest)


def folded(title: str, text: str) -> str:
    """Return what a notebook shows only when it is asked to."""
    return f"<details><summary>{title}</summary>\n\n{text.strip()}\n\n</details>"


def notebook(root: Path, chapter: Path, opening: str = "") -> Any:
    """Return a chapter as a notebook node that stands on its own, without outputs.

    Its first cell is the source `opening`, if there is one.
    """
    book = jupytext.read(chapter, fmt="md:myst")
    for cell in book.cells:
        cell.pop("id", None)
        if FOLDED & set(cell.metadata.get("tags", ())):
            cell.metadata["jupyter"] = {"source_hidden": True}
        if cell.cell_type == "markdown":
            text = DIRECTIVE.sub(
                lambda match: plain_directive(match, root, chapter), cell.source
            )
            cell.source = LABEL.sub("", ROLE.sub(plain_role, text))
    if opening:
        book.cells.insert(0, nbformat.v4.new_code_cell(opening))
    for number, cell in enumerate(book.cells):
        cell["id"] = f"cell-{number}"  # the same at every build
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    book.metadata = nbformat.from_dict({"kernelspec": kernel})
    nbformat.validate(book)
    return book
