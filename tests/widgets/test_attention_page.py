"""The attention explorable: what it accepts, and its numbers in a real browser."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import numpy as np
import pytest
from groundup.pretrained import smollm2 as models
from groundup.widgets.attention import Attention, observed, smollm, toy
from playwright.sync_api import expect

from .conftest import SPY, Open, get, press
from .test_gradient_descent_page import frames

NUMBERS = ("q", "k", "v", "scores", "scaled", "weights", "output")
TEXTS = ["one fish two fish red fish", "to be, or not to be!", "Éa ça x 42", "hi"]
SEEN = {
    "heads": [
        {"layer": 1, "head": 2, "name": "previous token", "about": "Looks back."}
    ],
    "sentences": [
        {
            "tokens": ["The", " cat", " sat"],
            "weights": [
                observed.packed(np.array([[1, 0, 0], [0.9, 0.1, 0], [0.2, 0.7, 0.1]]))
            ],
        }
    ],
}


@pytest.mark.parametrize("text", ["", "  "])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a word at least, got"):
        Attention(text)


def test_a_temperature_out_of_range_is_refused() -> None:
    with pytest.raises(ValueError, match=r"0.1 to 10, got 0"):
        Attention(temperature=0)


def test_poster_shows_the_weights_as_a_table() -> None:
    tree = ElementTree.fromstring(Attention('one "a < b" two').poster())
    assert len(tree.findall(".//tbody/tr")) == 7
    weights = toy.steps('one "a < b" two')["weights"]
    shown = [float(td.text or "") for td in tree.findall(".//tbody/tr/td")]
    np.testing.assert_allclose(np.reshape(shown, (7, 7)), weights, atol=0.005)


@pytest.mark.parametrize("causal", [True, False])
@pytest.mark.parametrize("temperature", [0.1, 1.0, 3.7])
@pytest.mark.parametrize("text", TEXTS)
def test_numbers_equal_python_s_to_1e_9(
    open_page: Open, text: str, temperature: float, causal: bool
) -> None:
    widget = Attention(text, temperature=temperature, causal=causal)
    page = open_page(widget, before=SPY)
    for head in range(3):
        page.get_by_label("Head", exact=True).select_option(str(head))
        found = get(page, "result")
        expected = toy.steps(text, head, temperature, causal)
        for name in NUMBERS:
            difference = np.abs(np.array(found[name]) - expected[name])
            assert difference.max() <= 1e-9, (name, head)


def test_typed_words_are_computed_at_once(open_page: Open) -> None:
    page = open_page(Attention(), before=SPY)
    page.get_by_label("Sentence", exact=True).fill("a rose is a rose")
    expected = toy.steps("a rose is a rose")["weights"]
    np.testing.assert_allclose(get(page, "result")["weights"], expected, atol=1e-9)
    page.get_by_label("Sentence", exact=True).fill("")
    expect(page.get_by_text("Type a few words")).to_be_visible()


def test_a_sentence_that_is_cut_off_says_so(open_page: Open) -> None:
    page = open_page(Attention(), before=SPY)
    said = page.get_by_text("Only the first 8 words are used.")
    expect(said).to_be_hidden()
    page.get_by_label("Sentence", exact=True).fill("a b c d e f g h i")
    expect(said).to_be_visible()
    assert len(get(page, "result")["weights"]) == toy.WORDS


def test_negative_factors_of_a_score_are_in_brackets(open_page: Open) -> None:
    page = open_page(Attention(stage=1), before=SPY)
    one = page.locator(".gu-at-toy .gu-at-one")
    expect(one).to_contain_text(re.compile(r"\(−\d\.\d\d\) · "))
    expect(one).not_to_contain_text(re.compile(r"(^|[^(])−\d\.\d\d · "))


def test_stages_follow_one_another_and_explain_the_chosen_number(
    open_page: Open,
) -> None:
    page = open_page(Attention("one fish two fish", stage=0), before=SPY)
    one = page.locator(".gu-at-toy .gu-at-one")
    for words in [
        "can be found by",
        "asks “two”:",
        "÷ 2.00 =",
        "may see",
        "the weight",
    ]:
        expect(one).to_contain_text(words)
        press(page, "Next")
    expect(one).to_contain_text("receives")
    expect(page.get_by_role("button", name="Next")).to_be_disabled()


def test_a_cell_is_chosen_by_click_and_by_arrow_keys(open_page: Open) -> None:
    page = open_page(Attention("one fish two fish"), before=SPY)
    weights = page.get_by_role("grid", name="Weights")
    weights.get_by_role("gridcell").nth(5).click()
    assert (get(page, "row"), get(page, "column")) == (1, 1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    assert (get(page, "row"), get(page, "column")) == (2, 0)
    expect(page.get_by_role("status")).to_contain_text("“two” gives “one”")
    expect(weights.get_by_role("gridcell", selected=True)).to_be_focused()
    row = page.get_by_role("grid", name="Scores after the mask")
    expect(row.get_by_role("gridcell", selected=True)).to_have_count(4)


def test_each_stage_shows_what_it_had_and_what_it_makes(open_page: Open) -> None:
    page, phone = (open_page(Attention("one fish"), width=w) for w in (1000, 390))
    grids = [page.get_by_role("grid"), phone.get_by_role("grid")]
    for here, tables in zip((page, phone), grids, strict=True):
        press(here, "3 Scale")
        seen = [t.get_attribute("aria-label") for t in tables.all() if t.is_visible()]
        assert seen == ["Scores", "Scaled scores"]


def test_the_mask_hides_what_comes_after(open_page: Open) -> None:
    page = open_page(Attention("one fish two fish", stage=3), before=SPY)
    assert page.locator(".gu-masked").count() == 6
    page.get_by_label("causal mask").uncheck()
    assert page.locator(".gu-masked").count() == 0


def test_play_goes_on_and_stops_at_the_last_stage(open_page: Open) -> None:
    page = open_page(Attention(stage=4), before=SPY)
    press(page, "Play")
    page.wait_for_function("models[0].get('stage') === 5")
    page.wait_for_function("models[0].get('playing') === false")
    press(page, "Play")
    assert get(page, "stage") == 0
    press(page, "Pause")
    frames(page, 5)
    assert get(page, "playing") is False


def test_heads_of_a_model_are_shown_where_there_are_any(open_page: Open) -> None:
    page = open_page(Attention(), before=SPY)
    assert page.get_by_role("button", name="Heads of SmolLM2").count() == 0
    widget = Attention()
    widget.observed = SEEN
    page = open_page(widget, before=SPY)
    press(page, "Heads of SmolLM2")
    said = page.get_by_role("status")
    expect(said).to_contain_text("Token 3, “sat”, gives 70 % to “cat”")
    press(page, "cat")
    expect(said).to_contain_text("Token 2, “cat”, gives 90 % to “The”")


def test_real_heads_can_be_shown_by_themselves(open_page: Open) -> None:
    widget = Attention(view="model", one_view=True)
    widget.observed = SEEN
    page = open_page(widget, before=SPY)
    assert page.get_by_role("button", name="Three small heads").count() == 0
    expect(page.get_by_label("Which token asks")).to_be_visible()
    for query, weights in ((-1, [0.2, 0.7, 0.1]), (1, [0.9, 0.1]), (0, [1])):
        widget.query = query
        tree = ElementTree.fromstring(widget.poster())
        shown = [float(td.text or "") for td in tree.findall(".//tbody/tr/td")]
        np.testing.assert_allclose(shown, weights, atol=0.005)


def test_state_goes_into_the_address_and_back(open_page: Open) -> None:
    page = open_page(Attention(), before=SPY)
    page.get_by_label("Sentence", exact=True).fill("yes, no: 50%")
    page.get_by_label("Head", exact=True).select_option("1")
    page.get_by_role("slider", name="Temperature").fill("7")
    page.get_by_label("causal mask").uncheck()
    page.get_by_role("button", name="Scores").click()
    press(page, "Copy link")
    names = [
        "text",
        "head",
        "temperature",
        "causal",
        "stage",
        "row",
        "column",
        "result",
    ]
    left = [get(page, name) for name in names]
    again = open_page(Attention(), before=SPY, hash=page.url[page.url.index("#") :])
    assert [get(again, name) for name in names] == left


@pytest.mark.parametrize(
    "hash", ["#attention=stage:9,head:x,t:0,at:1;b,text:%25E0%25A4%25A", "#x=1"]
)
def test_nonsense_in_the_address_does_no_harm(open_page: Open, hash: str) -> None:
    widget = Attention()
    page = open_page(widget, before=SPY, hash=hash)
    for name in ("text", "stage", "head", "temperature", "row"):
        assert get(page, name) == getattr(widget, name)


def test_everything_can_be_reached_by_tab(open_page: Open) -> None:
    page = open_page(Attention(), before=SPY)
    seen = set()
    for _ in range(20):
        page.keyboard.press("Tab")
        seen.add(
            page.evaluate(
                "document.activeElement.getAttribute('role')"
                " ?? document.activeElement.type ?? ''"
            )
        )
    assert {"text", "select-one", "range", "checkbox", "button", "gridcell"} <= seen


@pytest.mark.skipif(
    not smollm.available(), reason="SmolLM2's weights are not installed"
)
def test_the_value_of_a_sink_is_short() -> None:
    lengths = smollm.value_lengths(observed.SENTENCES[0], 17, 4)
    assert lengths[0] < lengths[1:].min() / 4


def test_data_of_real_heads_stay_within_their_budget() -> None:
    widget = Attention(real_heads=smollm.available())
    assert len(json.dumps(widget.observed)) <= 300_000


@pytest.mark.skipif(
    not smollm.available(), reason="SmolLM2's weights are not installed"
)
def test_first_layers_of_smollm2_are_those_of_transformers() -> None:
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    config = transformers.LlamaConfig(
        vocab_size=49152, hidden_size=576, intermediate_size=1536, num_hidden_layers=2,
        num_attention_heads=9, num_key_value_heads=3, rms_norm_eps=1e-5,
        rope_parameters={"rope_type": "default", "rope_theta": 1e5},
        attn_implementation="eager",
    )  # fmt: skip
    model = transformers.LlamaModel(config).eval()
    sizes, weights = models.load_smollm2()
    with torch.no_grad():
        model.embed_tokens.weight.copy_(torch.tensor(weights["embedding"].T))
        for number, layer in enumerate(model.layers):
            qkv, gate_up = weights[f"{number}.qkv"], weights[f"{number}.gate_up"]
            ends = [sizes.width, sizes.width + sizes.kv_width]
            q, k, v = np.split(qkv, ends, axis=1)
            gate, up = np.split(gate_up, 2, axis=1)
            theirs = {
                "self_attn.q_proj": q, "self_attn.k_proj": k, "self_attn.v_proj": v,
                "self_attn.o_proj": weights[f"{number}.output"],
                "mlp.gate_proj": gate, "mlp.up_proj": up,
                "mlp.down_proj": weights[f"{number}.down"],
                "input_layernorm": weights[f"{number}.attention_norm"],
                "post_attention_layernorm": weights[f"{number}.feed_forward_norm"],
            }  # fmt: skip
            for name, w in theirs.items():
                layer.get_submodule(name).weight.copy_(torch.tensor(w.T))
        ids = smollm.load_smollm2().encode(observed.SENTENCES[1])
        seen = model(torch.tensor([ids]), output_attentions=True).attentions
    ((_, found),) = smollm.patterns(observed.SENTENCES[1:2], 2)
    for ours_, theirs_ in zip(found, seen, strict=True):
        np.testing.assert_allclose(ours_, theirs_[0].numpy(), atol=1e-4)
