"""The language model beside transformers, with the same weights; rules; talk."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from groundup.pretrained.smollm2 import Config, shapes
from groundup.transformers import language_model as lm
from groundup.transformers import tokenization
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
from transformers.generation import logits_process as theirs  # noqa: E402

from .language_model_peer import PROMPTS, peer  # noqa: E402

SMALL = Config(
    layers=2, width=24, heads=6, kv_heads=2, hidden=40, vocabulary=50, theta=100.0
)


def weights(config: Config, seed: int = 0) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    found = {}
    for name, shape in shapes(config).items():
        array = rng.normal(size=shape) * (0.3 if len(shape) > 1 else 1)
        found[name] = array.astype(np.float32)
    return found


@pytest.fixture(scope="module", autouse=True)
def one_thread() -> Iterator[None]:
    """Leave the other processors to the other tests."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def small() -> lm.LanguageModel:
    return lm.LanguageModel(SMALL, weights(SMALL))


@pytest.fixture(scope="module")
def real() -> lm.LanguageModel:
    if os.environ.get("CI") != "true":
        pytest.importorskip("gguf")
        try:
            return lm.LanguageModel.smollm2()
        except ModuleNotFoundError as error:
            pytest.skip(str(error))
    return lm.LanguageModel.smollm2()


@pytest.fixture(scope="module")
def real_peer(real: lm.LanguageModel) -> Iterator[torch.nn.Module]:
    with torch.inference_mode():
        yield peer(real.config, real.weights)


@pytest.fixture(scope="module")
def tokenizer(real: lm.LanguageModel) -> tokenization.Tokenizer:
    return tokenization.load_smollm2()


# ---- the model, small, in detail


@pytest.mark.parametrize("length", [1, 2, 7, 33])
def test_small_models_give_transformers_logits(
    small: lm.LanguageModel, length: int
) -> None:
    ids = np.random.default_rng(length).integers(0, SMALL.vocabulary, length).tolist()
    with torch.inference_mode():
        expected = peer(SMALL, small.weights)(torch.tensor([ids])).logits[0].numpy()
    found = small.logits(ids, keep=None)
    assert found.dtype == np.float32
    assert np.abs(found - expected).max() <= 2e-5 * np.abs(expected).max()


@pytest.mark.parametrize(
    "name", ["norm", "1.qkv", "0.output", "1.feed_forward_norm", "0.gate_up", "0.down"]
)
def test_every_kind_of_weight_counts(small: lm.LanguageModel, name: str) -> None:
    other = {**small.weights, name: small.weights[name][..., ::-1]}
    changed = lm.LanguageModel(SMALL, other)
    assert np.abs(changed.logits([3, 1, 4]) - small.logits([3, 1, 4])).max() > 1e-3


@pytest.mark.parametrize("cuts", [[1], [5], [1, 2, 3], [4, 9], [10, 11]])
def test_reading_in_pieces_is_reading_at_once(
    small: lm.LanguageModel, cuts: list[int]
) -> None:
    ids = list(range(12))
    cache = lm.Cache(SMALL, room=2)  # has to grow
    pieces = np.split(ids, cuts)
    found = np.vstack([small.logits(piece, cache, keep=None) for piece in pieces])
    assert cache.length == 12
    np.testing.assert_allclose(found, small.logits(ids, keep=None), atol=1e-4)


