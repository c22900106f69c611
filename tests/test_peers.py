"""A cell whose peer is absent says so, shows what it printed, and all else runs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from groundup import peers
from groundup.book import recorded
from groundup.peers import Guard, key
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

ROOT = Path(__file__).resolve().parents[1]
COMPARES = "import no_such_peer\n\nthere = no_such_peer.here()\nprint('equal')\n"


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[InteractiveShell]:
    """A notebook whose peer is absent, and one cell of which was recorded."""
    (tmp_path / "part").mkdir()
    kept = tmp_path / "part/topic.json"
    kept.write_text(json.dumps({key(COMPARES): "equal", key("no_such_peer"): ""}))
    monkeypatch.setattr(peers, "RECORDED", tmp_path)
    peers.recorded.cache_clear()
    shell = InteractiveShell.instance()
    shell.reset()
    shell.run_cell("from groundup import peers\npeers.optional('no_such_peer')")
    yield shell
    shell.input_transformers_post.clear()
    peers.recorded.cache_clear()


def run(shell: InteractiveShell, cell: str) -> str:
    """Run a cell; returns what it printed, raises what it raised."""
    with capture_output() as captured:
        shell.run_cell(cell).raise_error()
    return captured.stdout


def test_a_cell_without_its_peer_shows_what_it_printed(shell: InteractiveShell) -> None:
    said = run(shell, COMPARES)
    assert said.splitlines() == [
        "no_such_peer is not installed here. When the book was built, this cell"
        " printed:",
        "equal",
    ]


def test_so_does_a_cell_that_uses_what_such_a_cell_defines(
    shell: InteractiveShell,
) -> None:
    run(shell, COMPARES)
    assert "was left out." in run(shell, "print(there)")
    assert "It prints nothing." in run(shell, "no_such_peer")
    assert run(shell, "there = 1\nprint(there)") == "1\n"
    assert run(shell, "print(there)") == "1\n"


def test_names_that_were_there_before_stay(shell: InteractiveShell) -> None:
    run(shell, "there = 'mine'")
    run(shell, COMPARES)
    assert run(shell, "print(there)") == "mine\n"


def test_a_cell_that_fails_for_another_reason_fails(shell: InteractiveShell) -> None:
    with pytest.raises(ZeroDivisionError):
        run(shell, "1 / 0")
    with pytest.raises(ModuleNotFoundError):
        run(shell, "import another_package_that_is_absent")


def test_what_is_there_is_run(shell: InteractiveShell) -> None:
    shell.run_cell("peers.optional('json')")
    assert run(shell, "import json\nprint(json.dumps([1]))") == "[1]\n"
    assert len(shell.input_transformers_post) == 1


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("a = b = 1\nc += 1\nfor d in []: pass", {"a", "b", "c", "d"}),
        ("def f(x):\n    y = 1\nclass C:\n    z = 1", {"f", "C"}),
        ("import p.q, r as s\nfrom t import u as v", {"p", "s", "v"}),
        ("with open('x') as (w, x): pass", {"w", "x"}),
    ],
)
def test_the_names_that_a_cell_defines(cell: str, names: set[str]) -> None:
    guard = Guard({"numpy"})
    guard.needs(f"import numpy\n{cell}")
    assert guard.without == {"numpy", *names}


def test_magics_are_left_alone() -> None:
    assert Guard({"torch"}).needs("%pip install torch") == set()


def test_what_is_kept_is_what_the_last_build_printed() -> None:
    """Mended with `python -m groundup.book.recorded`, after the book was built."""
    built = recorded.of_the_last_build(ROOT)
    kept = {
        path.relative_to(peers.RECORDED).with_suffix("").as_posix(): path
        for path in peers.RECORDED.rglob("*.json")
    }
    assert {topic: recorded.text(said) for topic, said in built.items()} == {
        topic: path.read_text(encoding="utf-8") for topic, path in kept.items()
    }
    assert any(built.values())
