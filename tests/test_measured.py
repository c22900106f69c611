"""Records of long experiments: kept one by one, resumed, stale where code changed."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from groundup import measured
from groundup.book import library
from groundup.measured import __main__ as command
from groundup.measured import code, record

TOPIC = "algorithms/trees"
FUNCTION = "groundup.algorithms.trees.experiments.grown"
EXPERIMENTS = '''
"""Experiments."""

from functools import partial
from pathlib import Path

from groundup.algorithms.trees.grow import height

STEPS = 2
OTHER = [name for name in ("a", "b")]


def grown(*, seed, kinds=("oak",)):
    """Return how high a tree grows."""
    with (Path(__file__).parent / "calls").open("a") as file:
        file.write(f"{seed}\\n")
    if (Path(__file__).parent / f"stop{seed}").exists():
        raise KeyboardInterrupt
    return {"height": height(seed) * STEPS, "times": (1.5, 2)}


def fallen(*, seed):
    # In this function a name of OTHER is its own.
    name = seed
    return {"height": name}


EXPERIMENTS = {
    "grown": [partial(grown, seed=seed) for seed in (1, 2, 3)],
    "fallen": partial(fallen, seed=0),
}
'''
GROW = '''
"""Growth."""


def height(seed):
    """Return a height."""
    return 10 * seed


width = height
'''


@pytest.fixture
def topic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A book of one topic, whose experiments note each call."""
    import groundup

    folder = tmp_path / "groundup/algorithms/trees"
    folder.mkdir(parents=True)
    for place in (folder, folder.parent):
        (place / "__init__.py").write_text('"""Trees."""\n')
    (folder / "experiments.py").write_text(EXPERIMENTS)
    (folder / "grow.py").write_text(GROW)
    monkeypatch.setattr(library, "CODE", tmp_path)
    monkeypatch.setattr(record, "FOLDER", tmp_path / "records")
    inside = [str(tmp_path / "groundup"), *groundup.__path__]
    monkeypatch.setattr(groundup, "__path__", inside)
    monkeypatch.delitem(sys.modules, "groundup.algorithms", raising=False)
    yield folder
    for name in [n for n in sys.modules if n.startswith("groundup.algorithms")]:
        del sys.modules[name]


def calls(folder: Path) -> list[str]:
    """Return the seeds that were measured."""
    file = folder / "calls"
    return file.read_text().split() if file.is_file() else []


def changed(path: Path, old: str, new: str) -> None:
    """Write a file with a piece of it replaced."""
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_what_is_measured_is_read_again(topic: Path) -> None:
    command.run(TOPIC)
    found = measured.read(TOPIC)
    assert found.values == {
        "grown": [{"seed": s, "height": 20 * s, "times": [1.5, 2]} for s in (1, 2, 3)],
        "fallen": {"seed": 0, "height": 0},
    }
    assert found.stale() == []
    first = found.results["fallen"]
    assert isinstance(first, measured.Result) and found.date == first.date
    assert found.machine == first.machine and "NumPy" in found.machine
    assert first.load >= 0 and len(first.code) == 16


def test_nothing_is_measured_twice_unless_it_is_asked_for(topic: Path) -> None:
    command.run(TOPIC, ["grown"])
    command.run(TOPIC)
    assert calls(topic) == ["1", "2", "3"]
    command.run(TOPIC, ["grown"], again=True)
    assert calls(topic) == ["1", "2", "3"] * 2


def test_the_first_of_each_come_before_the_second(topic: Path) -> None:
    changed(
        topic / "experiments.py", "partial(fallen, seed=0)", "partial(grown, seed=7)"
    )
    command.run(TOPIC, first=2)
    assert calls(topic) == ["1", "7", "2"]
    command.run(TOPIC)
    assert calls(topic) == ["1", "7", "2", "3"]
    assert [each["seed"] for each in measured.read(TOPIC).values["grown"]] == [1, 2, 3]


def test_who_is_interrupted_loses_nothing_and_goes_on(topic: Path) -> None:
    (topic / "stop3").touch()
    with pytest.raises(KeyboardInterrupt):
        command.run(TOPIC)
    assert [each["seed"] for each in measured.read(TOPIC).values["grown"]] == [1, 2]
    (topic / "stop3").unlink()
    command.run(TOPIC)
    assert calls(topic) == ["1", "2", "3", "3"]
    assert [each["seed"] for each in measured.read(TOPIC).values["grown"]] == [1, 2, 3]