def test_long_prompts_are_read_in_pieces_that_do_not_show(
    small: lm.LanguageModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = np.random.default_rng(0).integers(0, 50, 40).tolist()
    whole = small.logits(ids, keep=None)
    monkeypatch.setattr(lm.model, "PIECE", 7)
    monkeypatch.setattr(lm.model, "QUERIES", 3)
    np.testing.assert_allclose(small.logits(ids, keep=None), whole, atol=1e-4)


def test_later_tokens_change_nothing_before_them(small: lm.LanguageModel) -> None:
    ids = list(range(9))
    one, two = (small.logits([*ids, last], keep=None) for last in (1, 2))
    np.testing.assert_array_equal(one[:-1], two[:-1])
    assert np.abs(one[-1] - two[-1]).max() > 1e-3


@pytest.mark.parametrize("keep", [1, 3, None])
def test_only_the_logits_asked_for_are_computed(
    small: lm.LanguageModel, keep: int | None
) -> None:
    ids = list(range(8))
    whole = small.logits(ids, keep=None)
    assert whole.shape == (8, 50)
    found = small.logits(ids, keep=keep)
    np.testing.assert_allclose(found, whole[-(keep or 0) :], atol=1e-5)


def test_without_a_word_the_last_logits_are_returned(small: lm.LanguageModel) -> None:
    assert small.logits([1, 2, 3]).shape == (1, 50)


@pytest.mark.parametrize("ids", [[], [[1, 2]], [50], [-1], [-1, 3], [3, 50]])
def test_ids_that_are_no_tokens_are_refused(small: lm.LanguageModel, ids) -> None:
    said = r"ids must (be integers of shape \(T,\)|be at least 1|lie in 0\.\.49), found"
    with pytest.raises(ValueError, match=said):
        small.logits(ids)


def test_a_cache_has_room_for_256_tokens_and_doubles() -> None:
    assert lm.Cache(SMALL).table.shape[3] == 256
    cache = lm.Cache(SMALL, room=5)
    cache.length = 5
    cache.make_room(1)
    assert cache.table.shape[3] == 10
    cache.make_room(9)
    assert cache.table.shape[3] == 20
    cache.make_room(90)  # more than twice as many
    assert cache.table.shape[3] == 95


def test_attention_equals_torch_s_with_grouped_queries() -> None:
    rng = np.random.default_rng(5)
    q, k, v = rng.normal(size=(2, 3, 5, 8)), *rng.normal(size=(2, 2, 5, 8))
    expected = torch.nn.functional.scaled_dot_product_attention(
        torch.tensor(q).reshape(6, 5, 8),
        torch.tensor(k).repeat_interleave(3, 0),
        torch.tensor(v).repeat_interleave(3, 0),
        is_causal=True,
    )
    found = lm.attend(q, k, v).reshape(6, 5, 8)
    np.testing.assert_allclose(found, expected.numpy(), rtol=1e-12, atol=1e-14)


def test_silu_is_finite_where_the_exponential_is_not() -> None:
    z = np.array([-1e4, -90.0, 0.0, 90.0, 1e4], np.float32)
    with warnings.catch_warnings(action="error"):
        np.testing.assert_allclose(lm.silu(z), [0, 0, 0, 90, 1e4], atol=1e-30)


@pytest.mark.parametrize("weigh", [lm.softmax, lm.probabilities])
def test_rows_that_lie_far_apart_are_weighed_each_by_itself(
    weigh: Callable[..., Any],
) -> None:
    rows = np.array([[0.0, 0.0], [-2000.0, -2000.0], [3000.0, 0.0]])
    np.testing.assert_array_equal(weigh(rows), [[0.5, 0.5], [0.5, 0.5], [1, 0]])


def test_probabilities_are_double_whatever_the_logits() -> None:
    found = lm.probabilities(np.log(np.array([1, 2], np.float32)))
    assert found.dtype == np.float64
    assert found.sum() == pytest.approx(1, rel=1e-15)


def test_weights_are_not_copied(real: lm.LanguageModel) -> None:
    arrays = real.weights.values()
    assert not any(a.flags.writeable for a in arrays)
    spans = [np.lib.array_utils.byte_bounds(a) for a in arrays]
    start, end = min(low for low, _ in spans), max(high for _, high in spans)
    assert end - start == sum(a.nbytes for a in arrays)  # one stretch of one file


# ---- the real model


@pytest.mark.parametrize("text", range(4))
def test_logits_lie_within_2e_4_of_transformers(
    real: lm.LanguageModel, real_peer, tokenizer, text: int
) -> None:
    texts = ["\n".join(PROMPTS), *PROMPTS[3:6]]
    ids = tokenizer.encode(texts[text])
    expected = real_peer(torch.tensor([ids])).logits[0].numpy()
    assert np.abs(real.logits(ids, keep=None) - expected).max() <= 2e-4


def prompts_of(day: date) -> list[str]:
    """Return the prompts of a day: five others on each of four days, all in a week."""
    if os.environ.get("GROUNDUP_PROVE_ALL") == "1":
        return PROMPTS
    return PROMPTS[day.toordinal() % 4 :: 4]


def test_on_four_days_every_prompt_has_its_turn(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert len(PROMPTS) == len(set(PROMPTS)) == 20
    monkeypatch.delenv("GROUNDUP_PROVE_ALL", raising=False)
    days = [prompts_of(date(2026, 12, 30) + timedelta(days=n)) for n in range(4)]
    assert [len(day) for day in days] == [5] * 4
    assert set(sum(days, [])) == set(PROMPTS)
    monkeypatch.setenv("GROUNDUP_PROVE_ALL", "1")
    assert prompts_of(date(2026, 12, 30)) == PROMPTS


def test_greedy_text_is_transformers_on_50_tokens_after_each_prompt(
    real: lm.LanguageModel, real_peer, tokenizer
) -> None:
    """Each token has to be transformers' choice after the same tokens.

    Both being greedy, the two texts are then the same by induction; one reading of
    the whole text takes the place of 50 steps.
    """
    for prompt in prompts_of(date.today()):
        ids = tokenizer.encode(prompt)
        new = list(lm.generate(real, ids, 50))
        read = real_peer(torch.tensor([ids + new])).logits[0]
        assert read[len(ids) - 1 : -1].argmax(-1).tolist() == new, prompt


def test_greedy_text_is_what_transformers_generate_makes(
    real: lm.LanguageModel, real_peer, tokenizer
) -> None:
    ids = tokenizer.encode(PROMPTS[0])
    made = real_peer.generate(
        torch.tensor([ids]),
        attention_mask=torch.ones(1, len(ids), dtype=torch.int64),
        max_new_tokens=50,
        min_new_tokens=50,
        do_sample=False,
    )
    # `min_new_tokens` forbids the end of the text: so do we.
    expected = made[0, len(ids) :].tolist()
    new = list(lm.generate(real, ids, 50, choose=without(tokenizer.eos_id)))
    assert new == expected


def without(token: int):
    def choose(logits: np.ndarray) -> int:
        logits[token] = -np.inf
        return lm.greedy(logits)

    return choose


def test_a_conversation_reads_every_token_once_and_remembers(
    real: lm.LanguageModel, tokenizer
) -> None:
    talk = lm.Conversation(real, tokenizer)
    assert "Paris" in talk.say("What is the capital of France?")
    before = talk.cache.length
    assert before <= len(talk.ids)
    talk.say("And of Italy?", limit=12)
    whole = real.logits(talk.ids[: talk.cache.length])
    again = lm.Conversation(real, tokenizer)
    again.ids = list(talk.ids)
    fresh = real.logits(again.ids[: talk.cache.length], again.cache)
    np.testing.assert_allclose(fresh, whole, atol=1e-3)
    for piece in (talk.cache.table, again.cache.table):
        assert np.isfinite(piece[..., : talk.cache.length, :]).all()
    np.testing.assert_allclose(
        talk.cache.table[..., : talk.cache.length, :],
        again.cache.table[..., : talk.cache.length, :],
        atol=1e-2,
    )


class Letters:
    """A tokenizer of letters for the small model; the mark of an end is 0."""

    eos_id = 0

    def encode(self, text: str) -> list[int]:
        return [0 if c == "|" else 1 + ord(c) % 49 for c in text]

    def decode(self, ids: Sequence[int]) -> str:
        return " ".join(map(str, ids))


@pytest.mark.parametrize("after", [0, 1, 3, 40])
def test_a_stopped_answer_is_kept_as_far_as_it_came_and_the_talk_goes_on(
    small: lm.LanguageModel, after: int
) -> None:
    made: list[int] = []

    def stopped(logits: np.ndarray) -> int:
        if len(made) == after:
            raise KeyboardInterrupt
        made.append(7)
        return 7

    talk = lm.Conversation(small, Letters())
    begun = list(talk.ids)
    with pytest.raises(KeyboardInterrupt):
        talk.say("Tell me all.", limit=99, choose=stopped)
    frame = lm.chat.turn("user", "Tell me all.") + "<|im_start|>assistant\n"
    asked = begun + Letters().encode(frame)
    assert talk.ids == asked + [7] * after + Letters().encode("<|im_end|>\n")
    assert talk.cache.length <= len(talk.ids)
    answer = talk.say("And now?", limit=20)
    fresh = lm.Conversation(small, Letters())
    fresh.ids = talk.ids[: len(asked) + after + 11]
    assert fresh.say("And now?", limit=20) == answer


def test_an_answer_ends_before_the_mark_or_at_its_limit_a_hundred_tokens(
    small: lm.LanguageModel,
) -> None:
    planned = iter([7, 8, 0, 9])
    talk = lm.Conversation(small, Letters())
    assert talk.say("Two?", choose=lambda logits: next(planned)) == "7 8"
    assert talk.say("Many?", choose=lambda logits: 7) == " ".join(["7"] * 100)
    assert talk.say("Three?", limit=3, choose=lambda logits: 7) == "7 7 7"
    assert list(talk.answer("All?", choose=lambda logits: 7)) == [7] * 100


def test_an_interrupt_while_the_cache_grows_loses_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = lm.Cache(SMALL, room=2)
    cache.table[...], cache.length = 1, 2

    class Stopped(np.ndarray):
        def __setitem__(self, *_: object) -> None:
            raise KeyboardInterrupt

    empty = np.empty
    monkeypatch.setattr(np, "empty", lambda *a: empty(*a).view(Stopped))
    with pytest.raises(KeyboardInterrupt):
        cache.make_room(1)
    assert cache.table.shape[3] == 2 and (cache.table == 1).all()


def test_the_frame_of_a_conversation_is_the_published_template(tokenizer) -> None:
    jinja2 = pytest.importorskip("jinja2")
    from gguf import GGUFReader
    from groundup.pretrained.smollm2 import gguf_file

    template = GGUFReader(gguf_file()).fields["tokenizer.chat_template"].contents()
    messages = [
        {"role": "user", "content": "Hello"},
        {"role": "assistant", "content": "Hi."},
        {"role": "user", "content": "Bye"},
    ]
    text = jinja2.Template(template).render(
        messages=messages, add_generation_prompt=True
    )
    ours = lm.chat.turn("system", lm.chat.SYSTEM)
    ours += "".join(lm.chat.turn(m["role"], m["content"]) for m in messages)
    assert text == ours + "<|im_start|>assistant\n"


# ---- the rules, beside transformers' logits processors

LOGITS = hnp.arrays(
    np.float64,
    st.tuples(st.integers(1, 3), st.integers(1, 40)),
    # Spaced so that no two probabilities are closer than rounding.
    elements=st.integers(-4000, 4000).map(lambda n: n / 256),
)


def processed(processor, logits: np.ndarray) -> np.ndarray:
    return processor(None, torch.tensor(logits)).numpy()


@given(LOGITS, st.floats(0.05, 20))
def test_temperature_equals_transformers(logits, t: float) -> None:
    expected = processed(theirs.TemperatureLogitsWarper(t), logits)
    np.testing.assert_array_equal(lm.temperature(logits, t), expected)


@given(LOGITS, st.integers(1, 50))
def test_top_k_equals_transformers_ties_included(logits, k: int) -> None:
    expected = processed(theirs.TopKLogitsWarper(k), logits)
    np.testing.assert_array_equal(lm.top_k(logits, k), expected)


@given(
    LOGITS, st.floats(0.01, 1).map(lambda p: round(p, 3) + 1e-4).filter(lambda p: p < 1)
)
@settings(max_examples=300)
def test_top_p_equals_transformers(logits, p: float) -> None:
    spread = (
        logits + np.arange(logits.shape[1]) / 4096
    )  # no ties: any order of them is right
    expected = processed(theirs.TopPLogitsWarper(p), spread)
    np.testing.assert_array_equal(lm.top_p(spread, p), expected)


@given(LOGITS, st.floats(0, 0.99))
def test_min_p_equals_transformers(logits, p: float) -> None:
    expected = processed(theirs.MinPLogitsWarper(p), logits)
    np.testing.assert_array_equal(lm.min_p(logits, p), expected)


def test_all_rules_in_transformers_order() -> None:
    logits = np.random.default_rng(3).normal(size=(4, 1000)) * 4
    expected = logits
    for processor in (
        theirs.TemperatureLogitsWarper(0.8),
        theirs.TopKLogitsWarper(50),
        theirs.TopPLogitsWarper(0.9),
        theirs.MinPLogitsWarper(0.02),
    ):
        expected = processed(processor, expected)
    found = lm.filtered(logits, t=0.8, k=50, p=0.9, m=0.02)
    np.testing.assert_array_equal(found, expected)


@pytest.mark.parametrize(
    ("likely", "p", "kept"),
    [
        ([0.3, 0.1, 0.1, 0.5], 0.8, [0, 3]),
        ([0.5, 0.4, 0.1], 0.9, [0, 1]),
        ([0.1] * 10, 0.3, [0, 1, 2]),
        ([0.1, 0.2, 0.2, 0.1, 0.2, 0.2], 0.4, [1, 2]),
        ([0.2, 0.7, 0.1], 0.0, [1]),
    ],
)
def test_top_p_stops_where_p_is_reached_and_keeps_the_first_of_equals(
    likely: list[float], p: float, kept: list[int]
) -> None:
    assert np.flatnonzero(np.isfinite(lm.top_p(np.log(likely), p))).tolist() == kept


@given(st.integers(2, 300), st.integers(1, 299), st.integers(0, 2**32 - 1))
def test_top_p_reaches_sums_of_equal_shares_exactly(n: int, k: int, seed: int) -> None:
    shares = np.random.default_rng(seed).permutation(np.full(n, 1 / n))
    k = min(k, n - 1)
    kept = np.isfinite(lm.top_p(np.log(shares), k / n))
    assert np.flatnonzero(kept).tolist() == list(range(k))  # the first of equals


def test_of_many_equals_among_others_top_p_keeps_the_first() -> None:
    logits = np.log(np.tile([1.0, 2.0], 200))  # 200 thirds, and 200 of half as much
    kept = np.flatnonzero(np.isfinite(lm.top_p(logits, 100 / 300)))
    assert kept.tolist() == list(range(1, 200, 2))


@given(st.integers(1, 400), st.integers(1, 400))
def test_min_p_keeps_what_is_exactly_as_likely(part: int, whole: int) -> None:
    part, whole = sorted((part, whole))
    logits = np.log([whole, part, part / 2]) - np.log(whole + 1.5 * part)
    kept = np.isfinite(lm.min_p(logits, part / whole))
    assert kept.tolist() == [True, True, False]


@pytest.mark.parametrize("t", [1e-310, 5e-324])
def test_a_temperature_near_zero_is_refused_in_words(t: float) -> None:
    with (
        warnings.catch_warnings(action="error"),
        pytest.raises(ValueError, match="too small for logits: use greedy"),
    ):
        lm.sampler(np.random.default_rng(0), t=t)(np.array([1.0, 2.0]))
    kept = lm.temperature(np.array([-np.inf, 1.0]), 0.5)
    assert kept.tolist() == [-np.inf, 2.0]


def test_rules_at_their_edges() -> None:
    logits = np.log([0.5, 0.3, 0.2])
    assert np.isfinite(lm.top_p(logits, 1.0)).all()
    assert np.isfinite(lm.top_p([0.0, -60.0], 1.0)).all()  # however unlikely
    assert np.isfinite(lm.top_p(logits, 0.0)).tolist() == [True, False, False]
    assert np.isfinite(lm.top_p(logits, 0.49)).tolist() == [True, False, False]
    assert np.isfinite(lm.top_p(logits, 0.51)).tolist() == [True, True, False]
    assert np.isfinite(lm.top_k(logits, 99)).all()
    assert np.isfinite(lm.min_p(logits, 0.0)).all()
    assert np.isfinite(lm.min_p(logits, 1.0)).tolist() == [True, False, False]
    ties = np.array([2.0, 2.0, 1.0])
    assert np.isfinite(lm.top_k(ties, 1)).sum() == 2


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        (lm.temperature, 0),
        (lm.temperature, float("nan")),
        (lm.top_k, 0),
        (lm.top_p, 1.1),
        (lm.top_p, -0.1),
        (lm.min_p, 2),
        (lm.min_p, -0.1),
    ],
)
def test_values_out_of_range_are_refused(rule, value: float) -> None:
    with pytest.raises(ValueError, match="found"):
        rule(np.zeros(3), value)


