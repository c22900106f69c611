"""Vectors that are kept: in blocks, resumed, by two processes, and after a crash."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from groundup.generative.rag import kept_vectors
from groundup.generative.rag.kept_vectors import KeptVectors, Vectors, alone

WIDTH = 3
TEXTS = [f"text {n}" for n in range(10)]


def encode(texts: Sequence[str]) -> Vectors:
    """Return vectors from which their text can be told."""
    return np.array([[int(text.split()[1]), 0.5, -1] for text in texts], np.float32)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_vectors, "BLOCK", 4)


def kept(folder: Path, texts: Sequence[str] = TEXTS, name: str = "a") -> KeptVectors:
    return KeptVectors(texts, encode, WIDTH, name, folder)


def quiet(done: int, total: int) -> None:
    """Say nothing of progress."""


def test_all_vectors_are_there_once_they_are_built(tmp_path: Path) -> None:
    vectors, told = kept(tmp_path), list[tuple[int, int]]()
    assert vectors.load() is None
    assert vectors.build(lambda *numbers: told.append(numbers))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]
    found = vectors.load()
    assert found is not None and found.dtype == np.float32
    np.testing.assert_array_equal(found, encode(TEXTS))


def test_what_was_interrupted_goes_on_where_it_was(tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        kept(tmp_path).build(stop)
    again, told = kept(tmp_path), list[int]()
    assert len(again.missing()) == 1 and again.load() is None
    again.build(lambda done, total: told.append(done))
    assert told == [2, 3] and again.load() is not None


def test_a_text_that_changed_has_no_old_vector(tmp_path: Path) -> None:
    kept(tmp_path).build(quiet)
    changed = kept(tmp_path, [*TEXTS[:5], "text 99", *TEXTS[6:]])
    assert [block.start for block in changed.missing()] == [4]
    changed.build(quiet)
    found = changed.load()
    assert found is not None and found[5, 0] == 99
    assert len(kept(tmp_path, name="another encoder").missing()) == 3
    # Where one text ends and the next begins counts, too.
    one, other = (kept(tmp_path, texts) for texts in (["1 2", "3"], ["1 ", "23"]))
    assert one.blocks[0].file != other.blocks[0].file


@pytest.mark.parametrize("damage", ["cut", "empty", "others", "wide", "nan", "pickle"])
def test_a_damaged_block_is_made_again(tmp_path: Path, damage: str) -> None:
    vectors = kept(tmp_path)
    vectors.build(quiet)
    file = vectors.blocks[1].file
    data = file.read_bytes()
    broken = np.full((4, WIDTH), np.nan, np.float16)
    with file.open("wb") as torn:
        if damage in {"cut", "empty", "others"}:
            torn.write({"cut": data[:-3], "empty": b"", "others": b"x" * 99}[damage])
        elif damage == "pickle":
            np.save(torn, np.array([print, None], object), allow_pickle=True)
        else:
            np.save(torn, broken if damage == "nan" else np.zeros((4, 9), np.float16))
    assert vectors.load() is None
    assert [block.start for block in vectors.missing()] == [4]
    vectors.build(quiet)
    np.testing.assert_array_equal(vectors.load(), encode(TEXTS))


def test_only_one_process_builds_at_a_time(tmp_path: Path) -> None:
    vectors = kept(tmp_path)
    lock = tmp_path / f"{vectors.blocks[0].file.stem}.lock"
    holder = (
        "import sys; from pathlib import Path;"
        "from groundup.generative.rag.kept_vectors import alone\n"
        "with alone(Path(sys.argv[1])) as mine: print(mine, flush=True); input()"
    )
    command = [sys.executable, "-c", holder, str(lock)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as other:
        assert other.stdout and other.stdout.readline() == "True\n"
        assert not vectors.build(quiet)
        assert len(vectors.missing()) == 3
        other.kill()  # the lock of a process that was killed is free
    assert vectors.build(quiet)


def test_a_lock_is_free_after_an_error(tmp_path: Path) -> None:
    lock = tmp_path / "a" / "lock"
    with pytest.raises(KeyError), alone(lock) as mine:
        assert mine
        raise KeyError
    with alone(lock) as mine:
        assert mine


def test_two_processes_that_write_at_once_leave_whole_blocks(tmp_path: Path) -> None:
    # Without the lock, as on a file system that has none: names come last.
    program = (
        "import sys; from pathlib import Path; import numpy as np;"
        "from groundup.generative.rag.kept_vectors import KeptVectors\n"
        "def encode(t): return np.array([[int(x), .5, -1] for x in t], np.float32)\n"
        "texts = [str(n) for n in range(2000)]\n"
        "k = KeptVectors(texts, encode, 3, 'a', Path(sys.argv[1]))\n"
        "for b in k.blocks * 5: k.write(b); assert k.load() is None or k.load().any()\n"
        "print(k.load()[:, 0].tolist() == list(range(2000)))"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    both = [
        subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    assert [process.communicate(timeout=120)[0] for process in both] == ["True\n"] * 2
    assert not list(tmp_path.glob("*.part"))


def test_no_texts_have_no_vectors(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one text or more"):
        kept(tmp_path, [])
