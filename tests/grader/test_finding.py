"""An answer is found by one rule, in the forms in which notebooks really come."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from groundup.grader import absent, answers, finding
from groundup.grader.archives import Contents, File
from groundup.grader.cells import Cell, read_cells
from groundup.grader.exercise import load
from groundup.grader.grading import grade

ROOT = Path(__file__).resolve().parents[2]
SOFTMAX = load(ROOT / "exercises/transformers/attention/softmax")
IDS = {"softmax", "gradient", "perplexity", "bigram_perplexity"}
GOOD = """\
def softmax(x):
    e = np.exp(x - np.max(x, axis=AXIS, keepdims=True))
    return e / e.sum(axis=AXIS, keepdims=True)
"""
# Notebooks that reach full marks where they were written, cell by cell.
NOTEBOOKS: dict[str, list[str]] = {
    "check, without a tag": [
        "import numpy as np",
        "AXIS = -1",
        GOOD,
        "check('softmax')",
    ],
    "one cell": [f"import numpy as np\nAXIS = -1\n{GOOD}"],
    "the answer in another cell's constants": ["AXIS = -1", "import numpy as np", GOOD],
    "%matplotlib inline": [
        f"%matplotlib inline\nimport numpy as np\nAXIS = -1\n{GOOD}"
    ],
    "!pip": [f"!pip install 'numpy\nimport numpy as np\nAXIS = -1\n{GOOD}"],
    "!pip with more lines": [
        "!pip install \\\n    numpy\nimport numpy as np\nAXIS = -1",
        GOOD,
    ],
    "%timeit": ["import numpy as np\nAXIS = -1", f"{GOOD}%timeit softmax(np.ones(3))"],
    "%load_ext": [
        "%load_ext autoreload\n%autoreload 2\nimport numpy as np\nAXIS = -1",
        GOOD,
    ],
    "%%time": [f"%%time\nimport numpy as np\nAXIS = -1\n{GOOD}"],
    "a question": [f"import numpy as np\nAXIS = -1\n{GOOD}\nsoftmax?\n?np.exp"],
    "a magic in a block": [
        f"import numpy as np\nif True:\n    %time 1\nAXIS = -1\n{GOOD}"
    ],
    "what the shell says": [f"files = !ls\nimport numpy as np\nAXIS = -1\n{GOOD}"],
    "a cell of bash": [
        "%%bash\necho 'softmax",
        f"import numpy as np\nAXIS = -1\n{GOOD}",
    ],
    "a cell that is broken": ["def f(:", f"import numpy as np\nAXIS = -1\n{GOOD}"],
    "try: import": [
        "try:\n    import numpy as np\nexcept ImportError:\n    np = None",
        "AXIS = -1",
        GOOD,
    ],
    "from numpy import *": [
        "from numpy import *",
        "def softmax(x):\n    e = exp(x - x.max(-1, keepdims=True))\n"
        "    return e / e.sum(-1, keepdims=True)",
    ],
    "a decorator": [
        "import functools\ndef loud(f):\n    @functools.wraps(f)\n"
        "    def inner(*a):\n        return f(*a)\n    return inner",
        f"import numpy as np\nAXIS = -1\n@loud\n{GOOD}",
    ],
    "a decorator below": [
        f"import numpy as np\nAXIS = -1\n@loud\n{GOOD}",
        "def loud(f):\n    return f",
    ],
    "a dataclass": [
        "from dataclasses import dataclass",
        "@dataclass\nclass Box:\n    axis: int\n    keep: bool = True",
        "import numpy as np\nBOX = Box(-1)",
        GOOD.replace("AXIS", "BOX.axis"),
    ],
    "the future in the second cell": [
        "import numpy as np",
        "from __future__ import annotations\nAXIS = -1",
        GOOD.replace("(x)", "(x: np.Absent)", 1),
    ],
    "a blank line before %%exercise": [
        f"\n\n%%exercise softmax\nimport numpy as np\nAXIS = -1\n{GOOD}"
    ],
    "%%exercise that uses other cells": [
        "import numpy as np\nAXIS = -1",
        f"%%exercise softmax\n{GOOD}",
    ],
    "a magic below %%exercise": [
        f"%%exercise softmax\n%matplotlib inline\nimport numpy as np\nAXIS = -1\n{GOOD}"
    ],
    "a table that is filled": [
        "AXES = []\nfor axis in [-1]:\n    AXES.append(axis)",
        "import numpy as np",
        GOOD.replace("AXIS", "AXES[0]"),
    ],
    "methods added later": [
        "class Box:\n    pass",
        "Box.axis = -1",
        "import numpy as np",
        GOOD.replace("AXIS", "Box.axis"),
    ],
    "an earlier try": [
        "def softmax(x):\n    return absent.softmax(x)",
        f"import numpy as np\nAXIS = -1\n{GOOD}",
    ],
    "a later try after the last check": [
        f"import numpy as np\nAXIS = -1\n{GOOD}",
        "check('softmax')",
        "AXIS = 0\ndef softmax(x):\n    return 1",
    ],
    "a lambda": [
        "import numpy as np\nexp = np.exp",
        "softmax = lambda x: exp(x - x.max(-1, keepdims=True)) / "
        "exp(x - x.max(-1, keepdims=True)).sum(-1, keepdims=True)",
    ],
    "wrapped afterwards": [
        f"import numpy as np\nAXIS = -1\n{GOOD}",
        "import functools\nsoftmax = functools.partial(softmax)",
    ],
    "demonstrations that would fail here": [
        "import matplotlib.pyplot as plt\nimport numpy as np\nimport absent",
        f"AXIS = -1\n{GOOD}",
        "plt.plot(softmax(np.ones(3)))\n1 / 0\nrows = absent.read(softmax)",
        "with open('results.txt', 'w') as file:\n    file.write('1')",
    ],
    "Windows's line ends": [
        f"import numpy as np\r\nAXIS = -1\r\n{GOOD}".replace("\n", "\r\n")
    ],
}


def notebook(*cells: Any) -> bytes:
    """Return a notebook with code cells: a source, or the cell itself."""
    made = [
        {"cell_type": "code", "source": cell, "metadata": {}}
        if isinstance(cell, str)
        else cell
        for cell in cells
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4}).encode()


def found(files: dict[str, bytes | str]) -> answers.Found:
    """Return the answer to softmax that files hold."""
    content = {n: c.encode() if isinstance(c, str) else c for n, c in files.items()}
    return answers.answers_in(content, {"softmax": SOFTMAX}, IDS)["softmax"]


def points(source: str, folder: Path) -> int:
    """Return what an answer is worth."""
    (folder / "softmax.py").write_text(source, encoding="utf-8")
    return grade(SOFTMAX, folder / "softmax.py", seed=0).score


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_notebook_is_worth_what_it_was_where_it_was_written(
    name: str, tmp_path: Path
) -> None:
    answer = found({"homework.ipynb": notebook(*NOTEBOOKS[name])})
    assert points(answer.source, tmp_path) == 6, answer.source


@pytest.mark.parametrize(
    "cell",
    [
        {"cell_type": "code", "source": GOOD, "metadata": None},
        {"cell_type": "code", "source": GOOD, "metadata": {"tags": None}},
        {"cell_type": "code", "source": GOOD.splitlines(True)},
        {"cell_type": "code", "source": GOOD, "metadata": {"tags": "softmax"}},
        {"cell_type": "code", "source": GOOD, "metadata": {"tags": ["softmax", 1]}},
    ],
)
@pytest.mark.parametrize(
    "beside", [{"cell_type": "code"}, {"cell_type": "code", "source": 3}, 7, None, {}]
)
def test_no_cell_spoils_another(cell: Any, beside: Any) -> None:
    answer = found(
        {"a.ipynb": notebook(beside, "AXIS = -1", cell, "import numpy as np")}
    )
    assert "AXIS = -1\n" in answer.source and GOOD.strip() in answer.source


def test_what_an_answer_does_not_use_is_not_gathered() -> None:
    cells = ["import numpy as np", "from groundup.figures import plots as AXIS"]
    cells += ["import groundup.figures", "rows = groundup.figures.rows(AXIS)"]
    cells += ["AXIS = -1", GOOD, "check('softmax')", "AXIS = rows"]
    source = found({"a.ipynb": notebook(*cells)}).source
    assert source == f"import numpy as np\n\nAXIS = -1\n\n{GOOD.strip()}\n"


def chapter_cells(chapter: str) -> Iterator[str]:
    """Yield the code cells of a chapter."""
    text = (ROOT / "chapters" / f"{chapter}.md").read_text("utf-8")
    for body in re.findall(r"^```\{code-cell\}.*?\n(.*?)^```", text, re.M | re.S):
        yield re.sub(r"\A(:.*\n)+|\A---\n.*?^---\n", "", body, flags=re.M | re.S)


@pytest.mark.parametrize(
    "id_",
    ["gradient", "softmax", "attention", "rms_norm", "cross_entropy", "perplexity"],
)
def test_after_all_cells_of_the_chapter_a_right_answer_has_full_marks(
    id_: str, tmp_path: Path
) -> None:
    [folder] = (ROOT / "exercises").glob(f"*/*/{id_}")
    exercise = load(folder)
    cells = list(chapter_cells(f"{exercise.part}/{exercise.topic}"))
    assert len(cells) > 10
    content = notebook(*cells, exercise.solution, f'check("{id_}")')
    answer = answers.answers_in({"a.ipynb": content}, {id_: exercise}, IDS)[id_]
    file = tmp_path / f"{id_}.py"
    file.write_text(answer.source, encoding="utf-8")
    assert grade(exercise, file, seed=0).score == exercise.points, answer.source


def test_a_function_of_two_exercises_answers_the_one_that_was_checked() -> None:
    cells = ["def perplexity(logits, ids):\n    return 1", "check('perplexity')"]
    cells += ["def perplexity(training, text, n_tokens):\n    return 2"]
    cells += ["check('bigram_perplexity')"]
    starter = "def perplexity():\n    raise NotImplementedError\n"
    starters = dict.fromkeys(["perplexity", "bigram_perplexity"], starter)
    both = finding.answers(notebook(*cells), starters, IDS)
    assert (
        "return 1" in both["perplexity"][0],
        "return 2" in both["perplexity"][0],
    ) == (
        True,
        False,
    )
    assert "return 2" in both["bigram_perplexity"][0]


def test_a_function_of_two_exercises_answers_the_one_whose_arguments_it_has() -> None:
    starters = {
        "perplexity": "def perplexity(logits, ids):\n    raise NotImplementedError\n",
        "bigram_perplexity": "def perplexity(a, b, c):\n    raise NotImplementedError",
    }
    content = notebook("def perplexity(x, y):\n    return 1")
    assert list(finding.answers(content, starters, IDS)) == ["perplexity"]
    content = notebook("def perplexity(x, y, z):\n    return 1")
    assert list(finding.answers(content, starters, IDS)) == ["bigram_perplexity"]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["%%exercise softmax\ndef softmax(:"], "def softmax(:\n"),
        (["%%exercise softmax\ndef sofmax(x): pass"], "def sofmax(x): pass\n"),
        ([GOOD, "%%exercise softmax\ndef sofmax(x): pass"], "def sofmax(x): pass\n"),
        (
            ["import numpy", "def softmax(x)\n    return 1"],
            "def softmax(x)\n    return 1\n",
        ),
    ],
)
def test_a_broken_answer_is_one_too_so_that_it_is_told(
    cells: list[str], said: str
) -> None:
    assert found({"a.ipynb": notebook(*cells)}).source == said


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1, 2]",
        b"no notebook",
        b"[" * 200_000,
        b'{"cells": {"cell_type": "code"}}',
        notebook("softmax = 3", "%%exercise gradient\ndef softmax(x): pass"),
        notebook("from numpy import exp as softmax", "-" * 500_000 + "1"),
    ],
)
def test_what_has_no_answer_has_none(content: bytes) -> None:
    assert answers.answers_in({"a.ipynb": content}, {"softmax": SOFTMAX}, IDS) == {}


def test_a_notebook_made_to_be_slow_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(finding, "SECONDS", 1)
    slow = "\n".join("%x" for _ in range(90)) + "\n" + "x = 1\n" * 100_000
    with pytest.raises(ValueError, match="takes too much to be read"):
        found({"a.ipynb": notebook(*[slow] * 20)})


ONE, TWO = "def softmax(x):\n    return 1\n", "def softmax(x):\n    return 2\n"


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        (
            {"a.ipynb": notebook(ONE), ".ipynb_checkpoints/a.ipynb": notebook(TWO)},
            "a.ipynb",
        ),
        (
            {
                "h/.ipynb_checkpoints/a-checkpoint.ipynb": notebook(ONE),
                "h/b.ipynb": notebook(TWO),
            },
            "h/b.ipynb",
        ),
        ({"__MACOSX/softmax.py": ONE, "z/softmax.py": TWO}, "z/softmax.py"),
        (
            {"code/groundup/transformers/softmax.py": ONE, "a/b/c/d/softmax.py": TWO},
            "a/b/c/d/softmax.py",
        ),
    ],
)
def test_copies_never_count(files: dict[str, Any], counts: str) -> None:
    answer = found(files)
    assert (answer.file, answer.others, answer.note("softmax")) == (counts, (), "")


@pytest.mark.parametrize(
    ("files", "counts"),
    [
        ({"a.ipynb": notebook(ONE), "z/softmax.py": TWO}, "z/softmax.py"),
        (
            {"softmax.py": ONE, "hand-in/work/softmax.py": TWO},
            "hand-in/work/softmax.py",
        ),
        ({"a/b/softmax.py": ONE, "c/softmax.py": TWO}, "c/softmax.py"),
        ({"b/softmax.py": ONE, "a/softmax.py": TWO}, "a/softmax.py"),
        ({"softmax.py": SOFTMAX.starter, "a.ipynb": notebook(TWO)}, "a.ipynb"),
        ({"a.ipynb": notebook(SOFTMAX.starter), "b.ipynb": notebook(TWO)}, "b.ipynb"),
    ],
)
def test_of_several_answers_the_rule_decides_and_the_note_names_it(
    files: dict[str, Any], counts: str
) -> None:
    answer = found(files)
    [other] = set(files) - {counts}
    assert answer.note("softmax") == f"softmax: {counts} counts, not {other}"
    assert "return 2" in answer.source


@pytest.mark.parametrize(
    "name",
    [
        "softmax-1.py",
        "softmax (1).py",
        "softmax(12).py",
        "Softmax.py",
        "SOFTMAX.PY",
        "softmax.py.txt",
        "hand-in/Softmax-2.py.txt",
    ],
)
def test_names_that_programs_make_of_the_file_count_with_a_note(name: str) -> None:
    answer = found({name: ONE})
    assert answer.source == ONE
    assert answer.note("softmax") == f"softmax: {name} counts (softmax.py was expected)"


@pytest.mark.parametrize(
    "name",
    [
        "softmax_1.py",
        "softmax - Copy.py",
        "softmax copy.py",
        "my_softmax.py",
        "softmax.1.old.py",
        "softmax.txt",
        "softmax-final.py",
        "softmax-2026.py",
        "perplexity.py",
    ],
)
def test_names_that_people_make_do_not_count(name: str) -> None:
    content = {name: ONE.encode()}
    assert answers.answers_in(content, {"softmax": SOFTMAX}, IDS) == {}
    said = absent.expected(["softmax"], Contents(content))
    expected = "softmax.py or a notebook that defines what is asked for"
    assert said == f"expected {expected}, found {name}"
    told = absent.unlike(["softmax"], Contents(content), IDS)
    alike = f"softmax: {name} does not count (softmax.py was expected)"
    assert told == ("" if name == "perplexity.py" else alike)


@pytest.mark.parametrize(
    ("names", "counts"),
    [
        (["softmax (1).py", "work/Softmax.py", "a/b/softmax.py"], "a/b/softmax.py"),
        (["softmax-1.py", "softmax-3.py", "softmax (2).py"], "softmax-3.py"),
        (["softmax-1.py", "a.ipynb"], "softmax-1.py"),
    ],
)
def test_the_exact_name_goes_before_copies_and_the_last_copy_before_others(
    names: list[str], counts: str
) -> None:
    answer = found({n: notebook(ONE) if "ipynb" in n else ONE for n in names})
    assert answer.file == counts and {counts, *answer.others} == {*names}
    assert (" (softmax.py was expected), not " in answer.note("softmax")) == (
        not counts.endswith("/softmax.py")
    )


def test_what_was_too_large_or_too_much_is_named() -> None:
    names = [File(f"{letter}.pdf") for letter in "abcdefg"]
    handed_in = Contents({"softmax_v2.py": b""}, names)
    said = absent.expected(IDS, handed_in)
    assert said.startswith("expected <exercise>.py or a notebook")
    assert said.endswith("found softmax_v2.py, a.pdf, b.pdf, c.pdf, d.pdf and 3 more")
    large = Contents({}, [File("hw/softmax.py", why="more than 5 bytes")])
    said = absent.unlike(["softmax", "gradient"], large, IDS)
    assert said == (
        "softmax: hw/softmax.py (more than 5 bytes) does not count"
        " (softmax.py was expected)"
    )
    other = Contents({"bigram_perplexity.py": b""})
    assert absent.unlike(["perplexity"], other, IDS) == ""


def test_a_notebook_for_no_reader_has_no_cells() -> None:
    assert read_cells("{") == []
    assert [cell.typed for cell in read_cells(notebook("a", {"cell_type": "raw"}))] == [
        "a"
    ]
    assert Cell("%%exercise").marks == frozenset()
