"""A reader's functions as parts of a model: they fit, and give way where they fail."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from groundup.bodies import BODIES, TALKING, Organ, becomes
from groundup.grader.learner import Entry, LearnerError, Work
from groundup.machine import cli, organs, wrongs
from groundup.machine.assembly import function_of
from groundup.machine.guard import Guard, WrongResult, like, locked
from groundup.machine.mine import KEPT, gave_way, my_parts, remember
from groundup.machine.notebook import body
from groundup.transformers.language_model import (
    Cache,
    LanguageModel,
    Parts,
    filtered,
    top_p,
)

from .transformers.test_language_model import SMALL, weights

EXERCISES = Path(__file__).resolve().parents[1] / "exercises"
ORGANS = TALKING.organs
BY_FUNCTION = {organ.function: organ for organ in ORGANS}
TOKENS = [3, 14, 15, 9, 26, 5, 35]


def solution(function: str) -> Callable[..., Any]:
    """Return the function of an exercise's solution."""
    organ = BY_FUNCTION[function]
    (file,) = EXERCISES.glob(f"*/{organ.exercise}/solution.py")
    return function_of(organ, file)


def logits(parts: Parts) -> np.ndarray:
    """Return the small model's logits: a prompt, and then two tokens one by one."""
    model, cache = LanguageModel(SMALL, weights(SMALL), parts), Cache(SMALL)
    found = [model.logits(TOKENS, cache, keep=None)]
    found += [model.logits([token], cache) for token in (7, 8)]
    return np.concatenate(found)


BOOK = Parts()
FITTINGS = {
    "rms_norm": lambda f: {"rms_norm": organs.rms_norm(f)},
    "rotate": lambda f: {"rotation": organs.rotation(f)},
    "softmax": lambda f: {"softmax": organs.softmax(f)},
    "attention": lambda f: {"attend": organs.attention(f)},
    "step": lambda f: {"attend": organs.cache_step(f, BOOK.attend)},
    "swiglu": lambda f: {"swiglu": organs.swiglu(f)},
    "llama_block": lambda f: {"update_stream": organs.llama_block(f)},
}


@pytest.mark.parametrize("function", FITTINGS)
def test_a_solution_in_its_place_gives_the_same_logits(function: str) -> None:
    mine = solution(function)
    calls = []

    def counted(*args: Any) -> Any:
        calls.append(args)
        return mine(*args)

    found = logits(Parts(**FITTINGS[function](counted)))
    np.testing.assert_allclose(found, logits(BOOK), rtol=2e-4, atol=2e-5)
    assert calls


def test_every_organ_has_a_fitting_and_an_exercise_that_asks_for_its_function() -> None:
    others = {"encode_word", "top_p"}
    assert {organ.function for organ in ORGANS} == {*FITTINGS, *others}
    for function in BY_FUNCTION:
        assert callable(solution(function))


def test_a_part_s_result_in_double_precision_becomes_the_model_s() -> None:
    mine = solution("rms_norm")
    parts = Parts(rms_norm=organs.rms_norm(lambda x, g, e: mine(np.float64(x), g, e)))
    assert logits(parts).dtype == np.float32


def test_the_nucleus_draws_as_the_book_does() -> None:
    rng = np.random.default_rng(0)
    fitted = organs.nucleus(solution("top_p"))
    for p in (0.0, 0.3, 0.9, 1.0):
        scores = 3 * rng.normal(size=50)
        kept = np.isfinite(fitted(scores, p))
        np.testing.assert_array_equal(kept, np.isfinite(top_p(scores, p)))
    weights_ = np.exp(fitted(scores, 0.9))
    np.testing.assert_allclose(weights_.sum(), 1, rtol=1e-12)
    assert np.isfinite(filtered(scores, p=0.9)).sum() == (weights_ > 0).sum()


MERGES = [(b"a", b"n"), (b"an", b"an"), (b"\xc3", b"\xa9")]


@pytest.mark.parametrize("word", ["banana", "é", " naïve", ""])
def test_the_tokenizer_works_on_bytes(word: str) -> None:
    fitted = organs.encode_word(solution("encode_word"), MERGES)
    found = fitted(word.encode())
    assert b"".join(found) == word.encode()
    if word == "banana":
        assert found == [b"b", b"anan", b"a"]