def test_a_sampler_draws_with_the_filtered_probabilities() -> None:
    logits = np.log([0.5, 0.3, 0.15, 0.05])
    draw = lm.sampler(np.random.default_rng(0), p=0.9)
    counts = np.bincount([draw(logits) for _ in range(4000)], minlength=4) / 4000
    expected = np.array([0.5, 0.3, 0.15, 0]) / 0.95
    np.testing.assert_allclose(counts, expected, atol=0.03)
    assert counts[3] == 0


def test_without_a_rule_nothing_is_filtered() -> None:
    logits = np.log([0.4, 0.3, 0.2, 0.1])
    np.testing.assert_array_equal(lm.filtered(logits), logits)
    ours, generator = lm.sampler(np.random.default_rng(1)), np.random.default_rng(1)
    for _ in range(50):
        assert ours(logits) == generator.choice(4, p=lm.probabilities(logits))


@pytest.mark.parametrize("rule", [{"t": 0.4}, {"k": 2}, {"p": 0.6}, {"m": 0.6}])
def test_a_sampler_keeps_each_rule(rule: dict[str, Any]) -> None:
    logits = np.log([0.4, 0.3, 0.2, 0.1])
    ours, generator = (
        lm.sampler(np.random.default_rng(2), **rule),
        np.random.default_rng(2),
    )
    kept = lm.probabilities(lm.filtered(logits, **rule))
    assert not np.allclose(kept, lm.probabilities(logits))
    for _ in range(50):
        assert ours(logits) == generator.choice(4, p=kept)


def test_greedy_takes_the_first_of_the_likeliest() -> None:
    assert lm.greedy(np.array([1.0, 3.0, 3.0])) == 1


# ---- generation and cost


def test_generation_stops_before_a_stop_token(small: lm.LanguageModel) -> None:
    whole = list(lm.generate(small, [1, 2, 3], 10))
    assert len(whole) == 10
    stop = whole[4]
    ended = list(lm.generate(small, [1, 2, 3], 10, stop=[stop]))
    assert ended == whole[: whole.index(stop)]


def test_counts_of_parameters_and_cache_are_those_of_the_arrays() -> None:
    for config in (SMALL, Config()):
        held = sum(int(np.prod(shape)) for shape in shapes(config).values())
        assert lm.parameters(config) == held
    cache = lm.Cache(SMALL, room=10)
    assert lm.kv_cache_bytes(SMALL, 10) == cache.table.nbytes


def test_operations_are_about_two_for_each_weight() -> None:
    config = Config()
    ratio = lm.flops(config, 1) / (2 * lm.parameters(config))
    assert 0.99 < ratio < 1.01
    assert lm.flops(config, 2048) > 1.4 * lm.flops(config, 1)
