"""LoRA by hand: gradients, packed texts, peft's numbers, and bad input."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
from groundup.foundations.calculus import check_gradient
from groundup.pretrained.smollm2 import Config
from groundup.pretrained.smollm2 import shapes as weight_shapes
from groundup.transformers import fine_tuning as ft
from groundup.transformers import tokenization
from groundup.transformers.fine_tuning import Example, Lora, LoraConfig, Rows
from groundup.transformers.language_model import LanguageModel

TINY = Config(
    layers=2, width=12, heads=6, kv_heads=2, hidden=10, vocabulary=17, theta=100.0
)
SEVEN = LoraConfig(rank=2, alpha=3, matrices=ft.MATRICES)
EXAMPLES = [
    Example.answer([3, 1, 4], [1, 5]),
    Example.answer([9, 2], [6, 5, 3, 2]),
    Example.answer([7, 7, 7, 8], [16]),
    Example.answer([2], [2, 2]),
]
PAD = 2


def tiny(
    dtype: type = np.float64, config: Config = TINY, seed: int = 0
) -> LanguageModel:
    """Return a small model whose every weight matters."""
    rng = np.random.default_rng(0)
    found = {}
    for name, shape in weight_shapes(config).items():
        array = rng.normal(size=shape) * (0.4 if len(shape) > 1 else 1)
        found[name] = array.astype(dtype)
    return LanguageModel(config, found)


def lively(
    config: LoraConfig = SEVEN, model: LanguageModel | None = None, spread: float = 0.3
) -> Lora:
    """Return adapters, A and B, whose every entry matters."""
    lora = Lora(tiny() if model is None else model, config)
    rng = np.random.default_rng(5)
    lora.flat[...] = rng.normal(0, spread, lora.flat.shape)
    return lora


# ---- the gradient


def loss_of(lora: Lora, rows: Rows) -> Callable[[np.ndarray], float]:
    """Return the loss as a function of all adapters, in one array."""

    def loss(flat: np.ndarray) -> float:
        lora.flat[...] = flat
        return lora.loss(rows)

    return loss


def gradient_of(lora: Lora, rows: Rows) -> Callable[[np.ndarray], np.ndarray]:
    """Return the gradient by hand as a function of all adapters."""

    def gradient(flat: np.ndarray) -> np.ndarray:
        loss_of(lora, rows)(flat)
        lora.backward()
        return lora.flat_gradient.copy()

    return gradient


@pytest.mark.parametrize(
    "matrices", [*((m,) for m in ft.MATRICES), ("q", "v"), ft.MATRICES]
)
def test_every_gradient_is_that_of_finite_differences(
    matrices: tuple[str, ...],
) -> None:
    rows = ft.pack(EXAMPLES, 10, PAD)
    lora = lively(replace(SEVEN, matrices=matrices))
    start = lora.flat.copy()
    assert check_gradient(loss_of(lora, rows), gradient_of(lora, rows), start) < 1e-6
    for name, gradient in lora.gradients.items():
        assert np.abs(gradient).max() > 1e-4, name


@pytest.mark.parametrize("packed", [True, False])
def test_every_gradient_is_pytorch_s_through_peft(packed: bool) -> None:
    pytest.importorskip("peft")
    from . import fine_tuning_peer as theirs

    rows = ft.pack(EXAMPLES, 10, PAD) if packed else ft.pad_each(EXAMPLES, PAD)
    lora = lively(model=tiny(np.float32))
    value = lora.loss(rows)
    lora.backward()
    model = theirs.peer(lora)
    loss = theirs.loss(model, rows)
    loss.backward()
    assert value == pytest.approx(loss.item(), rel=1e-5)
    assert value == pytest.approx(
        theirs.loss(model, rows, where_counted=True).item(), rel=1e-5
    )
    gradients = theirs.gradients(model, lora)
    assert gradients.keys() == lora.gradients.keys()
    for name, expected in gradients.items():
        found = lora.gradients[name]
        assert found.dtype == np.float32
        assert np.abs(found - expected).max() <= 1e-4 * np.abs(expected).max(), name


def test_at_the_start_nothing_is_changed_and_only_b_learns() -> None:
    model, rows = tiny(), ft.pad_each(EXAMPLES, PAD)
    lora = Lora(model, SEVEN)
    unchanged = lively(model=model, spread=0)
    np.testing.assert_array_equal(lora.logits(rows), unchanged.logits(rows))
    lora.loss(rows)
    lora.backward()
    for name, gradient in lora.gradients.items():
        assert np.any(gradient) == name.endswith("B"), name
        if name.endswith("A"):
            drawn = lora.parameters[name]
            size = 1 / np.sqrt(len(drawn))
            assert -size <= drawn.min() < -size / 2 and size / 2 < drawn.max() <= size


def test_seeds_draw_other_adapters_and_the_same_seed_the_same() -> None:
    one, again, other = (Lora(tiny(), SEVEN, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.flat, again.flat)
    assert np.any(one.flat != other.flat)
    np.testing.assert_array_equal(
        Lora(tiny(), SEVEN).flat, Lora(tiny(), SEVEN, seed=0).flat
    )


def test_a_single_token_is_read_and_none_is_refused() -> None:
    lora, rows = lively(), ft.pad_each([Example.answer([3], [2])], PAD)
    assert lora.logits(rows).shape == (1, 1, 17)
    assert lora.loss(rows) > 0
    with pytest.raises(ValueError, match="ids must be at least 1, found shape"):
        lora.logits(rows[:0])


def test_frozen_weights_are_never_written() -> None:
    model = tiny()
    for array in model.weights.values():
        array.flags.writeable = False
    lora = lively(model=model)
    lora.loss(ft.pad_each(EXAMPLES, PAD))
    lora.backward()
    lora.merged()


def test_each_backward_needs_a_loss_of_its_own() -> None:
    lora, rows = lively(), ft.pad_each(EXAMPLES, PAD)
    said = "backward needs a loss before it"
    with pytest.raises(ValueError, match=said):
        lora.backward()
    lora.loss(rows)
    lora.logits(rows[:1])  # looking at logits between the two does no harm
    lora.backward()
    with pytest.raises(ValueError, match=said):
        lora.backward()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_numbers_stay_in_the_precision_of_the_weights(dtype: type) -> None:
    lora, rows = lively(model=tiny(dtype)), ft.pad_each(EXAMPLES, PAD)
    assert lora.logits(rows).dtype == dtype
    lora.loss(rows)
    frame, caches, _, norm, entropy = lora.cache
    assert frame.cos.dtype == norm.x.dtype == entropy.probabilities.dtype == dtype
    for cache in caches:
        kept = (cache.attention.weights, cache.gated.sigmoid, cache.down.x)
        assert {a.dtype.type for a in kept} == {dtype}
    lora.backward()
    assert lora.flat.dtype == lora.flat_gradient.dtype == dtype
    assert {a.dtype.type for a in lora.merged().weights.values()} == {dtype}


# ---- the layers by themselves


@pytest.mark.parametrize("seed", range(3))
def test_layers_have_the_gradients_of_finite_differences(seed: int) -> None:
    rng = np.random.default_rng(seed)
    gain, d_y = rng.normal(size=(2, 6))[0], rng.normal(size=(4, 6))

    def norm(x: np.ndarray) -> float:
        return float(np.vdot(ft.rms_norm_forward(x, gain, 0.1)[0], d_y))

    def norm_gradient(x: np.ndarray) -> np.ndarray:
        return ft.rms_norm_backward(d_y, ft.rms_norm_forward(x, gain, 0.1)[1])

    def gated(x: np.ndarray) -> float:
        return float(np.vdot(ft.gated_forward(x)[0], d_y))

    def gated_gradient(x: np.ndarray) -> np.ndarray:
        return ft.gated_backward(d_y, ft.gated_forward(x)[1])

    x, wide = rng.normal(size=(4, 6)), 3 * rng.normal(size=(4, 12))
    assert check_gradient(norm, norm_gradient, x) < 1e-8
    assert check_gradient(gated, gated_gradient, wide) < 1e-8


def test_the_gate_is_finite_where_the_exponential_is_not() -> None:
    gate_up = np.array([[-1e4, 1e4, 1, 1]], np.float32)
    with np.errstate(all="raise", under="ignore"):
        y, cache = ft.gated_forward(gate_up)
        found = ft.gated_backward(np.ones_like(y), cache)
    np.testing.assert_array_equal(y, [[0, 1e4]])
    np.testing.assert_array_equal(found, [[0, 1, 0, 1e4]])


# ---- sizes, and merging


@pytest.mark.parametrize("matrices", [("q", "v"), ("down",), ft.MATRICES])
@pytest.mark.parametrize("rank", [1, 8])
def test_the_count_of_parameters_is_that_of_the_arrays(
    matrices: tuple[str, ...], rank: int
) -> None:
    config = LoraConfig(rank, 16, matrices)
    assert Lora(tiny(), config).flat.size == ft.parameters(TINY, config)
    held = sum(a * b for a, b in ft.shapes(Config(), config).values())
    assert ft.parameters(Config(), config) == held


def test_smollm2_learns_as_many_numbers_as_peft_says() -> None:
    assert ft.parameters(Config(), LoraConfig(8)) == 460_800
    assert ft.parameters(Config(), LoraConfig(8, 16, ft.MATRICES)) == 2_442_240


@pytest.mark.parametrize("matrices", [("q", "v"), ("k", "o", "up"), ft.MATRICES])
def test_merged_equals_unmerged_in_double_precision(matrices: tuple[str, ...]) -> None:
    lora = lively(replace(SEVEN, matrices=matrices))
    rows = ft.pad_each(EXAMPLES, PAD)
    plain = Lora(lora.merged(), LoraConfig())  # its B are zero
    found, before = plain.logits(rows), Lora(lora.model, LoraConfig()).logits(rows)
    assert np.abs(found - lora.logits(rows)).max() < 1e-9
    assert np.abs(found - before).max() > 0.1


def test_a_merged_model_shares_what_is_not_adapted_and_keeps_what_is_apart() -> None:
    lora = lively(replace(SEVEN, matrices=("q", "v")))
    before = {name: array.copy() for name, array in lora.model.weights.items()}
    merged = lora.merged()
    for name, array in lora.model.weights.items():
        assert (merged.weights[name] is array) == (not name.endswith("qkv")), name
        np.testing.assert_array_equal(array, before[name])
    k = ft.places(TINY)["k"].columns
    np.testing.assert_array_equal(merged.weights["0.qkv"][:, k], before["0.qkv"][:, k])
    assert merged.parts is lora.model.parts


def test_in_single_precision_merged_lies_as_near_as_peft_s() -> None:
    pytest.importorskip("peft")
    import torch

    from . import fine_tuning_peer as theirs

    ids = np.random.default_rng(0).integers(17, size=(1, 12))
    rows = Rows(ids, ids, np.zeros_like(ids), np.arange(12)[None])
    wide = Config(3, 48, 6, 2, 96, 17, 100.0)
    lora = lively(model=tiny(np.float32, wide))
    ours = np.abs(lora.merged().logits(ids[0], keep=None) - lora.logits(rows)[0]).max()
    model = theirs.peer(lora).eval()
    with torch.inference_mode():
        apart = model(torch.tensor(ids)).logits
        model.merge_adapter()
        peft_s = (model(torch.tensor(ids)).logits - apart).abs().max().item()
    assert 0 < ours <= 2 * peft_s


@pytest.fixture(scope="module")
def real() -> LanguageModel:
    if os.environ.get("CI") != "true":
        pytest.importorskip("gguf")
        try:
            return LanguageModel.smollm2()
        except ModuleNotFoundError as error:
            pytest.skip(str(error))
    return LanguageModel.smollm2()


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Leave the other processors to the other tests."""
    torch = pytest.importorskip("torch")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_of_the_real_model_every_matrix_learns_as_peft_s(real: LanguageModel) -> None:
    pytest.importorskip("peft")
    import torch

    from . import fine_tuning_peer as theirs
    from .language_model_peer import PROMPTS

    rng = np.random.default_rng(0)
    examples = [
        Example.answer(*(rng.integers(3, 49152, n).tolist() for n in lengths))
        for lengths in ((9, 5), (4, 6), (7, 9))
    ]
    rows = ft.pack(examples, 24, PAD)
    lora = lively(LoraConfig(8, 16, ft.MATRICES), real, spread=0.01)
    value = lora.loss(rows)
    lora.backward()
    model = theirs.peer(lora).eval()
    loss = theirs.loss(model, rows, where_counted=True)
    loss.backward()
    assert value == pytest.approx(loss.item(), rel=1e-4)
    gradients = theirs.gradients(model, lora)
    assert len(gradients) == 2 * 7 * 30
    for name, expected in gradients.items():
        apart = np.abs(lora.gradients[name] - expected).max()
        assert apart <= 1e-4 * np.abs(expected).max(), name
    text = tokenization.load_smollm2().encode("\n".join(PROMPTS[:5]))
    single = ft.pad_each([Example.answer(text, [2])], PAD)
    ours = lora.merged().logits(text, keep=None) - lora.logits(single)[0]
    with torch.inference_mode():
        before = model(torch.tensor([text])).logits[0]
        model.merge_adapter()
        peft_s = (model(torch.tensor([text])).logits[0] - before).numpy()
    # How far the farthest of millions lie apart is luck; the one in the middle is not.
    assert 0 < np.median(np.abs(ours)) <= 2 * np.median(np.abs(peft_s))
    assert np.abs(ours).max() < 1e-3


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: LoraConfig(0), "the rank must be 1, 2, …, found 0"),
        (lambda: LoraConfig(1.5), "the rank must be 1, 2, …, found 1.5"),  # type: ignore[arg-type]
        (lambda: LoraConfig(8, 0), "alpha must be a positive number, found 0"),
        (lambda: LoraConfig(8, float("nan")), "alpha must be .*, found nan"),
        (lambda: LoraConfig(8, 16, ("q", "head")), "some of q, k, .* found .*head"),
        (lambda: LoraConfig(8, 16, ("q", "q")), "each once; found"),
        (lambda: LoraConfig(8, 16, ()), r"found \(\)"),
        (lambda: lively().load({}), r"all parameters and no others; see \['0.down.A"),
    ],
)
def test_adapters_that_cannot_be_are_refused(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_adapters_are_loaded_whole_or_not_at_all() -> None:
    one, other = Lora(tiny(), SEVEN, seed=1), lively()
    before = one.flat.copy()
    wrong = {**other.parameters, "1.up.B": np.zeros((2, 3))}
    with pytest.raises(ValueError, match=r"1.up.B must have shape \(2, 10\), found"):
        one.load(wrong)
    np.testing.assert_array_equal(one.flat, before)
    one.load(other.parameters)
    np.testing.assert_array_equal(one.flat, other.flat)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"ids": np.full((4, 5), 17)}, r"ids must lie in 0\.\.16, found 17"),
        ({"targets": np.full((4, 5), -1)}, "no target counts"),
        ({"targets": np.full((4, 5), 17)}, r"targets must be -1 or in 0\.\.16"),
        ({"targets": np.zeros((4, 4))}, r"expected four arrays \(B, T\), found .*4, 4"),
    ],
)
def test_rows_that_make_no_sense_are_refused(
    changed: dict[str, np.ndarray], message: str
) -> None:
    rows = ft.pad_each(EXAMPLES, PAD)
    with pytest.raises(ValueError, match=message):
        lively().loss(replace(rows, **changed))


