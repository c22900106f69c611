"""The preference explorable: its numbers are Python's, and it is operated by hand."""

from __future__ import annotations

from math import exp, inf, log, nan
from typing import Any

import numpy as np
import pytest
from groundup.transformers.fine_tuning import (
    dpo_loss,
    optimal_policy,
    relative_entropy,
)
from groundup.widgets.preference import NAMES, PAIRS, Preference
from playwright.sync_api import expect

from .conftest import SPY, Open, get, press
from .hands import drag, frames, put

REFERENCE = [p for _, p, _ in NAMES]
REWARDS = [reward for _, _, reward in NAMES]
OTHERS = [("a", 0.999, -7.5), ("b", 1e-3 - 1e-12, 0.0), ("c", 1e-12, 40.0)]


def test_rewards_count_letters_a_and_the_reference_sums_to_one() -> None:
    assert [name.count("a") for name, _, _ in NAMES] == REWARDS
    assert sum(REFERENCE) == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize("answers", [NAMES, OTHERS], ids=["names", "far apart"])
def test_numbers_equal_python_s_to_1e_9(open_page: Open, answers: Any) -> None:
    pairs = [(answers[-1][0], answers[0][0]), (answers[1][0], answers[2][0])]
    page = open_page(Preference(answers, pairs), before=SPY)
    _, reference, rewards = (list(each) for each in zip(*answers, strict=True))
    for pair, two in enumerate(([len(answers) - 1, 0], [1, 2])):
        for beta in (0.05, 0.3, 1.0, 4.0, 20.0):
            policy = optimal_policy(reference, rewards, beta)
            for margin in (-8.0, -0.3, 0.0, 2.5, 8.0):
                put(page, beta=beta, pair=pair, margin=margin)
                np.testing.assert_allclose(
                    np.array(get(page, "policy")), policy, rtol=1e-9, atol=1e-300
                )
                found: Any = get(page, "numbers")
                drawn = policy[policy > 0]
                loss, slope = dpo_loss([margin], [0], [0], [0], beta)
                aim = np.subtract(*np.array(rewards)[two]) / beta
                expected = {
                    "reward": policy @ rewards,
                    "kl": relative_entropy(policy, reference),
                    "variety": exp(-drawn @ np.log(drawn)),
                    "scaled": beta * margin,
                    "loss": loss,
                    "slope": slope[0],
                    "aim": aim,
                }
                assert found.keys() == expected.keys()
                for name, value in expected.items():
                    assert found[name] == pytest.approx(value, rel=1e-9, abs=1e-12)


def test_the_margin_where_beta_leads_is_that_of_its_policy(open_page: Open) -> None:
    page = open_page(Preference(beta=0.4), before=SPY)
    policy = np.log(np.array(get(page, "policy")) / REFERENCE)
    found: Any = get(page, "numbers")
    assert found["aim"] == pytest.approx(policy[5] - policy[0], rel=1e-12)


def test_beta_is_turned_by_keys_from_collapse_to_the_reference(
    open_page: Open,
) -> None:
    page = open_page(Preference(), before=SPY)
    dial = page.get_by_role("slider", name="β")
    said = page.locator(".gu-pf-said")
    dial.press("ArrowRight")
    assert get(page, "beta") == 1.1
    dial.press("Home")
    assert get(page, "beta") == 0.05
    expect(dial).to_have_attribute("aria-valuetext", "β = 0.05")
    expect(said).to_contain_text("amanda is likeliest, with more than 99.9%")
    expect(said).to_contain_text("variety has collapsed")
    expect(page.get_by_role("status")).to_contain_text("collapsed")
    dial.press("End")
    assert get(page, "beta") == 20
    expect(said).to_contain_text("mary is likeliest, with 29.8%")
    expect(said).to_contain_text("hardly different from the reference")