@pytest.mark.parametrize(
    "found", [None, ("a",), [b"a"], ["ab"], ["a", 1]], ids=lambda f: repr(f)
)
def test_what_is_no_list_of_the_word_s_symbols_is_refused(found: object) -> None:
    fitted = organs.encode_word(lambda word, merges: found, MERGES)
    with pytest.raises(WrongResult):
        fitted(b"banana")


FILE = '''"""A part that fails."""
import numpy as np

def rms_norm(x, gain, eps):
    {body}
'''


def guard(tmp_path: Path, body: str) -> tuple[Guard, list[str]]:
    """Return a guard of the function in a reader's file, and what it tells."""
    file = tmp_path / "rms_norm.py"
    file.write_text(FILE.format(body=body), encoding="utf-8")
    organ, told = BY_FUNCTION["rms_norm"], []
    mine = organs.rms_norm(function_of(organ, file))
    return Guard(organ, file, mine, told.append).fitted(mine, BOOK.rms_norm), told


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("return x / nothing", "NameError: name 'nothing' is not defined"),
        ("x *= 2; return x", "ValueError: output array is read-only"),
        ("raise SystemExit(3)", "SystemExit: 3"),
        ("return x[:, :2]", r"it returned shape \(\d, 2\), expected \(\d, 24\)"),
        ("return 'long'", "it returned str, expected an array"),
        ("return None", r"it returned (NoneType|shape \(\))"),
    ],
)
def test_a_part_that_fails_gives_way_to_the_book_s(
    tmp_path: Path, body: str, sentence: str
) -> None:
    watched, told = guard(tmp_path, body)
    np.testing.assert_array_equal(logits(Parts(rms_norm=watched)), logits(BOOK))
    assert len(told) == 1
    line = ", line 5" if ": " in sentence else ""
    start = re.escape(f"normalization (rms_norm.py{line}): ")
    assert re.match(start + sentence, told[0]), told
    assert told[0].endswith("The book's part takes over.")