def test_results_of_old_code_stay_until_new_ones_are_there(topic: Path) -> None:
    command.run(TOPIC)
    changed(topic / "experiments.py", "STEPS = 2", "STEPS = 3")
    (topic / "stop2").touch()
    with pytest.raises(KeyboardInterrupt):
        command.run(TOPIC, ["grown"])
    found = measured.read(TOPIC)
    codes = [each.code for name, each in found.each() if name == "grown"]
    assert len(codes) == 3 and codes[0] != codes[1] == codes[2]
    assert found.stale() == ["grown"]


@pytest.mark.parametrize(
    ("file", "old", "new", "stale"),
    [
        ("grow.py", "10 * seed", "11 * seed", ["grown"]),
        ("experiments.py", "STEPS = 2", "STEPS = 3", ["grown"]),
        ("experiments.py", "height(seed) * STEPS", "height(seed)", ["grown"]),
        ("experiments.py", "name = seed", "name = 1", ["fallen"]),
        ("experiments.py", "def fallen(", "def fell(", ["fallen"]),
        # What tells and does nothing, and what is another one's.
        ("grow.py", "Return a height.", "Return the height.", []),
        ("grow.py", '"""Growth."""', '"""Growth.\n\nOf trees.\n"""\n', []),
        ("experiments.py", "# In this", "# Inside of this", []),
        ("experiments.py", '("a", "b")', '("a", "c")', []),
        ("experiments.py", "(1, 2, 3)", "(1, 2, 3, 4)", []),
        ("experiments.py", "import partial", "import cache, partial", []),
        ("experiments.py", "import height", "import width as height", ["grown"]),
    ],
)
def test_a_result_is_stale_where_the_code_behind_it_has_changed(
    topic: Path, file: str, old: str, new: str, stale: list[str]
) -> None:
    command.run(TOPIC)
    changed(topic / file, old, new)
    assert measured.read(TOPIC).stale() == stale


def test_results_of_two_days_and_machines_say_both(topic: Path) -> None:
    command.run(TOPIC)
    text = measured.path(TOPIC).read_text()
    kept = json.loads(text)
    kept["fallen"] |= {"date": "2020-01-02", "machine": "abacus"}
    days = ("2020-01-05", "2020-02-03", "2020-01-03")
    for each, day in zip(kept["grown"], days, strict=True):
        each["date"] = day
    measured.path(TOPIC).write_text(json.dumps(kept))
    found = measured.read(TOPIC)
    assert found.date == "2020-01-02 to 2020-02-03"
    assert found.machine.endswith("; abacus") and found.machine.count(";") == 1


def test_a_file_is_text_that_reads_line_by_line(topic: Path) -> None:
    command.run(TOPIC)
    text = measured.path(TOPIC).read_text()
    assert text.endswith("}\n") and '"value": {"height": 20, "times": [1.5, 2]}' in text
    assert {p.name for p in measured.path(TOPIC).parent.iterdir()} == {"trees.json"}
    measured.write(TOPIC, measured.read(TOPIC))
    assert measured.path(TOPIC).read_text() == text


def test_what_is_not_there_is_named(topic: Path) -> None:
    with pytest.raises(FileNotFoundError, match="groundup.measured algorithms/trees"):
        measured.read(TOPIC)
    with pytest.raises(ValueError, match="named felled; known: grown, fallen"):
        command.run(TOPIC, ["felled"])
    with pytest.raises(ValueError, match="'algorithms/bushes' has no experiments"):
        command.run("algorithms/bushes")
    with pytest.raises(ValueError, match="trees.experiments.felled is no function"):
        measured.fingerprint("groundup.algorithms.trees.experiments.felled")
    assert calls(topic) == []


def test_relative_imports_count() -> None:
    source = "from ..gpt import train as t\nfrom . import lora\nimport numpy as np\n"
    found = [code.brought(each, "groundup.a.b") for each in ast.parse(source).body]
    assert found == [
        {"t": "groundup.a.gpt.train"},
        {"lora": "groundup.a.b.lora"},
        {"np": "numpy"},
    ]