# ---- texts to learn from


def test_the_answer_is_learned_with_its_end_mark_and_the_prompt_only_if_asked() -> None:
    one = Example.answer([5, 6, 7], [8, 9, 2])
    assert one.ids == (5, 6, 7, 8, 9)
    assert one.targets == (-1, -1, 8, 9, 2)
    both = Example.answer([5, 6, 7], [8, 9, 2], on_prompt=True)
    assert both.ids == one.ids and both.targets == (6, 7, 8, 9, 2)
    for prompt, answer in (([], [1]), ([1], [])):
        with pytest.raises(ValueError, match="must have a token each, found"):
            Example.answer(prompt, answer)


def test_packed_rows_hold_each_text_where_first_there_is_room() -> None:
    rows = ft.pack(EXAMPLES, 7, PAD)
    assert rows.ids.tolist() == [
        [3, 1, 4, 1, 2, 2, 2],
        [9, 2, 6, 5, 3, 2, 2],
        [7, 7, 7, 8, 2, 2, 2],
    ]
    assert rows.targets.tolist() == [
        [-1, -1, 1, 5, 2, 2, -1],
        [-1, 6, 5, 3, 2, -1, -1],
        [-1, -1, -1, 16, -1, -1, -1],
    ]
    assert rows.documents.tolist() == [
        [0, 0, 0, 0, 1, 1, -1],
        [0, 0, 0, 0, 0, -1, -1],
        [0, 0, 0, 0, -1, -1, -1],
    ]
    assert rows.positions.tolist() == [
        [0, 1, 2, 3, 0, 1, 0],
        [0, 1, 2, 3, 4, 0, 0],
        [0, 1, 2, 3, 0, 0, 0],
    ]
    assert rows.filled == 15 / 21
    assert len(rows) == 3 and rows[[2, 0]].ids.tolist() == rows.ids[[2, 0]].tolist()
    assert rows.mask[0, 5].tolist() == [False] * 4 + [True, True, False]


