"""What was measured of fine-tuning: the record, a part of it again, two processes."""

from __future__ import annotations

import os
import subprocess
import sys
import warnings
from pathlib import Path

import numpy as np
import pytest
from groundup import measured
from groundup.measured.__main__ import experiments, key, named
from groundup.transformers import fine_tuning as ft
from groundup.transformers.fine_tuning import experiments as made

from tests.transformers.test_fine_tuning import real  # noqa: F401  (a fixture)

TOPIC = "transformers/fine_tuning"
RECORD = measured.read(TOPIC)
COUNTS = ("valid", "keys", "exact")
SCORED = ("rates", "tuned", "thin", "untuned", "told", "shown", "end_mark", "too_high")
SCORED += ("training_set", "forgetting", "prompt_loss", "template", "full")
ROOT = Path(__file__).resolve().parents[2]


def each(name: str) -> list[dict]:
    """Return what is recorded under a name, as a list."""
    found = RECORD.values.get(name, [])
    return found if isinstance(found, list) else [found]


def wanted() -> set[tuple[str, str]]:
    """Return the names and settings of all experiments."""
    return {
        (name, key(named(one), one.keywords))
        for name, listed in experiments(TOPIC).items()
        for one in (listed if isinstance(listed, list) else [listed])
    }


def recorded() -> set[tuple[str, str]]:
    """Return the names and settings of what is recorded."""
    return {(name, key(r.function, r.settings)) for name, r in RECORD.each()}


def test_what_is_recorded_are_experiments_with_date_machine_and_code() -> None:
    pytest.importorskip("peft")
    assert {
        (name, key(r.function, r.settings)) for name, r in RECORD.each()
    } <= wanted()
    for _, result in RECORD.each():
        assert len(result.date) == 10 and result.machine and len(result.code) == 16
    assert RECORD.date and RECORD.machine
    assert {"tuned", "untuned", "told", "end_mark", "dpo"} <= RECORD.values.keys()


def test_a_record_that_is_stale_or_lacks_something_fails_in_the_weekly_run() -> None:
    """Mended with `python -m groundup.measured transformers/fine_tuning`."""
    pytest.importorskip("peft")
    lacking = sorted({name for name, _ in wanted() - recorded()})
    said = {"stale": RECORD.stale(), "lacking": lacking}
    if os.environ.get("GROUNDUP_PROVE_ALL") == "1":
        assert said == {"stale": [], "lacking": []}
    elif any(said.values()):
        warnings.warn(f"the record of {TOPIC}: {said}", stacklevel=1)


@pytest.mark.parametrize("name", SCORED)
def test_scores_are_counts_of_sixty(name: str) -> None:
    for value in each(name):
        # Of those that 20 steps learned from there are no more than 59.
        most = {"rates": 30, "rates_of_40": 30, "training_set": 59}.get(name, 60)
        assert value["of"] == most
        for counts in (value, value["within_braces"]):
            ordered = [counts[kind] for kind in COUNTS]
            assert value["of"] >= ordered[0] >= ordered[1] >= ordered[2] >= 0
        assert len(value["answers"]) == 8
        if "losses" in value:
            assert len(value["losses"]) == value["steps"]
            assert np.isfinite(value["losses"]).all() and value["seconds"] > 0


@pytest.mark.parametrize(
    ("name", "steps", "chosen"),
    [("rates", 20, made.RATE), ("rates_of_40", 40, made.RATE_OF_40)],
)
def test_the_rate_is_the_best_on_the_requests_for_choosing(
    name: str, steps: int, chosen: float
) -> None:
    tried = {value["rate"]: value["choosing_loss"] for value in each(name)}
    best = min(tried, key=lambda rate: tried[rate])
    runs = [v["rate"] for v in each("tuned") if v["steps"] == steps]
    assert len(runs) == 3 and {*runs} == {best} == {chosen}


def test_the_examples_that_are_shown_are_the_first_of_their_kind() -> None:
    asked = {r.text for r in ft.requests().testing[:8]}
    for name in ("tuned", "untuned", "told", "shown", "end_mark"):
        for value in each(name):
            assert {answer["text"] for answer in value["answers"]} == asked


def test_three_steps_are_peft_s_to_three_decimals() -> None:
    (found,) = each("beside_peft")
    assert len(found["ours"]) == len(found["peft"]) == 3
    np.testing.assert_allclose(found["ours"], found["peft"], atol=5e-4)
    assert found["ours"][2] < found["ours"][0]


def test_a_part_is_as_it_was_recorded(real: object) -> None:  # noqa: F811
    """The first loss of the longest runs, and one β; the rest is the weekly run's."""
    for value in each("tuned"):
        lora = ft.Lora(made.model(), ft.LoraConfig(8, 16, ft.MATRICES))
        assert lora.flat.size == value["parameters"]
    rows = made.packed(made.examples(made.parts().training))
    run = made.fit(rows, steps=1, rate=1e-3, seed=0)
    first = next(v for v in each("tuned") if v["seed"] == 0)
    assert run.losses[0] == pytest.approx(first["losses"][0], abs=1e-3)


def test_preferences_are_judged_at_every_beta() -> None:
    found = each("dpo")
    assert {v["beta"] for v in found} == set(made.BETAS)
    for value in found:
        assert value["losses"][0] == pytest.approx(np.log(2), abs=1e-4)
        assert all(0 <= value[kind] <= 1 for kind in ("preferred", "distinct", "real"))
    (before,) = each("dpo_reference")
    assert before["kl"] == 0 and before["losses"] == []


def test_two_processes_train_what_one_does_on_twice_the_rows(tmp_path: Path) -> None:
    pytest.importorskip("peft")
    import torch
    from groundup.measured.transformers import two_processes as script
    from safetensors.torch import load_file

    module = ["-m", script.__name__, "--folder", str(tmp_path)]
    launcher = ["-m", "torch.distributed.run", "--standalone", "--nproc_per_node", "2"]
    environment = {"ACCELERATE_USE_CPU": "true", "HF_HUB_OFFLINE": "1"}
    environment |= {"OMP_NUM_THREADS": "1", "PYTHONPATH": str(ROOT / "code")}
    done = subprocess.run(
        [sys.executable, *launcher, *module],
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    said = done.stdout.splitlines()
    assert said[:2] == ["processes: 2", "rows a step: 4"]

    model = script.learner()
    learned = [p for p in model.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(learned, lr=1e-2)
    losses = []
    for rows in script.text().split(4):
        optimizer.zero_grad()
        loss = model(input_ids=rows, labels=rows).loss
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    shown = [float(word) for word in said[2].split()[1:]]
    np.testing.assert_allclose(shown, losses, atol=2e-6)
    found = load_file(tmp_path / "adapter_model.safetensors")
    assert len(found) == 8
    moved = 0.0
    for name, array in found.items():
        place = name.replace(".weight", ".default.weight")
        expected = model.get_parameter(place).detach()
        assert (array - expected).abs().max() < 1e-5
        moved = max(moved, float(expected.abs().max()) * ("lora_B" in name))
    assert moved > 0.01  # B began as zero
