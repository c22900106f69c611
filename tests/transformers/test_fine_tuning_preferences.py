"""DPO on a small GPT: loss, gradient, and how far the model goes from its reference."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from groundup.foundations.calculus import check_gradient
from groundup.transformers import fine_tuning as ft
from groundup.transformers.fine_tuning import preferences
from groundup.transformers.gpt import GPT, Config, Plan, table, train

SMALL = Config(vocabulary=27, context=6, width=8, layers=2, heads=2)
SOME = ft.Pairs(["anna", "eva", "a"], ["bob", "carl", "ida"])


TINY = Config(vocabulary=27, context=6, width=4, layers=1, heads=2)


def lively(seed: int, config: Config = SMALL) -> GPT:
    """Return a model in double precision whose every parameter matters."""
    model = GPT(config, dtype=np.float64)
    model.flat[...] = np.random.default_rng(seed).normal(0, 0.3, model.flat.shape)
    return model


@pytest.mark.parametrize("beta", [0.1, 1.0, 5.0])
def test_the_gradient_is_that_of_finite_differences(beta: float) -> None:
    dpo = ft.Dpo(lively(0, TINY), lively(1, TINY), beta)

    def loss(flat: np.ndarray) -> float:
        dpo.model.flat[...] = flat
        return dpo.loss(SOME)

    def gradient(flat: np.ndarray) -> np.ndarray:
        loss(flat)
        dpo.backward()
        return dpo.model.flat_gradient.copy()

    before = dpo.reference.flat.copy()
    assert check_gradient(loss, gradient, dpo.model.flat.copy()) < 1e-6
    assert np.abs(dpo.model.flat_gradient).max() > 1e-3
    np.testing.assert_array_equal(dpo.reference.flat, before)


def test_loss_and_gradient_are_pytorch_s() -> None:
    torch = pytest.importorskip("torch")
    from .gpt_peer import peer, turned

    dpo = ft.Dpo(lively(0), lively(1), 0.7)
    value = dpo.loss(SOME)
    dpo.backward()
    ids, targets = (torch.tensor(a) for a in table([*SOME[0], *SOME[1]], 6))

    def log_p(model: GPT) -> tuple[object, object]:
        other = peer(SMALL, model.parameters, torch.float64)
        # The peer returns the mean of a text's targets: times their number, the sum.
        rows = [
            -other(i[None], t[None]) * (t >= 0).sum()
            for i, t in zip(ids, targets, strict=True)
        ]
        return torch.stack(rows), other

    now, other = log_p(dpo.model)
    before = log_p(dpo.reference)[0].detach()
    margin = 0.7 * ((now - before)[:3] - (now - before)[3:])
    loss = -torch.nn.functional.logsigmoid(margin).mean()
    loss.backward()
    assert value == pytest.approx(loss.item(), rel=1e-12)
    for name, p in other.named_parameters():
        expected = p.grad.numpy().T if turned(name) else p.grad.numpy()
        found = dpo.model.gradients[name]
        assert np.abs(found - expected).max() <= 1e-10 * max(1, np.abs(found).max())


@pytest.mark.parametrize("beta", [0.05, 0.3, 2.0])
def test_a_model_that_is_its_reference_cannot_tell_and_loses_ln_2(beta: float) -> None:
    value = ft.Dpo(lively(3), lively(3), beta).loss(SOME)
    assert value == pytest.approx(math.log(2), rel=1e-12)


def test_the_loss_by_hand() -> None:
    value, d_chosen = ft.dpo_loss([-3, -1], [-4, -1], [-3, -1], [-3, -2], 0.5)
    # Margins 0.5·(1 − 0) and 0.5·(0 − 1): −ln σ of both, and −β σ(−margin)/2.
    sigmoid = [1 / (1 + math.exp(-m)) for m in (0.5, -0.5)]
    assert value == pytest.approx(-sum(map(math.log, sigmoid)) / 2, rel=1e-14)
    expected = [-0.5 * (1 - s) / 2 for s in sigmoid]
    np.testing.assert_allclose(d_chosen, expected, rtol=1e-14)


def test_margins_far_from_zero_stay_finite() -> None:
    with np.errstate(all="raise", under="ignore"):
        value, d_chosen = ft.dpo_loss([-1e4, 0], [0, -1e4], [0, 0], [0, 0], 1.0)
    assert value == 5000 and d_chosen.tolist() == [-0.5, 0]


def test_what_is_likelier_afterwards_is_the_chosen() -> None:
    dpo = ft.Dpo(lively(2), lively(2), 0.5)
    losses = ft.train_dpo(dpo, SOME, Plan(steps=20, batch=4, peak=1e-2, warmup=0))
    assert losses[-1] < losses[0]
    gains = [
        (
            preferences.of_names(dpo.model, side)
            - preferences.of_names(dpo.reference, side)
        )
        for side in SOME
    ]
    assert gains[0].mean() > gains[1].mean() + 1
    again = ft.Dpo(lively(2), lively(2), 0.5)
    plan = Plan(steps=20, batch=4, peak=1e-2, warmup=0)
    np.testing.assert_array_equal(ft.train_dpo(again, SOME, plan), losses)


def test_scores_far_apart_have_probabilities_that_are_finite() -> None:
    logits = np.array([[0.0, 1e4], [-1e4, -1e4], [3e4, 3e4]])
    with np.errstate(all="raise", under="ignore"):
        found, every = preferences.log_probabilities(logits, np.array([[0], [1], [0]]))
    np.testing.assert_allclose(found, [-1e4, -np.log(2), -np.log(2)], rtol=1e-15)
    assert every[0].tolist() == [-1e4, 0]


def test_ln_p_of_a_name_is_the_sum_over_its_letters_and_its_end() -> None:
    model, (ids, targets) = lively(0), table(["ab"], 6)
    found = preferences.of_names(model, ["ab"])
    counted = (targets >= 0).sum()
    assert counted == 3
    assert found[0] == pytest.approx(-model.loss(ids, targets) * counted, rel=1e-12)


def test_all_names_of_a_short_context_have_probability_one() -> None:
    model = GPT(Config(27, 3, 8, 1, 2), dtype=np.float64)
    model.flat[...] = np.random.default_rng(0).normal(0, 0.5, model.flat.shape)
    letters = "abcdefghijklmnopqrstuvwxyz"
    ended = ["", *letters]
    total = np.exp(preferences.of_names(model, ended)).sum()
    # The others have two letters; that they end there adds to no name.
    logits = model.logits([[0, i, j] for i in range(1, 27) for j in range(1, 27)])
    two = logits - np.log(np.exp(logits).sum(axis=-1, keepdims=True))
    pairs = [(i, j) for i in range(1, 27) for j in range(1, 27)]
    rest = sum(math.exp(two[n, 0, i] + two[n, 1, j]) for n, (i, j) in enumerate(pairs))
    assert total + rest == pytest.approx(1, rel=1e-12)


def test_names_are_drawn_as_the_model_gives_them() -> None:
    ids, targets = table(["anna", "bob", "bob", "eva"], 6)
    model = GPT(Config(27, 6, 16, 2, 2))
    train(model, ids, targets, Plan(steps=120, batch=16, peak=1e-2, warmup=5))
    made = ft.sample_names(model, np.random.default_rng(0), 2000)
    likely = {n: math.exp(preferences.of_names(model, [n])[0]) for n in set(made)}
    for name in ("anna", "bob", "eva"):
        assert likely[name] > 0.15
        assert made.count(name) / 2000 == pytest.approx(likely[name], abs=0.04)
    again = ft.sample_names(model, np.random.default_rng(0), 2000)
    assert again == made


def test_kl_is_zero_at_the_start_and_the_exact_one_later() -> None:
    model = GPT(Config(27, 3, 8, 1, 2), dtype=np.float64)
    model.flat[...] = np.random.default_rng(0).normal(0, 0.5, model.flat.shape)
    other = GPT(model.config, dtype=np.float64)
    other.flat[...] = model.flat
    dpo, rng = ft.Dpo(model, other, 1.0), np.random.default_rng(0)
    assert ft.judge(dpo, lambda name: True, ["a"], rng).kl == 0
    other.flat[...] += np.random.default_rng(1).normal(0, 0.2, model.flat.shape)
    ended = ["", *"abcdefghijklmnopqrstuvwxyz"]
    p, q = (preferences.of_names(m, ended) for m in (model, other))
    exact = (np.exp(p) @ (p - q)) / np.exp(p).sum()
    drawn = [n for n in ft.sample_names(model, rng, 40_000) if len(n) < 2]
    assert ft.kl_divergence(dpo, drawn) == pytest.approx(exact, abs=0.05)
    assert math.isnan(ft.kl_divergence(dpo, []))


def test_a_judgment_says_what_was_made() -> None:
    dpo = ft.Dpo(lively(0), lively(1), 1.0)
    made = ft.sample_names(dpo.model, np.random.default_rng(4), 50)
    found = ft.judge(
        dpo, lambda n: len(n) > 3, ["anna", "bo"], np.random.default_rng(4), 50
    )
    assert found.preferred == np.mean([len(n) > 3 for n in made])
    assert 0 < found.preferred < 1
    assert found.distinct == len(set(made)) / 50
    assert found.kl == ft.kl_divergence(dpo, [n for n in made if len(n) < 5])
    assert found.real == preferences.of_names(dpo.model, ["anna", "bo"]).mean()


def test_a_judgment_is_of_300_names_unless_another_number_is_said() -> None:
    dpo = ft.Dpo(lively(0), lively(1), 1.0)
    one, same = (
        ft.judge(dpo, lambda n: len(n) > 3, ["bo"], np.random.default_rng(4), *n)
        for n in ((), (300,))
    )
    assert one == same


def test_training_lets_weights_decay_as_its_plan_says() -> None:
    lengths = []
    for decay in (0.0, 5.0):
        dpo = ft.Dpo(lively(2), lively(2), 0.5)
        plan = Plan(steps=5, batch=4, peak=1e-2, warmup=0, decay=decay)
        ft.train_dpo(dpo, SOME, plan)
        lengths.append(np.linalg.norm(dpo.model.flat))
    assert lengths[1] < 0.95 * lengths[0]
    assert ft.DPO_PLAN.decay == 0


def test_pairs_hold_one_of_each_kind() -> None:
    names = ["anna", "eva", "bob", "carl"]
    drawn = ft.pairs(names, lambda n: n.endswith("a"), np.random.default_rng(0), 40)
    assert len(drawn.chosen) == len(drawn.rejected) == 40
    assert set(drawn.chosen) == {"anna", "eva"}
    assert set(drawn.rejected) == {"bob", "carl"}


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ft.dpo_loss([0], [0], [0], [0], 0), "beta must be .* found 0"),
        (lambda: ft.dpo_loss([0], [0], [0], [0], math.inf), "beta must be .* inf"),
        (
            lambda: ft.pairs(["a"], str.isalpha, np.random.default_rng(), 1),
            "some names must be preferred and some not, found 1 and 0",
        ),
        (
            lambda: ft.pairs(["1"], str.isalpha, np.random.default_rng(), 1),
            "some names must be preferred and some not, found 0 and 1",
        ),
        (
            lambda: ft.Dpo(lively(0), GPT(Config(27, 7, 8, 2, 2)), 1),
            "must have the same sizes, found .*context=6.*context=7",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
