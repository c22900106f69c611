"""The GPT: every gradient, PyTorch's steps, transformers' logits, and bad input."""

from __future__ import annotations

import math

import numpy as np
import pytest
from groundup import datasets
from groundup.foundations.calculus import numerical_gradient
from groundup.transformers import gpt
from groundup.transformers.gpt import GPT, Config, Plan
from groundup.transformers.gpt.training import decayed

TINY = Config(vocabulary=7, context=6, width=8, layers=2, heads=2)


def batch(config: Config, seed: int = 1, texts: int = 3) -> tuple[np.ndarray, ...]:
    """Return random ids and targets, some of which do not count."""
    rng = np.random.default_rng(seed)
    ids = rng.integers(config.vocabulary, size=(texts, config.context))
    targets = rng.integers(-1, config.vocabulary, size=ids.shape)
    return ids, targets


def lively(config: Config, seed: int = 0) -> GPT:
    """Return a model in double precision whose every parameter matters."""
    model = GPT(config, dtype=np.float64)
    model.flat[...] = np.random.default_rng(seed).normal(0, 0.5, model.flat.shape)
    return model


def test_every_gradient_is_that_of_finite_differences() -> None:
    model, (ids, targets) = lively(TINY), batch(TINY)
    model.loss(ids, targets)
    model.backward()
    found = model.flat_gradient.copy()

    def loss(weights: np.ndarray) -> float:
        model.flat[...] = weights
        return float(model.loss(ids, targets))

    expected = numerical_gradient(loss, model.flat.copy())
    np.testing.assert_allclose(found, expected, rtol=1e-6, atol=1e-9)
    assert np.abs(found).max() > 0.01


def test_every_gradient_is_pytorch_s() -> None:
    torch = pytest.importorskip("torch")
    from .gpt_peer import peer, turned

    model, (ids, targets) = lively(TINY), batch(TINY)
    value = model.loss(ids, targets)
    model.backward()
    other = peer(TINY, model.parameters, torch.float64)
    theirs = other(torch.tensor(ids), torch.tensor(targets))
    theirs.backward()
    assert value == pytest.approx(theirs.item(), rel=1e-13)
    gradients = {name: p.grad.numpy() for name, p in other.named_parameters()}
    assert gradients.keys() == model.gradients.keys()
    for name, found in model.gradients.items():
        wanted = gradients[name].T if turned(name) else gradients[name]
        np.testing.assert_allclose(found, wanted, rtol=1e-11, atol=1e-13, err_msg=name)


@pytest.mark.parametrize("length", [1, 3, 6])
def test_logits_are_those_of_gpt2_in_transformers(length: int) -> None:
    torch = pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from .gpt_peer import gpt2

    config = Config(vocabulary=50, context=6, width=32, layers=3, heads=4)
    model = GPT(config, seed=2)
    rng = np.random.default_rng(3)
    model.flat += rng.normal(0, 0.1, model.flat.shape).astype(np.float32)
    ids = rng.integers(50, size=(2, length))
    with torch.no_grad():
        theirs = gpt2(config, model.parameters)(torch.tensor(ids)).logits.numpy()
    np.testing.assert_allclose(model.logits(ids), theirs, rtol=0, atol=1e-5)
    assert np.abs(theirs).max() > 1


def test_the_way_back_begins_at_any_gradient_by_the_logits() -> None:
    model, (ids, targets) = lively(TINY), batch(TINY)
    model.loss(ids, targets)
    model.backward()
    expected = model.flat_gradient.copy()
    d_logits = gpt.cross_entropy_backward(model.loss_cache)
    model.backward(3 * d_logits)
    np.testing.assert_allclose(model.flat_gradient, 3 * expected, atol=1e-13)
    model.backward(0 * d_logits)
    assert not model.flat_gradient.any()


def test_positions_that_a_short_text_lacks_get_no_gradient() -> None:
    model, (ids, targets) = lively(TINY), batch(TINY)
    for length in (6, 4):  # what the longer text left behind must not stay
        model.loss(ids[:, :length], targets[:, :length])
        model.backward()
    positions = model.gradients["wpe.weight"]
    assert np.all(positions[4:] == 0) and np.all(positions[:4].any(axis=1))


