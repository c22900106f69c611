"""The machines in a notebook: a talk, and which parts are one's own.

from groundup.machine.notebook import body, talk
say = talk(mine=True)
say("Give me three facts about penguins.")
body()
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from groundup.bodies import BODIES, Body, drawing, lines
from groundup.grader.learner import Work, exercises_folder, work_folder
from groundup.grader.terminal import write

from .chat import Talk
from .cli import machine_of, remember_what_gave_way
from .mine import gave_way

STYLE = """<style>
.gu-stages, .gu-stage ul { display: flex; flex-wrap: wrap; gap: 6px; }
.gu-stage { flex: 1 1 150px; padding: 8px; border: 1px solid #8886; }
.gu-stage p { margin: 0 0 6px; }
.gu-stage ul { margin: 0; padding: 0; list-style: none; }
.gu-stage li { padding: 4px 8px; border: 1px dashed #8886; }
.gu-stage li[data-state="mine"] { border: 2px solid #0a7556; }
.gu-stage li[data-state="broken"] { border: 2px solid #ad4a08; }
.gu-state { display: block; font-size: 80%; }
</style>"""


def talk(mine: bool = False, wrong: str = "", **choices: Any) -> Callable[[str], None]:
    """Return a function that says something to the model and writes its answer.

    What was said before stays in the conversation. `mine` and `wrong` are those of
    `groundup chat`; `choices` are t, p, seed and limit of `Talk`. The cell's stop
    button ends an answer, not the conversation. Raises LearnerError for a wrong answer
    that there is none of, ModuleNotFoundError without the weights.
    """
    machine = machine_of(mine, wrong)
    one = Talk(machine, write, **choices)

    def say(text: str) -> None:
        one.say(text)
        if mine:
            remember_what_gave_way(machine.guards)

    return say


class Lit:
    """A machine with one's own parts lit, as Jupyter shows it and as text."""

    def __init__(self, body: Body, mine: set[str], broken: set[str]) -> None:
        self.body, self.mine, self.broken = body, mine, broken & mine

    def __repr__(self) -> str:
        return "\n".join(lines(self.body, self.mine))

    def _repr_html_(self) -> str:
        """Return the drawing."""
        return STYLE + drawing(self.body, self.mine, self.broken, links=False)


def body(name: str = "chat") -> Lit:
    """Return the machine of `groundup chat`, or another one by its name.

    A part is one's own if its exercise has passed. Raises ValueError for another name.
    """
    known = {one.name: one for one in BODIES}
    if name not in known:
        raise ValueError(f"the machines are {', '.join(known)}; got {name!r}")
    work = Work.open(work_folder(), exercises_folder())
    mine = {name for name, entry in work.entries.items() if entry.passed}
    return Lit(known[name], mine, gave_way(work.folder))