def test_a_part_that_prints_is_heard_once_and_does_not_tear_the_answer(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = "print('shape', x.shape); return x / np.sqrt(np.mean(x**2) + eps) * gain"
    watched, told = guard(tmp_path, body)
    logits(Parts(rms_norm=watched))
    assert told == [] and capsys.readouterr().out == ""
    assert watched.printed.first_line == "shape (7, 24)"
    assert len(watched.printed.text) <= 80


def test_a_part_that_keeps_state_keeps_it_to_itself(tmp_path: Path) -> None:
    body = "rms_norm.n = getattr(rms_norm, 'n', 0) + 1; return x * rms_norm.n"
    one, two = guard(tmp_path, body)[0], guard(tmp_path, body)[0]
    first = logits(Parts(rms_norm=one))
    assert not np.array_equal(first, logits(Parts(rms_norm=one)))
    np.testing.assert_array_equal(first, logits(Parts(rms_norm=two)))


def test_time_spent_in_a_part_is_counted(tmp_path: Path) -> None:
    watched, _ = guard(tmp_path, "return x")
    logits(Parts(rms_norm=watched))
    assert watched.seconds > 0


def test_views_are_locked_and_the_arrays_are_not() -> None:
    array = np.ones(3)
    (view,) = locked(array)
    with pytest.raises(ValueError, match="read-only"):
        view[0] = 2
    array[0] = 2
    assert view[0] == 2
    with pytest.raises(WrongResult, match=r"shape \(2,\), expected \(3,\)"):
        like([1, 2], array, float)


# ---- which answers are parts


def put(folder: Path, organ: Organ, text: str | None = None) -> Path:
    """Write an answer, the solution unless told otherwise, into a reader's folder."""
    (source,) = EXERCISES.glob(f"*/{organ.exercise}/solution.py")
    folder.mkdir(exist_ok=True)
    file = folder / f"{organ.short}.py"
    file.write_text(text or source.read_text(encoding="utf-8"), encoding="utf-8")
    return file


def test_answers_that_pass_are_parts_and_the_others_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    put(folder, BY_FUNCTION["softmax"])
    wrong = "import numpy as np\n\ndef rms_norm(x, gain, eps):\n    return x\n"
    put(folder, BY_FUNCTION["rms_norm"], wrong)
    with my_parts(Work(folder), EXERCISES, TALKING) as mine:
        assert list(mine.files) == ["attention/softmax"]
        assert mine.files["attention/softmax"].is_file()
        assert [organ.function for organ in mine.failed] == ["rms_norm"]
        assert len(mine.absent) == len(ORGANS) - 2
    assert not mine.files["attention/softmax"].exists()
    said = "\n".join(cli.parts_of(mine, TALKING))
    assert f"1 of {len(ORGANS)} parts is yours: softmax." in said
    assert "The normalization does not pass yet: groundup check rms_norm" in said
    assert "Next could be the tokenizer: groundup start encode_word" in said


def test_without_answers_no_part_is_yours(tmp_path: Path) -> None:
    with my_parts(Work(tmp_path / "work"), EXERCISES, TALKING) as mine:
        assert mine.files == {} and len(mine.absent) == len(ORGANS)
    assert (
        cli.parts_of(mine, TALKING)[0] == f"0 of {len(ORGANS)} parts are yours so far."
    )
    assert not (tmp_path / "work").exists()


def test_a_pass_is_kept_for_the_same_content_and_only_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, graded = tmp_path / "work", []
    file = put(folder, BY_FUNCTION["softmax"])
    with my_parts(Work(folder), EXERCISES, TALKING) as mine:
        assert mine.files

    class Fails:
        passed = False

    def refuse(exercise: Any, file: Path) -> type[Fails]:
        graded.append(exercise.id)
        return Fails

    monkeypatch.setattr("groundup.machine.mine.grade", refuse)
    with my_parts(Work(folder), EXERCISES, TALKING) as mine:
        assert mine.files and graded == []
    file.write_text(file.read_text(encoding="utf-8") + "\n# changed\n")
    with my_parts(Work(folder), EXERCISES, TALKING) as mine:
        assert not mine.files and graded == ["softmax"]
    (folder / KEPT).write_text("damaged")
    with my_parts(Work(folder), EXERCISES, TALKING) as mine:
        assert not mine.files and graded == ["softmax"] * 2


# ---- wrong answers on purpose


def test_what_was_heard_is_about_the_wrong_answers_there_are() -> None:
    there = {
        f"{organ.short}/{wrong.name}"
        for organ in ORGANS
        for wrong in wrongs.find(organ.exercise, EXERCISES).wrong
    }
    assert set(wrongs.heard()) == there
    assert any(one.listen for one in wrongs.heard().values())
    for one in wrongs.heard().values():
        assert one.heard or not one.listen, one.name
        draws = one.name.startswith("nucleus")
        assert one.heard or draws or one.words == wrongs.right(), one.name


def test_a_list_has_what_is_worth_hearing_and_what_is_not() -> None:
    lines = list(wrongs.listed())
    assert len(lines) > len(wrongs.heard())
    assert lines[0] == "Worth hearing:"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("softmax/nothing", "softmax has no wrong answer 'nothing'; it has"),
        ("gradient/downhill", "gradient is no part of the machine; these are: enc"),
        ("softmax", "is no part of the machine"),
    ],
)
def test_a_name_of_no_wrong_answer_is_refused_in_words(name: str, message: str) -> None:
    with pytest.raises(LearnerError, match=message):
        wrongs.machine(name, print)


# ---- the drawing


def test_the_machine_is_drawn_with_its_parts_lit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GROUNDUP_EXERCISES", str(EXERCISES))
    put(tmp_path / "work", BY_FUNCTION["softmax"])
    work = Work(tmp_path / "work")
    for name in ("attention/softmax", "language_model/rms_norm"):
        work.entries[name] = Entry(passed="2026-01-01T00:00:00+00:00")
    work.save()
    remember(work.folder, ["language_model/rms_norm", "gpt/adamw"], [])
    shown = body()
    assert "2 of 9 parts are yours" in repr(shown)
    assert "■ softmax" in repr(shown) and "□ attention" in repr(shown)
    states = dict(
        re.findall(r'data-part="([^"]+)" data-state="(\w+)"', shown._repr_html_())
    )
    assert states["attention/softmax"] == "mine"
    assert states["language_model/rms_norm"] == "broken"
    assert states["language_model/nucleus"] == "book"
    assert len(states) == len(ORGANS)
    remember(work.folder, [], ["language_model/rms_norm"])
    assert gave_way(work.folder) == {"gpt/adamw"}
    with pytest.raises(ValueError, match="the machines are chat, names; got 'cat'"):
        body("cat")


def test_every_part_of_every_machine_is_an_exercise_of_its_own() -> None:
    for machine in BODIES:
        exercises = [organ.exercise for organ in machine.organs]
        assert len(set(exercises)) == len(exercises)
        for organ in machine.organs:
            found = wrongs.find(organ.exercise, EXERCISES)
            assert organ.function in found.signatures
            assert (machine, organ) in list(becomes(found.name))