def test_the_losses_of_training_are_pytorch_s_to_three_decimals() -> None:
    torch = pytest.importorskip("torch")
    from .gpt_peer import losses

    torch.set_num_threads(1)
    plan = Plan(steps=60, batch=16, warmup=10, decay=0.1)
    ids, targets = gpt.table(datasets.names(), 12)
    config = Config(vocabulary=27, context=12, width=32, layers=2, heads=4)
    model = GPT(config)
    theirs = losses(config, model.parameters, ids, targets, plan)
    ours = gpt.train(model, ids, targets, plan)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=5e-4)
    assert ours[-5:].mean() < ours[0] - 0.5


def test_adamw_steps_as_pytorch_does() -> None:
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(4)
    start = rng.normal(size=20)
    flat, peer = start.copy(), torch.tensor(start, requires_grad=True)
    ours = gpt.AdamW(flat, np.ones(20), decay=0.3)
    theirs = torch.optim.AdamW([peer], betas=(0.9, 0.99), weight_decay=0.3)
    for step in range(5):
        gradient = rng.normal(size=20) * 10.0 ** rng.integers(-6, 3, size=20)
        ours.step(gradient, 0.01 * (step + 1))
        theirs.param_groups[0]["lr"] = 0.01 * (step + 1)
        peer.grad = torch.tensor(gradient)
        theirs.step()
        np.testing.assert_allclose(flat, peer.detach().numpy(), rtol=1e-12)


def test_biases_and_norms_do_not_decay() -> None:
    model = GPT(TINY)
    factors = gpt.model.views(decayed(model), TINY)
    for name, part in factors.items():
        assert set(part.ravel()) == {float(part.ndim > 1)}, name


def test_no_position_sees_what_comes_later() -> None:
    model, (ids, _) = lively(TINY), batch(TINY)
    before = model.logits(ids)
    changed = ids.copy()
    changed[:, 3:] = (changed[:, 3:] + 1) % 7
    after = model.logits(changed)
    np.testing.assert_array_equal(before[:, :3], after[:, :3])
    assert np.all(np.abs(before - after)[:, 3:].max(axis=-1) > 1e-6)


def test_texts_of_a_batch_do_not_see_each_other() -> None:
    model, (ids, _) = lively(TINY), batch(TINY)
    alone = np.concatenate([model.logits(text[None]) for text in ids])
    np.testing.assert_allclose(model.logits(ids), alone, rtol=1e-12, atol=1e-12)


def test_it_begins_by_knowing_nothing_but_the_letter_it_sees() -> None:
    ids, targets = gpt.table(datasets.names()[:200], 12)
    config = Config(vocabulary=27, context=12, width=64, layers=4, heads=4)
    model = GPT(config)
    assert math.log(27) < model.loss(ids, targets) < math.log(27) + 0.15
    # The table that reads also scores: each token speaks for itself.
    assert np.mean(model.logits(ids).argmax(axis=-1) == ids) > 0.9
    model.parameters["wte.weight"][...] = 0
    assert model.loss(ids, targets) == pytest.approx(math.log(27), rel=1e-6)


def test_the_stream_keeps_its_spread_however_deep_the_model() -> None:
    spreads = []
    for layers in (2, 32):
        model = GPT(Config(27, 12, 64, layers, 4), dtype=np.float64)
        for block in model.blocks(model.parameters):
            np.testing.assert_allclose(
                block["mlp.c_proj.weight"].std(),
                gpt.residual_std(layers),
                rtol=0.05,
            )
        ids = np.random.default_rng(0).integers(27, size=(8, 12))
        model.forward(ids)
        x = model.cache[1][-1].mlp_proj.x @ block["mlp.c_proj.weight"]
        spreads.append(x.std() * math.sqrt(layers))
    assert spreads[1] == pytest.approx(spreads[0], rel=0.2)


def test_the_count_of_parameters_is_that_of_the_arrays() -> None:
    for config in (TINY, Config(27, 12, 64, 4, 4)):
        assert GPT(config).flat.size == gpt.parameters(config)
    # The smallest GPT-2 has 124,439,808: published with its code.
    assert gpt.parameters(Config(50257, 1024, 768, 12, 12)) == 124_439_808