def test_a_row_may_be_filled_to_its_last_place() -> None:
    rows = ft.pack(EXAMPLES, 6, PAD)
    assert rows.documents.tolist() == [
        [0, 0, 0, 0, 1, 1],
        [0, 0, 0, 0, 0, -1],
        [0, 0, 0, 0, -1, -1],
    ]


def alone(lora: Lora) -> tuple[float, np.ndarray]:
    """Return loss and gradient of the texts, each read alone, by tokens that count."""
    total, gradient, counted = 0.0, np.zeros_like(lora.flat), 0
    for example in EXAMPLES:
        rows = ft.pad_each([example], PAD)
        n = int((rows.targets >= 0).sum())
        total += n * lora.loss(rows)
        lora.backward()
        gradient += n * lora.flat_gradient
        counted += n
    return total / counted, gradient / counted


@pytest.mark.parametrize("length", [5, 7, 10, 15, 40])
def test_the_loss_of_packed_rows_is_that_of_the_texts_alone(length: int) -> None:
    lora, rows = lively(), ft.pack(EXAMPLES, length, PAD)
    value, gradient = alone(lora)
    assert lora.loss(rows) == pytest.approx(value, rel=1e-12)
    lora.backward()
    np.testing.assert_allclose(lora.flat_gradient, gradient, atol=1e-12)
    # Turned by differences of positions alone, tokens need not begin anew at 0.
    through = replace(rows, positions=np.tile(np.arange(length), (len(rows), 1)))
    assert lora.loss(through) == pytest.approx(value, rel=1e-9)
    # But whoever sees the text before answers otherwise.
    if rows.documents.max() > 0:
        open_ = replace(rows, documents=np.zeros_like(rows.documents))
        assert abs(lora.loss(open_) - value) > 1e-3


def test_what_the_pad_is_does_not_matter() -> None:
    lora = lively()
    values = [lora.loss(ft.pack(EXAMPLES, 9, pad)) for pad in (0, 2, 16)]
    assert values[0] == values[1] == values[2]


def test_end_marks_lost_with_the_padding_leave_the_other_targets() -> None:
    rows = ft.pad_each([Example.answer([5, 6], [7, 8, PAD])], PAD)
    lost = replace(rows, targets=np.where(rows.targets == PAD, -1, rows.targets))
    assert lost.targets.tolist() == [[-1, 7, 8, -1]]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ft.pack(EXAMPLES, 4, PAD), "example 1 has 5 tokens; a row holds 4"),
        (lambda: ft.pack([], 4, PAD), "expected an example or more, found none"),
        (lambda: ft.pad_each([], PAD), "expected an example or more, found none"),
    ],
)
def test_texts_that_fit_nowhere_are_refused(
    call: Callable[[], object], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        call()
