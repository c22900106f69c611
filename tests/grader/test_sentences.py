"""What a file does that no test can use is told in a sentence, once for the file."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from groundup.grader.exercise import load
from groundup.grader.grading import Report, grade

ROOT = Path(__file__).resolve().parents[2]
SOFTMAX = load(ROOT / "exercises/transformers/attention/softmax")
GOOD = SOFTMAX.solution
BODY = GOOD[GOOD.index("def ") :]
ONLY = "Only NumPy and Python's own modules are here:"
NOTEBOOK = json.dumps({"cells": [{"cell_type": "code", "source": GOOD}]})
# Files, and what is said of them before any function can be called.
FILES: dict[str, tuple[str | bytes, str]] = {
    "matplotlib, used": (
        f"import matplotlib.pyplot as plt\n{GOOD}plt.plot([1])\n",
        f"{ONLY} line 1 imports matplotlib.",
    ),
    "pandas, not used": (
        f"{GOOD}\nimport pandas as pd\n",
        f"{ONLY} line 15 imports pandas.",
    ),
    "sympy, from": (f"from sympy import exp\n{GOOD}", f"{ONLY} line 1 imports sympy."),
    "a module of one's own": (
        f"from my_helpers import exp\n{GOOD}",
        f"{ONLY} line 1 imports my_helpers.",
    ),
    "a forbidden module": (
        f"import numpy\nimport scipy\n{GOOD}",
        "Line 2 uses scipy, which does the work that this exercise asks of you.",
    ),
    "input": (
        f"{GOOD}n = int(input('How many? '))\n",
        "Your file asks for input(), and nobody is here to answer: take that out, the"
        " tests call your functions.\n  line 14:  n = int(input('How many? '))",
    ),
    "sys.exit": (
        f"import sys\n{GOOD}sys.exit(0)\n",
        "Your file ends Python before its functions can be called: take that out.\n"
        "  line 15:  sys.exit(0)",
    ),
    "exit": (
        f"{GOOD}exit()\n",
        "Your file ends Python before its functions can be called: take that out.\n"
        "  line 14:  exit()",
    ),
    "os._exit": (
        f"import os\n{GOOD}os._exit(0)\n",
        "Your file ended Python (exit code 0) before its functions could be called.",
    ),
    "a notebook": (
        NOTEBOOK,
        "Your file is a notebook: hand it in with the ending .ipynb, or copy your code"
        " into a Python file.",
    ),
    "a notebook with null": (
        NOTEBOOK.replace('"code"', '"code", "execution_count": null'),
        "Your file is a notebook: hand it in with the ending .ipynb, or copy your code"
        " into a Python file.",
    ),
    "UTF-16": (
        GOOD.encode("utf-16"),
        "Your file is not saved as UTF-8: choose that encoding where you save it.",
    ),
    "fences": (
        f"```python\n{GOOD}```\n",
        "Line 1 is no Python: ``` marks code in a text. Take such lines out.",
    ),
    "prompts": (
        ">>> import numpy as np\n>>> def softmax(x):\n...     return x\n",
        "Line 1 is no Python: >>> is what Python prints where one types. Take it out.",
    ),
    "prompts of IPython": (
        "In [1]: import numpy as np\n",
        "Line 1 is no Python: In [1]: is what IPython prints where one types. Take it"
        " out.",
    ),
    "a magic": (
        f"import numpy as np\n%matplotlib inline\n{GOOD}",
        "Line 2 is no Python: only a notebook knows what begins with %. Take it out.",
    ),
    "a command of the shell": (
        f"!pip install numpy\n{GOOD}",
        "Line 1 is no Python: only a notebook knows what begins with !. Take it out.",
    ),
    "5 MB of prints": (
        f"{GOOD}for i in range(100_000):\n    print('x' * 50)\n",
        "Your file prints more than 1 MB: print less, nobody reads it here.\n"
        "  line 15:  print('x' * 50)",
    ),
    "an endless loop": (
        f"{GOOD}while True:\n    x = 1\n",
        "Your file ran longer than 5 s before its functions could be called: is there"
        " a loop that never ends?",
    ),
}
CALLS = {
    "prints": (
        "def softmax(x):\n    for i in range(100_000):\n        print('x' * 50)\n",
        "`softmax` prints more than 1 MB: print less, nobody reads it here.",
    ),
    "input": (
        "def softmax(x):\n    return input()\n",
        "`softmax` asks for input(), and nobody is here to answer: what it needs, it"
        " gets as arguments.\n  line 2:  return input()",
    ),
    "too few parameters": (
        "def softmax():\n    return 1\n",
        "`softmax` is called as softmax(x), and yours cannot be: it takes 0 positional"
        " arguments but 1 was given.",
    ),
    "too many parameters": (
        "def softmax(x, axis):\n    return 1\n",
        "`softmax` is called as softmax(x), and yours cannot be: it is missing 1"
        " required positional argument: 'axis'.",
    ),
    "a package within": (
        "def softmax(x):\n    import pandas\n    return 1\n",
        f"{ONLY} line 2 imports pandas.",
    ),
    "its own mistake of the same kind": (
        "def half(a, b): return 1\ndef softmax(x):\n    return half(1)\n",
        "`softmax` raised TypeError: half() missing 1 required positional argument:"
        " 'b'\n  line 3:  return half(1)",
    ),
}


def graded(content: str | bytes, folder: Path, level: str = "bubblewrap") -> Report:
    """Return the verdict on a file."""
    data = content.encode() if isinstance(content, str) else content
    (folder / "softmax.py").write_bytes(data)
    return grade(SOFTMAX, folder / "softmax.py", seed=0, strongest=level)


def words(text: str) -> str:
    """Return a text in one line."""
    return " ".join(text.split())


@pytest.mark.parametrize("level", ["process", "walls"])
@pytest.mark.parametrize("name", FILES)
def test_what_cannot_be_loaded_is_told_once_for_the_file(
    name: str, level: str, tmp_path: Path
) -> None:
    content, said = FILES[name]
    if level == "walls" and sys.platform != "linux":
        pytest.skip("these walls are Linux's")
    report = graded(content, tmp_path, level)
    assert report.score == 0
    first, *others = report.tests
    assert words(first.message).startswith(words(f"{first.title} {said}"))
    for test in others:
        assert (
            test.message == f"{test.title}\n\nSee the first test: it is about the file."
        )
    assert {test.status for test in others} == {first.status}


def test_one_waits_once_for_a_loop_outside_of_functions(tmp_path: Path) -> None:
    report = graded(FILES["an endless loop"][0], tmp_path)
    assert report.seconds < SOFTMAX.limits.seconds + 2
    assert {test.status for test in report.tests} == {"timeout"}


@pytest.mark.parametrize("name", CALLS)
def test_what_a_call_cannot_do_is_told(name: str, tmp_path: Path) -> None:
    source, said = CALLS[name]
    first = graded(source, tmp_path).tests[0]
    assert words(said) in words(first.message)


@pytest.mark.parametrize(
    "source",
    [
        "from numpy import *\n"
        + BODY.replace("np.ndarray", "ndarray").replace("np.", ""),
        "try:\n    import pandas\nexcept ImportError:\n    pandas = None\n" + GOOD,
        GOOD.replace("    weights", "    print('x' * 150_000)\n    weights"),
        f"import sysconfig, platform, decimal, unittest.mock\n{GOOD}",
    ],
    ids=["from numpy import *", "try: import pandas", "prints often", "the library"],
)
@pytest.mark.parametrize("level", ["process", "walls"])
def test_what_is_right_has_full_marks(source: str, level: str, tmp_path: Path) -> None:
    if level == "walls" and sys.platform != "linux":
        pytest.skip("these walls are Linux's")
    assert graded(source, tmp_path, level).passed