def test_a_few_names_are_learned_by_heart() -> None:
    names = ["anna", "bob", "carla", "dave"]
    ids, targets = gpt.table(names, 6)
    model = GPT(Config(27, 6, 16, 2, 2))
    plan = Plan(steps=150, batch=16, peak=1e-2, warmup=10, decay=0.0)
    gpt.train(model, ids, targets, plan)
    # Nobody knows with which of the four letters a name begins: ln 4 of 22 letters.
    least = 4 * math.log(4) / (targets >= 0).sum()
    assert model.loss(ids, targets) == pytest.approx(least, abs=0.02)
    rng = np.random.default_rng(0)
    assert {gpt.sample(model, rng, temperature=0.5) for _ in range(30)} == set(names)
    assert gpt.sample(model, rng, "ca", temperature=0.5) == "carla"


def test_training_twice_gives_the_same_losses() -> None:
    ids, targets = gpt.table(["anna", "bob"], 6)
    runs = [
        gpt.train(GPT(TINY_NAMES), ids, targets, Plan(steps=5, batch=2, warmup=2))
        for _ in range(2)
    ]
    np.testing.assert_array_equal(*runs)


TINY_NAMES = Config(27, 6, 8, 1, 2)


def test_names_become_rows_that_begin_and_end() -> None:
    ids, targets = gpt.table(["abz", "c"], 5)
    assert ids.tolist() == [[0, 1, 2, 26, 0], [0, 3, 0, 0, 0]]
    assert targets.tolist() == [[1, 2, 26, 0, -1], [3, 0, -1, -1, -1]]
    assert gpt.decode(gpt.encode("zoe")) == "zoe"


def test_the_learning_rate_rises_in_a_line_and_fades() -> None:
    rates = [gpt.learning_rate(s, 110, 0.5, 10) for s in range(111)]
    np.testing.assert_allclose(rates[:10], 0.05 * np.arange(1, 11), rtol=1e-14)
    assert rates[10] == 0.5 and rates[60] == pytest.approx(0.25)
    assert rates[110] == pytest.approx(0, abs=1e-15)
    assert all(b < a for a, b in zip(rates[10:], rates[11:], strict=False))


def test_weights_are_loaded_whole_or_not_at_all() -> None:
    model, other = GPT(TINY, seed=0), GPT(TINY, seed=1)
    model.load(other.parameters)
    np.testing.assert_array_equal(model.flat, other.flat)
    before = model.flat.copy()
    wrong = {name: a + 1 for name, a in other.parameters.items()}
    wrong["ln_f.bias"] = np.zeros(3)
    with pytest.raises(ValueError, match=r"ln_f.bias must have shape \(8,\), found"):
        model.load(wrong)
    with pytest.raises(ValueError, match="all parameters and no others; see .*wpe"):
        model.load({k: a for k, a in other.parameters.items() if k != "wpe.weight"})
    np.testing.assert_array_equal(model.flat, before)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Config(27, 12, 30, 2, 4), "30 features cannot be split into 4 heads"),
        (lambda: Config(27, 0, 32, 2, 4), "every size must be 1 or more"),
        (lambda: GPT(TINY).logits([1, 2]), r"shape \(B, T\), found int64 \(2,\)"),
        (lambda: GPT(TINY).logits([[0.5]]), "integers .*, found float64"),
        (lambda: GPT(TINY).logits([[1] * 7]), "context is 6 tokens, found 7"),
        (lambda: GPT(TINY).logits([[7]]), r"ids must lie in 0\.\.6"),
        (lambda: GPT(TINY).loss([[1]], [[-1]]), "no target counts"),
        (lambda: GPT(TINY).loss([[1]], [[7]]), r"targets must be -1 or in 0\.\.6"),
        (lambda: GPT(TINY).loss([[1]], [[1, 2]]), r"targets \(n,\), found"),
        (lambda: gpt.table(["anna"], 4), "'anna' needs a context of 5"),
        (lambda: gpt.encode("Zoë"), "'Zoë' has other signs than a to z"),
        (
            lambda: gpt.sample(GPT(TINY), np.random.default_rng(), temperature=0),
            "temperature must be positive, found 0",
        ),
        (
            lambda: gpt.sample(GPT(TINY_NAMES), np.random.default_rng(), "annabel"),
            "context is 6 tokens",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(call: object, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()  # type: ignore[operator]
