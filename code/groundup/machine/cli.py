"""The command `groundup chat`: a talk with the book's language model, or one's own."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from groundup.bodies import NAMING, TALKING, Body, count
from groundup.grader.terminal import say, typed, write

if TYPE_CHECKING:
    from .assembly import Machine
    from .chat import Talk
    from .guard import Guard
    from .mine import Mine

PROMPT = "\nyou > "
HOW = "Ctrl-C stops an answer, an empty line or Ctrl-D ends the talk."


def register(app: typer.Typer) -> None:
    """Add the command to the others."""
    app.command()(chat)
    app.command()(names)


def chat(
    mine: Annotated[
        bool, typer.Option("--mine", help="With your answers that pass as its parts.")
    ] = False,
    wrong: Annotated[
        str, typer.Option(help="With a wrong answer as a part: softmax/overflow; list.")
    ] = "",
    temperature: Annotated[
        float, typer.Option(help="0 is the likeliest token, 1 the model's own chances.")
    ] = 0.0,
    top_p: Annotated[
        float, typer.Option(help="Draw from the likeliest tokens that make this up.")
    ] = 1.0,
    seed: Annotated[int, typer.Option(help="Of the draws.")] = 0,
    limit: Annotated[int, typer.Option(help="Tokens of an answer, at most.")] = 300,
) -> None:
    """Talk with SmolLM2 on the book's NumPy code."""
    from . import wrongs
    from .chat import Talk

    if wrong == "list":
        for line in wrongs.listed():
            say(line)
        return
    machine = machine_of(mine, wrong)
    talk = Talk(machine, write, t=temperature, p=top_p, seed=seed, limit=limit)
    say(HOW)
    converse(talk)
    if mine:
        remember_what_gave_way(machine.guards)


def note(text: str) -> None:
    """Write a sentence about a part on a line of its own."""
    print(f"\n[{text}]", flush=True)


def converse(talk: Talk) -> None:
    """Read messages and write answers until there is nothing more to say."""
    for text in typed(PROMPT):
        if not sys.stdin.isatty():
            say(f"{PROMPT}{text}")
        write("\n")
        talk.say(text)
    say()


def machine_of(mine: bool, wrong: str) -> Machine:
    """Return the machine with the reader's parts, with a wrong one, or the book's."""
    from . import wrongs
    from .assembly import assemble

    if wrong:
        return wrongs.machine(wrong, note)
    return with_mine() if mine else assemble({}, note)


def with_mine() -> Machine:
    """Return the machine with the reader's parts, and say which these are."""
    from groundup.grader.learner import Work, exercises_folder, work_folder

    from .assembly import assemble
    from .chat import rate
    from .mine import my_parts

    root = exercises_folder()
    work = Work.open(work_folder(), root)
    with my_parts(work, root, TALKING) as found:
        for line in parts_of(found, TALKING):
            say(line)
        machine, book = assemble(found.files, note), assemble({}, note)
    say(
        f"{rate(machine):.1f} tokens per second with your parts,"
        f" {rate(book):.1f} without."
    )
    return machine


def names(
    mine: Annotated[
        bool, typer.Option("--mine", help="With your answers that pass as its parts.")
    ] = False,
) -> None:
    """Train the small GPT on first names, and let it make up some of its own."""
    from groundup.grader.learner import Work, exercises_folder, work_folder

    from . import names as machine
    from .mine import my_parts

    if not mine:
        say(f"{machine.PLAN.steps} steps of training ...")
        say("  ".join(machine.train({}, note).names))
        return
    root = exercises_folder()
    work = Work.open(work_folder(), root)
    with my_parts(work, root, NAMING) as found:
        for line in parts_of(found, NAMING):
            say(line)
        say(f"{machine.PLAN.steps} steps of training, with your parts and without ...")
        yours, book = machine.train(found.files, note), machine.train({}, note)
    for line in machine.curve(yours.losses, book.losses):
        say(line)
    say("Your model's names:  " + "  ".join(yours.names))
    say("The book's:          " + "  ".join(book.names))


def remember_what_gave_way(guards: Sequence[Guard]) -> None:
    """Keep which parts failed in this talk, for the drawing of the machine."""
    from groundup.grader.learner import work_folder

    from .mine import remember

    if not guards:
        return
    names = {guard.organ.exercise: bool(guard.broken) for guard in guards}
    broken = [name for name, failed in names.items() if failed]
    working = [name for name, failed in names.items() if not failed]
    remember(work_folder(), broken, working)


def parts_of(found: Mine, body: Body) -> list[str]:
    """Return the sentences about which parts are the reader's, and which are not."""
    names = [organ.name for organ in body.organs if organ.exercise in found.files]
    number = count(body, found.files)
    told = [f"{number}: {', '.join(names)}." if names else f"{number} so far."]
    for organ in found.failed:
        check = f"groundup check {organ.short}"
        told.append(f"The {organ.name} does not pass yet: {check}")
    if found.absent:
        organ = found.absent[0]
        told.append(f"Next could be the {organ.name}: groundup start {organ.short}")
    return told
