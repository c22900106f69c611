"""What the command `groundup` prints, call by call, is what the corpus has."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from groundup.grader import cli

from tests.answers import wrong_answer

from . import corpus

ROOT = Path(__file__).resolve().parents[2]
GRADIENT = ROOT / "exercises/algorithms/linear_regression/gradient"
WRONG = wrong_answer(GRADIENT, "missing_two")
# A line is typed; `name < TEXT` writes one of the texts below into a file.
TYPED = """
list
check gradient
solution gradient
start gradient
start gradient
check gradient --seed 7
check gradient --seed 7 --json
hint gradient
work/gradient.py < WRONG
check gradient --seed 7
check gradient --seed 8 --json
list
progress
export
export mine.json
export mine.json
hint gradient
hint gradient
hint gradient
solution gradient
reset gradient
reset gradient
work/gradient.py < SOLUTION
check gradient --seed 7
check gradient --seed 7 --json
list
progress
work/softmax.py < ERROR
check softmax --seed 7
work/softmax.py < LOADING
check softmax --seed 7 --json
work/softmax.py < FORBIDDEN
check softmax --seed 7
work/softmax.py < EMPTY
check softmax --seed 7
check softmax --file nothere.py
check softmax --min-sandbox moat
check grdient
hint grdient
reset leverage
solution leverage
export
import mine.json
import nothere.json
grade submissions --only gradient --seed 7 --jobs 1 --min-sandbox process
grade nothere --only gradient
grade submissions --only grdient
grade canvas --roster roster.csv --out b --only gradient --seed 7 --min-sandbox process
grade canvas --roster nothere.csv --only gradient
grade canvas --roster roster.csv --column login --only gradient
grade canvas --platform mooodle --only gradient
grade canvas --pattern '(' --only gradient
grade canvas --pattern '.*' --only gradient
answer one_step
answer one_step 0.9 0.65
answer one_step -1 'about 2'
answer one_step 11/10 '135 %'
check one_step
answer gradient 1
answer untrained 'ln(V)/ln(2)' '1/V-1' 1/V
check faster
predict faster many
predict faster 50
predict faster 60
start faster
start lonely_penguin
check lonely_penguin --seed 7
work/mask_cases.py < CASES
check mask_cases --seed 7
check mask_cases --seed 7 --json
"""
FILES = {
    "WRONG": WRONG,
    "SOLUTION": (GRADIENT / "solution.py").read_text("utf-8"),
    "ERROR": "def softmax(x):\n    return x / 'a'\n",
    "LOADING": "import numpy as np\nx = y\n",
    "FORBIDDEN": "import scipy.special\nsoftmax = scipy.special.softmax\n",
    "EMPTY": "",
    "CASES": "def cases():\n    return [(5, 5)]\n",
}
CANVAS = ["lovelaceada_LATE_1_2_gradient-1.py", "müllerzoë_3_4_Gradient_v2.py"]
ROSTER = "Student;ID;SIS User ID;SIS Login ID;Section\n    Points Possible;;;;\n"
ROSTER += "Lovelace, Ada;1;;ada;\nMüller, Zoë;3;;zoe;\nPascal, Blaise;5;;blaise;\n"
MASKS = {
    r'"seconds": [\d.]+': '"seconds": …',
    r'"sandbox": "\w+"': '"sandbox": …',
    r'"\d{4}-\d\d-\d\dT[^"]+"': '"…"',
    r"Grading.*left\n": "Grading …\n",
}


def session(home: Path) -> str:
    """Type everything in a folder; returns what is on the screen in the end."""
    (home / "submissions/ada").mkdir(parents=True)
    (home / "submissions/ada/gradient.py").write_text(WRONG, encoding="utf-8")
    (home / "canvas").mkdir()
    for name in CANVAS:
        (home / "canvas" / name).write_text(WRONG, encoding="utf-8")
    (home / "roster.csv").write_text(ROSTER, encoding="cp1252")
    with contextlib.chdir(home):
        lines = [line for line in TYPED.splitlines() if line]
        said = "".join(part for line in lines for part in screen(home, line))
    said = said.replace(str(home), "HOME").replace(str(ROOT), "BOOK")
    for pattern, instead in MASKS.items():
        said = re.sub(pattern, instead, said)
    return said


def screen(home: Path, line: str) -> Iterator[str]:
    """Yield what a line shows: itself, what is printed, and the status if not 0."""
    name, writes, text = line.partition(" < ")
    if writes:
        (home / name).write_text(FILES[text], encoding="utf-8")
        yield f"$ cat > {name}\n" + "".join(f"> {n}\n" for n in FILES[text].split("\n"))
        return
    printed = io.StringIO()
    status: object = 0
    environment = {"GROUNDUP_EXERCISES": str(ROOT / "exercises"), "COLUMNS": "80"}
    with (
        mock.patch.dict(os.environ, environment),
        mock.patch.object(sys, "argv", ["groundup", *shlex.split(line)]),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
    ):
        try:
            cli.main()
        except SystemExit as end:
            status = end.code
    said = printed.getvalue()
    if "--json" in line:
        said = json.dumps(json.loads(said), indent=1) + "\n"
    yield f"$ groundup {line}\n{said}"
    if status:
        yield f"(status {status})\n"


def test_every_call_prints_what_the_corpus_has(tmp_path: Path) -> None:
    assert session(tmp_path) == corpus.COMMANDS.read_text("utf-8"), corpus.ADVICE