def test_the_table_has_the_reference_beside_what_is_now(open_page: Open) -> None:
    page = open_page(Preference(beta=1.0))
    policy = optimal_policy(REFERENCE, REWARDS, 1.0)
    for name, before, now in (
        ("expected reward", np.dot(REFERENCE, REWARDS), policy @ REWARDS),
        ("KL to the reference", 0, relative_entropy(policy, REFERENCE)),
        (
            "as varied as",
            exp(-np.dot(REFERENCE, np.log(REFERENCE))),
            exp(-policy @ np.log(policy)),
        ),
    ):
        row = page.get_by_role("row", name=name)
        expect(row.get_by_role("cell").first).to_have_text(f"{before:.2f}")
        expect(row.get_by_role("cell").last).to_have_text(f"{now:.2f}")
    for number, (name, _, reward) in enumerate(NAMES):
        line = page.get_by_role("listitem").nth(number)
        expect(line).to_contain_text(name)
        expect(line.locator(".gu-pf-reward")).to_have_text(f"{reward:g}")
        expect(line.locator(".gu-pf-share")).to_have_text(f"{policy[number]:.1%}")


def test_bars_are_as_long_as_the_shares(open_page: Open) -> None:
    page = open_page(Preference(beta=0.5))
    policy = optimal_policy(REFERENCE, REWARDS, 0.5)
    for number, (now, before) in enumerate(zip(policy, REFERENCE, strict=True)):
        line = page.get_by_role("listitem").nth(number)
        width = "e => e.getBoundingClientRect().width"
        whole = line.locator(".gu-pf-bars").evaluate(width)
        for style, share in ((".gu-pf-now", now), (".gu-pf-before", before)):
            found = line.locator(style).evaluate(width)
            assert found == pytest.approx(max(1, share * whole), abs=0.1)


def test_the_margin_is_dragged_by_mouse_and_moved_by_keys(open_page: Open) -> None:
    page = open_page(Preference(), before=SPY)
    ball = page.get_by_role("slider", name="Margin of")
    drag(page, "Margin of", 60)
    moved = float(str(get(page, "margin")))
    assert moved > 1
    expect(page.get_by_role("status")).to_contain_text("Beside mary, amanda is")
    ball.press("ArrowLeft")
    assert float(str(get(page, "margin"))) == pytest.approx(moved - 0.16, abs=0.006)
    drag(page, "Margin of", -2000)
    assert get(page, "margin") == -8
    told = "margin −8.00 nats, loss 8.00, slope −1.000"
    expect(ball).to_have_attribute("aria-valuetext", told)


def test_the_tangent_has_the_slope_that_is_told(open_page: Open) -> None:
    page = open_page(Preference(beta=0.7, margin=-1.5), before=SPY)
    line = page.locator(".gu-pf-tangent")
    x1, x2, y1, y2 = (float(str(line.get_attribute(n))) for n in "x1 x2 y1 y2".split())
    ground = page.locator(".gu-pf .gu-ground").bounding_box()
    assert ground
    per_nat, per_loss = (x2 - x1) / 16, ground["height"] / 4
    slope = -(y2 - y1) / per_loss / ((x2 - x1) / per_nat)
    assert slope == pytest.approx(dpo_loss([-1.5], [0], [0], [0], 0.7)[1][0], abs=1e-3)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({}, "Nothing has been learned yet: the loss is ln 2, and its slope −β/2"),
        ({"margin": 3.0}, "Beside mary, amanda is 20.1 times as likely as under the"),
        ({"margin": -1.0, "beta": 0.5}, "is 0.368 times as likely"),
        ({"margin": -1.0, "beta": 0.5}, "β m is −0.500"),
        ({"beta": 0.5}, "Where β = 0.5 leads, m is 4.00."),
        ({"pair": 2}, "Where β = 1 leads, m is 0."),
        ({"pair": 1, "margin": 1.0}, "Beside john, anna is 2.72 times as likely"),
    ],
)
def test_the_sentence_says_what_the_pair_has_learned(
    open_page: Open, state: dict[str, Any], words: str
) -> None:
    page = open_page(Preference(**state))
    expect(page.locator(".gu-pf-told")).to_contain_text(words)


def test_where_beta_leads_is_marked_while_it_is_in_the_picture(open_page: Open) -> None:
    page = open_page(Preference(beta=1.0), before=SPY)
    goal = page.locator(".gu-pf-goal")
    expect(goal).not_to_have_css("display", "none")
    at = [float(str(goal.get_attribute(name))) for name in ("x1", "x2")]
    ground = page.locator(".gu-pf .gu-ground")
    left, wide = (float(str(ground.get_attribute(n))) for n in ("x", "width"))
    assert at == pytest.approx([left + wide * 10 / 16] * 2, abs=0.01)
    put(page, beta=0.2)
    expect(goal).to_have_css("display", "none")


