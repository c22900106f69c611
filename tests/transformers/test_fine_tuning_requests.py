"""Requests and scores: nothing is seen twice, and each answer counts as it should."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest
from groundup.datasets import landmarks
from groundup.transformers import fine_tuning as ft
from groundup.transformers.fine_tuning import factbook as made
from groundup.transformers.gpt import Plan

from .test_fine_tuning import EXAMPLES, PAD, lively

STATS = pytest.importorskip("scipy.stats")
FIELDS = {
    "country": "Norway",
    "capital": "Oslo",
    "area_km2": 323_802,
    "highest_point": None,
    "height_m": None,
}


def test_the_three_parts_share_no_country_and_no_pattern() -> None:
    parts = ft.requests()
    assert [len(part) for part in parts] == [198, 30, 60]
    named = [{r.fields["country"] for r in part} for part in parts]
    assert [len(names) for names in named] == [99, 30, 60]
    assert len(set.union(*named)) == 189 == len(landmarks())
    patterns = [made.TRAINING, made.CHOOSING, made.TESTING]
    assert len({p for part in patterns for p in part}) == sum(map(len, patterns))
    # Whoever takes the names and numbers out of a text has one of its part's patterns.
    for part, known in zip(parts, patterns, strict=True):
        texts = {
            made.request(p, pattern).text for p in landmarks() for pattern in known
        }
        assert {r.text for r in part} <= texts
        told = {tuple(v is None for v in r.fields.values()) for r in part}
        assert len(told) >= 3  # what is left unsaid differs


def test_a_request_says_what_its_text_says_and_nothing_else() -> None:
    for r in [r for part in ft.requests(seed=3) for r in part]:
        assert list(r.fields) == list(made.KEYS)
        assert json.loads(r.answer) == r.fields
        assert "{" not in r.text and "None" not in r.text
        for value in r.fields.values():
            shown = f"{value:,}" if isinstance(value, int) else value
            assert value is None or shown in r.text
        assert 2 <= sum(v is not None for v in r.fields.values()) <= 5


def test_a_seed_gives_the_same_requests_and_another_one_others() -> None:
    assert ft.requests(1) == ft.requests(1)
    one, other = ft.requests(1), ft.requests(2)
    assert {r.text for r in one.testing} != {r.text for r in other.testing}


def test_the_seed_is_0_unless_another_is_said() -> None:
    assert ft.requests() == ft.requests(0)


@pytest.mark.parametrize(("choosing", "testing"), [(1, 1), (1, 187), (187, 1)])
def test_each_part_has_at_least_one_country(choosing: int, testing: int) -> None:
    parts = ft.requests(choosing=choosing, testing=testing, each=1)
    assert [len(part) for part in parts] == [
        189 - choosing - testing,
        choosing,
        testing,
    ]


def test_letters_of_other_alphabets_stay_as_they_are_in_an_answer() -> None:
    fields = FIELDS | {"country": "Brazil", "capital": "Brasília"}
    assert '"capital": "Brasília"' in ft.Request("", fields).answer


@pytest.mark.parametrize("each", [1, 3, 24])
def test_each_country_of_training_is_told_of_in_other_patterns(each: int) -> None:
    training = ft.requests(each=each).training
    assert len({r.text for r in training}) == len(training) == 99 * each


class Words:
    """A tokenizer of signs; the end mark is 2."""

    eos_id = 2

    def encode(self, text: str) -> list[int]:
        return [3 + ord(sign) for sign in text]

    def decode(self, ids: Sequence[int]) -> str:
        return "".join(chr(i - 3) for i in ids)


def test_an_example_is_a_turn_of_the_user_and_the_answer_with_its_end() -> None:
    words = Words()
    found = ft.example(words, "Hi", "Yo")
    asked = "<|im_start|>user\nHi<|im_end|>\n<|im_start|>assistant\n"
    assert words.decode(ft.prompt(words, "Hi")) == asked
    assert words.decode(found.ids) == asked + "Yo"
    assert found.targets == (*[-1] * (len(asked) - 1), *words.encode("Yo"), 2)


@pytest.mark.parametrize(
    ("answer", "counts"),
    [
        (json.dumps(FIELDS), (1, 1, 1)),
        (json.dumps(dict(reversed(FIELDS.items())), indent=1), (1, 1, 1)),
        (json.dumps(FIELDS | {"capital": "Bergen"}), (1, 1, 0)),
        (json.dumps(FIELDS | {"height_m": 0}), (1, 1, 0)),
        (json.dumps(FIELDS | {"area_km2": "323802"}), (1, 1, 0)),
        (json.dumps(FIELDS | {"more": 1}), (1, 0, 0)),
        (json.dumps({"country": "Norway"}), (1, 0, 0)),
        (json.dumps(list(FIELDS)), (1, 0, 0)),
        ("null", (1, 0, 0)),
        (json.dumps(FIELDS)[:-1] + ', "capital": "Oslo"}', (0, 0, 0)),
        (json.dumps(FIELDS) + " That is all.", (0, 0, 0)),
        (json.dumps(FIELDS)[:-1], (0, 0, 0)),
        (json.dumps(FIELDS | {"height_m": float("nan")}), (0, 0, 0)),
        ("[" * 100_000, (0, 0, 0)),
        ("", (0, 0, 0)),
    ],
)
def test_an_answer_counts_as_what_it_is(answer: str, counts: tuple[int, ...]) -> None:
    request = ft.Request("", FIELDS)
    assert ft.score([answer], [request]) == ft.Score(*counts, 1)
    both = ft.score([answer, json.dumps(FIELDS)], [request] * 2)
    assert both == ft.Score(*(n + 1 for n in counts), 2)


@pytest.mark.parametrize("n", [1, 7, 60])
def test_intervals_are_scipy_s(n: int) -> None:
    for k in range(n + 1):
        expected = STATS.binomtest(k, n).proportion_ci(0.95, method="wilson")
        found = ft.wilson_interval(k, n, 1.959963984540054)
        np.testing.assert_allclose(found, (expected.low, expected.high), atol=1e-12)
        assert 0 <= found[0] <= k / n <= found[1] <= 1
        np.testing.assert_allclose(ft.wilson_interval(k, n), found, atol=1e-4)


def test_a_score_has_an_interval_for_each_kind() -> None:
    score = ft.Score(60, 57, 42, 60)
    assert score.interval() == score.interval("exact") == ft.wilson_interval(42, 60)
    assert score.interval("valid") == ft.wilson_interval(60, 60)
    assert score.interval("keys") == ft.wilson_interval(57, 60)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ft.wilson_interval(3, 2), "found 3 of 2"),
        (lambda: ft.wilson_interval(-1, 2), "found -1 of 2"),
        (lambda: ft.wilson_interval(0, 0), "found 0 of 0"),
        (lambda: ft.wilson_interval(1, 2, 0), "z must be positive, found 0"),
        (lambda: ft.Score(1, 1, 1, 1).interval("good"), "valid, keys, exact, found"),
        (lambda: ft.score([], []), "found 0 and 0"),
        (lambda: ft.score(["{}"], []), "found 1 and 0"),
        (lambda: ft.requests(each=0), "each must be 1 to 24, found 0"),
        (lambda: ft.requests(each=25), "each must be 1 to 24, found 25"),
        (lambda: ft.requests(testing=159), "some of 189 countries, found 30 and 159"),
        (lambda: ft.requests(choosing=0), "found 0 and 60"),
        (
            lambda: ft.train(lively(), ft.pad_each(EXAMPLES[:3], PAD)),
            "a step takes 4 rows, found 3",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()


# ---- training

PLAN = Plan(steps=12, batch=2, peak=3e-2, warmup=2, decay=0.0)


def test_the_losses_of_training_are_peft_s_to_three_decimals() -> None:
    pytest.importorskip("peft")
    import torch
    from groundup.transformers.fine_tuning.training import batches
    from groundup.transformers.gpt import learning_rate

    from . import fine_tuning_peer as theirs
    from .test_fine_tuning import SEVEN, tiny

    rows = ft.pad_each(EXAMPLES, PAD)
    lora = ft.Lora(tiny(np.float32), SEVEN)
    model = theirs.peer(lora)
    learned = [p for p in model.parameters() if p.requires_grad]
    steps = torch.optim.AdamW(learned, lr=1.0, weight_decay=0.0)
    expected = []
    for step, chosen in zip(range(PLAN.steps), batches(4, PLAN), strict=False):
        for group in steps.param_groups:
            group["lr"] = learning_rate(step, PLAN.steps, PLAN.peak, PLAN.warmup)
        steps.zero_grad()
        loss = theirs.loss(model, rows[chosen])
        loss.backward()
        steps.step()
        expected.append(loss.item())
    told: list[tuple[int, float]] = []
    found = ft.train(lora, rows, PLAN, lambda *step: told.append(step))
    np.testing.assert_allclose(found, expected, atol=1e-3)
    assert found[-2:].sum() < 0.9 * found[:2].sum()  # the same four rows
    assert told == list(enumerate(found))


def test_every_row_comes_once_before_any_comes_again() -> None:
    from groundup.transformers.fine_tuning.training import batches

    plan = Plan(batch=4, seed=7)
    drawn = [row for _, b in zip(range(6), batches(8, plan), strict=False) for row in b]
    for epoch in np.split(np.array(drawn), 3):
        assert sorted(epoch) == list(range(8))
    assert drawn[:8] != drawn[8:16]


def test_training_twice_gives_the_same_losses() -> None:
    rows = ft.pad_each(EXAMPLES, PAD)
    runs = [ft.train(lively(), rows, PLAN) for _ in range(2)]
    np.testing.assert_array_equal(*runs)


def test_each_step_is_reported_with_its_loss() -> None:
    told: list[tuple[int, float]] = []
    rows = ft.pad_each(EXAMPLES, PAD)
    losses = ft.train(lively(), rows, PLAN, lambda *step: told.append(step))
    assert told == list(enumerate(losses))


def test_the_optimizer_is_adamw_with_its_own_betas_and_the_decay_of_the_plan() -> None:
    from groundup.transformers.gpt import AdamW

    plan, rows = replace(PLAN, decay=0.3), ft.pad_each(EXAMPLES, PAD)
    one, other = lively(), lively()
    betas = (0.9, 0.999)
    adamw = AdamW(other.flat, np.ones_like(other.flat), betas=betas, decay=0.3)
    np.testing.assert_array_equal(
        ft.train(one, rows, plan), ft.train(other, rows, plan, optimizer=adamw)
    )
    np.testing.assert_array_equal(one.flat, other.flat)


def test_another_optimizer_makes_the_steps_where_one_is_given() -> None:
    from groundup.transformers.gpt import learning_rate

    class Noted:
        """An optimizer that notes what it is given, and changes nothing."""

        def __init__(self) -> None:
            self.rates: list[float] = []

        def step(self, gradient: np.ndarray, rate: float) -> None:
            assert gradient is lora.flat_gradient and gradient.any()
            self.rates.append(rate)

    lora, noted = lively(), Noted()
    before = lora.flat.copy()
    ft.train(lora, ft.pad_each(EXAMPLES, PAD), PLAN, optimizer=noted)
    np.testing.assert_array_equal(lora.flat, before)
    assert noted.rates == [
        learning_rate(step, PLAN.steps, PLAN.peak, PLAN.warmup)
        for step in range(PLAN.steps)
    ]
