"""Listens to every wrong answer in the machine, and keeps what the model says.

`python -m groundup.machine.listen` writes `heard.yml` anew, some minutes; the
sentences on what to listen for are written by hand and stay.
"""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from groundup.bodies import TALKING, Organ
from groundup.grader.learner import exercises_folder, find
from groundup.transformers.language_model import Conversation

from .assembly import Machine, assemble
from .wrongs import HEARD, source_of, with_source

QUESTION = "Give me three facts about penguins."
TOKENS = 40
KEPT = 100  # characters of an answer
# What it said by accident is not what one says to guests.
NOT_REPEATED = {"swiglu/exchanged": "(pieces of words that are not repeated here)"}


def says(machine: Machine, organ: Organ) -> str:
    """Return the machine's answer to the question; where it samples, it draws.

    Empty lines stay in it: an answer of empty lines is not one that ends at once.
    """
    rng = np.random.default_rng(0)
    drawn = organ.function == "top_p"
    choose = machine.chooser(rng, *((1.0, 0.9) if drawn else (0.0, 1.0)))
    talk = Conversation(machine.model, machine.tokenizer)
    tokens = list(talk.answer(QUESTION, limit=TOKENS, choose=choose))
    return machine.tokenizer.decode(tokens)


def listen(organ: Organ) -> dict[str, dict[str, Any]]:
    """Return what each wrong answer of a part's exercise makes the model say."""
    exercise = find(organ.exercise, exercises_folder())
    right = says(assemble({}, print), organ)
    found: dict[str, dict[str, Any]] = {}
    for wrong in exercise.wrong:
        told: list[str] = []
        source = source_of(exercise, wrong.name)
        said = says(with_source(organ, source, told.append), organ)
        name = f"{organ.short}/{wrong.name}"
        entry = {"heard": said != right, "says": NOT_REPEATED.get(name, begun(said))}
        found[name] = entry
        if told:
            found[name]["gives_way"] = told[0]
    return found


def begun(said: str) -> str:
    """Return as much of an answer as is kept."""
    return said if len(said) <= KEPT else f"{said[:KEPT]} …"


class Escaped(yaml.SafeDumper):
    """Writes line breaks as \\n: forty empty lines need not be scrolled through."""


def escaped(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Return a text for the file, in double quotes if it has several lines."""
    style = '"' if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


Escaped.add_representer(str, escaped)


def as_yaml(record: dict[str, Any]) -> str:
    """Return what the file says."""
    return yaml.dump(
        record, Dumper=Escaped, allow_unicode=True, sort_keys=False, width=88
    )


def main() -> None:
    """Write the file anew, with the sentences that it had."""
    path = Path(str(HEARD))
    before = yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else {}
    answers: dict[str, dict[str, Any]] = {}
    for organ in TALKING.organs:
        answers |= listen(organ)
        print(organ.name, flush=True)
    for name, entry in before.get("answers", {}).items():
        if name in answers and "listen" in entry:
            answers[name]["listen"] = entry["listen"]
    right = begun(says(assemble({}, print), TALKING.organs[0]))
    record = {"question": QUESTION, "date": datetime.date.today().isoformat()}
    text = as_yaml(record | {"right": right, "answers": answers})
    path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