def test_reset_brings_back_what_python_said(open_page: Open) -> None:
    page = open_page(Preference(beta=3.0, margin=1.0, pair=1), before=SPY)
    page.get_by_role("combobox", name="Preferred").select_option("maria over anna")
    page.get_by_role("slider", name="β").press("Home")
    assert (get(page, "pair"), get(page, "beta")) == (2, 0.05)
    press(page, "Reset")
    assert (get(page, "pair"), get(page, "beta"), get(page, "margin")) == (1, 3, 1)


@pytest.mark.parametrize(
    ("link", "state"),
    [
        ("beta:0.1", (0.1, 0, 2)),
        ("beta:0.1,margin:-3,pair:2", (0.1, 2, -3)),
        ("beta:1e9", (20, 0, 2)),
        ("beta:-1,margin:9,pair:-1", (2, 0, 2)),
        ("beta:,margin:,pair:", (2, 0, 2)),
        ("margin:0", (2, 0, 0)),
    ],
)
def test_a_link_in_the_text_sets_only_what_it_names(
    open_page: Open, link: str, state: tuple[float, int, float]
) -> None:
    before = f'{SPY}<a href="#preference={link}">here</a>'
    page = open_page(Preference(beta=2.0, margin=2.0), before=before)
    page.get_by_role("link", name="here").click()
    frames(page, 3)
    assert (get(page, "beta"), get(page, "pair"), get(page, "margin")) == state


def test_the_small_form_is_the_distribution_alone(open_page: Open) -> None:
    page = open_page(Preference(controls=[], beta=0.1))
    assert page.locator("select, button, .gu-plot").count() == 0
    expect(page.locator(".gu-pf-said")).to_contain_text("collapsed")
    page.get_by_role("slider", name="β").press("End")
    expect(page.get_by_role("status")).not_to_contain_text("m is")
    assert "orange point" not in Preference(controls=[]).caption


@pytest.mark.parametrize(
    ("answers", "state", "message"),
    [
        ([("a", 0.5, 0.0), ("b", 0.4, 0.0)], {}, "sum to 1, found 0.4 and 0.9"),
        ([("a", 1.0, 0.0), ("b", 0.0, 0.0)], {}, "must be positive, found 0.0"),
        ([("a", 0.5, 0.0), ("b", 0.5, inf)], {}, "rewards holds NaN or infinity"),
        (NAMES, {"pairs": [("anna", "zoe")]}, r"got \('anna', 'zoe'\)"),
        (NAMES, {"pairs": [("anna", "anna")]}, r"got \('anna', 'anna'\)"),
        (NAMES, {"beta": 0.01}, "beta must be between 0.05 and 20.0, got 0.01"),
        (NAMES, {"beta": nan}, "beta must be between"),
        (NAMES, {"margin": 8.5}, "margin must be between -8.0 and 8.0, got 8.5"),
        (NAMES, {"pair": 3}, "pair must be one of 3, got 3"),
        (NAMES, {"pair": -1}, "pair must be one of 3, got -1"),
        (NAMES, {"controls": ["play"]}, r"got \['play'\]"),
    ],
)
def test_what_it_does_not_have_is_refused(
    answers: Any, state: dict[str, Any], message: str
) -> None:
    pairs = state.pop("pairs", PAIRS if answers is NAMES else [("a", "b")])
    with pytest.raises(ValueError, match=message):
        Preference(answers, pairs, **state)


def test_the_poster_has_three_betas_beside_the_reference() -> None:
    poster = Preference(beta=1.0).poster()
    assert poster.index("β = 0.1<") < poster.index("β = 1<") < poster.index("β = 10<")
    policy = optimal_policy(REFERENCE, REWARDS, 1.0)
    assert f">{policy[5]:.2f}</td>" in poster
    assert f"β = 1: {relative_entropy(policy, REFERENCE):.2f}" in poster
    assert "β = 0.1: 2.99" in poster and log(20) == pytest.approx(2.9957, abs=1e-4)
