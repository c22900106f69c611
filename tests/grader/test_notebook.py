"""Exercises in a notebook: the verdict is a card, and no loop holds the kernel."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from queue import Empty
from typing import Any

import pytest
from jupyter_client.manager import start_new_kernel

from tests.answers import wrong_answer

from .hostile import orphans_in_the_end

ROOT = Path(__file__).resolve().parents[2]
SOFTMAX = ROOT / "exercises/transformers/attention/softmax"
GOOD = (SOFTMAX / "solution.py").read_text()
WRONG = wrong_answer(SOFTMAX, "first_axis")
LOOP = "def softmax(x):\n    while True:\n        pass\n"


class Notebook:
    """A kernel to which cells are sent, and the cards that they show."""

    def __init__(self, folder: Path) -> None:
        # The kernel of this very environment, whatever else is registered.
        environment = {**os.environ, "GROUNDUP_EXERCISES": str(ROOT / "exercises")}
        self.manager, self.client = start_new_kernel(
            cwd=str(folder), env=environment, kernel_name="python3"
        )

    def run(self, cell: str) -> float:
        """Run a cell; returns after how many seconds the kernel was free again."""
        start = time.monotonic()
        self.client.execute_interactive(
            cell, timeout=60, output_hook=self.keep, allow_stdin=False
        )
        return time.monotonic() - start

    def keep(self, message: dict[str, Any]) -> None:
        """Keep what a cell shows, and what a card is changed into."""
        content = message["content"]
        if "data" in content:
            self.card = content["data"].get("text/html", content["data"]["text/plain"])
        elif "text" in content:
            self.card = content["text"]

    def card_with(self, text: str) -> str:
        """Wait until the card has a text, and return the card."""
        deadline = time.monotonic() + 60
        while text not in self.card and time.monotonic() < deadline:
            try:
                self.keep(self.client.get_iopub_msg(timeout=1))
            except Empty:
                continue
        assert text in self.card
        return self.card

    def close(self) -> None:
        """End the kernel."""
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


@pytest.fixture(scope="module")
def notebook(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    opened = Notebook(tmp_path_factory.mktemp("notebook"))
    opened.run("%load_ext groundup.grader.notebook")
    yield opened
    opened.close()


def test_a_cell_is_graded_and_what_it_defines_can_be_used(notebook: Notebook) -> None:
    notebook.run("%%exercise softmax\n" + GOOD)
    notebook.card_with("All tests passed: 6 of 6 points.")
    notebook.run("print(softmax(np.zeros(2)))")
    assert notebook.card == "[0.5 0.5]\n"


def test_a_wrong_cell_is_told_its_misconception_and_offered_a_hint(
    notebook: Notebook,
) -> None:
    notebook.run("%%exercise softmax\n" + WRONG)
    card = notebook.card_with("1 of 6 points.")
    assert "The columns add up to 1, not the rows." in card
    assert "<summary>A hint</summary>" in card
    assert card.count("✓") == 1 and card.count("✗") == 5


def test_an_endless_loop_never_holds_the_kernel(notebook: Notebook) -> None:
    assert notebook.run("%%exercise softmax\n" + LOOP) < 4
    assert notebook.run("print('free')") < 2
    assert "free" in notebook.card
    card = notebook.card_with("is there a loop that never ends?")
    assert "line 2:  while True:" in card or "line 3:  pass" in card


def test_a_new_check_does_not_wait_for_an_old_one(notebook: Notebook) -> None:
    notebook.run("%%exercise softmax\n" + LOOP + "# again")
    notebook.run("%%exercise softmax\n" + GOOD)
    notebook.card_with("All tests passed")
    assert orphans_in_the_end() == set()  # of the old one nothing goes on


def test_check_grades_what_the_cells_define(notebook: Notebook) -> None:
    notebook.run("import numpy as np")
    notebook.run("def shifted(x):\n    return x - np.max(x, -1, keepdims=True)")
    notebook.run("def softmax(x):\n    e = np.exp(shifted(x))\n    return e / added(e)")
    notebook.run("def added(x):\n    return x.sum(-1, keepdims=True)")
    notebook.run("check('softmax')")
    notebook.card_with("All tests passed: 6 of 6 points.")


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("check('gradient')", "no cell defines gradient: run the cell with your"),
        ("check('nothing')", "there is no exercise &#x27;nothing&#x27;"),
        ("%%exercise nothing\n1", "there is no exercise &#x27;nothing&#x27;"),
        ("%%exercise softmax\ndef f(:", "SyntaxError"),
    ],
)
def test_what_cannot_be_checked_is_said_on_the_card(
    notebook: Notebook, cell: str, said: str
) -> None:
    notebook.run(cell)
    notebook.card_with(said)


def test_every_card_is_whole_html_and_a_submission_s_text_stays_text(
    notebook: Notebook,
) -> None:
    error = "raise ValueError('<script>1</script>')"
    notebook.run(f"%%exercise softmax\ndef softmax(x):\n    {error}")
    card = notebook.card_with("0 of 6 points.")
    assert "<script>" not in card and "&lt;script&gt;" in card
    opened: list[str] = []

    class Balanced(HTMLParser):
        def handle_starttag(self, tag: str, attrs: Any) -> None:
            opened.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert opened.pop() == tag

    Balanced().feed(card)
    assert opened == []


G3 = {
    "a dataclass": "from dataclasses import dataclass\n@dataclass\nclass Box:\n"
    "    axis: int\nBOX = Box(-1)\nimport numpy as np\n",
    "a constant": "import numpy as np\nclass BOX: axis = -1\n",
    "try: import": "try:\n    import numpy as np\nexcept ImportError:\n    pass\n"
    "class BOX:\n    axis = -1\n",
}


@pytest.mark.parametrize("name", G3)
@pytest.mark.parametrize("begins", ["%%exercise softmax", "\n\n%%exercise softmax"])
def test_what_a_cell_needs_is_there_in_other_cells_too(
    notebook: Notebook, name: str, begins: str
) -> None:
    notebook.run("%reset -f\n%load_ext groundup.grader.notebook")
    notebook.run("%reload_ext groundup.grader.notebook")
    body = "def softmax(x):\n    e = np.exp(x - x.max(BOX.axis, keepdims=True))\n"
    body += "    return e / e.sum(BOX.axis, keepdims=True)\n"
    notebook.run(f"{begins}\n{G3[name]}{body}")
    notebook.card_with("All tests passed: 6 of 6 points.")
    notebook.run("print(softmax(np.zeros(2)))")
    assert notebook.card == "[0.5 0.5]\n"


def test_an_exercise_cell_sees_other_cells_and_the_future(notebook: Notebook) -> None:
    notebook.run("from __future__ import annotations")
    notebook.run("%matplotlib inline\nimport numpy as np\nAXIS = -1")
    cell = "%%exercise softmax\ndef softmax(x: np.Absent):\n    x = np.exp(x - "
    cell += "x.max(AXIS, keepdims=True))\n    return x / x.sum(AXIS, keepdims=True)"
    notebook.run(cell)
    notebook.card_with("All tests passed: 6 of 6 points.")
    notebook.run("print(softmax(np.zeros(2)))")
    assert notebook.card == "[0.5 0.5]\n"


def test_a_loop_in_an_exercise_cell_does_not_hold_the_kernel(
    notebook: Notebook,
) -> None:
    loop = "def again():\n    while True: pass\nX = again()\nwhile X: pass\n"
    assert notebook.run(f"%%exercise softmax\n{loop}def softmax(x):\n    return X") < 4
    assert notebook.run("print('free')") < 2
    notebook.card_with("free")
