"""Adapters in peft's files: both ways beside peft, and what is refused by its name."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from groundup.pretrained import safetensors
from groundup.transformers import fine_tuning as ft
from groundup.transformers.fine_tuning import LoraConfig
from groundup.transformers.fine_tuning import adapters as files

from .test_fine_tuning import EXAMPLES, PAD, SEVEN, lively, tiny

ROWS = ft.pad_each(EXAMPLES, PAD)
FIRST = "base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight"


@pytest.mark.parametrize("matrices", [("q", "v"), ("down", "o"), ft.MATRICES])
@pytest.mark.parametrize("alpha", [3, 4, 0.5])
def test_peft_reads_what_is_written_here(
    tmp_path: Path, matrices: tuple[str, ...], alpha: float
) -> None:
    peft = pytest.importorskip("peft")
    import torch

    from .language_model_peer import peer as llama

    lora = lively(LoraConfig(2, alpha, matrices), tiny(np.float32))
    ft.save_adapters(lora, tmp_path, "a-model")
    base = llama(lora.model.config, lora.model.weights)
    model = peft.PeftModel.from_pretrained(base, str(tmp_path))
    ids = torch.tensor(EXAMPLES[1].ids)[None]
    with torch.inference_mode():
        expected = model(ids).logits.numpy()
    found = lora.logits(ft.pad_each(EXAMPLES[1:2], PAD))
    assert np.abs(found - expected).max() <= 1e-5 * np.abs(expected).max()


@pytest.mark.parametrize("matrices", [("q", "v"), ("gate", "k"), ft.MATRICES])
def test_what_peft_writes_is_read_here(
    tmp_path: Path, matrices: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("peft")
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    from . import fine_tuning_peer as theirs

    lora = lively(replace(SEVEN, matrices=matrices), tiny(np.float32))
    theirs.peer(lora).save_pretrained(str(tmp_path))
    again = ft.load_adapters(lora.model, tmp_path)
    assert set(again.config.matrices) == set(matrices)
    assert (again.config.rank, again.config.alpha) == (2, 3)
    np.testing.assert_array_equal(again.logits(ROWS), lora.logits(ROWS))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_what_is_written_is_read_again_to_the_bit(tmp_path: Path, dtype: type) -> None:
    lora = lively(model=tiny(dtype))
    ft.save_adapters(lora, tmp_path / "new" / "folder")
    again = ft.load_adapters(lora.model, tmp_path / "new" / "folder")
    np.testing.assert_array_equal(again.flat, lora.flat)
    assert again.config == lora.config and again.flat.dtype == dtype
    assert sorted(p.name for p in (tmp_path / "new/folder").iterdir()) == [
        "adapter_config.json",
        "adapter_model.safetensors",
    ]


@pytest.mark.parametrize("fails_at", [0, 1])
def test_a_file_that_cannot_be_written_leaves_both_as_they_were(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails_at: int
) -> None:
    one, other = lively(), lively(spread=0.5)
    ft.save_adapters(one, tmp_path)
    write, calls = Path.write_bytes, []

    def full(path: Path, content: bytes) -> int:
        calls.append(path)
        if len(calls) > fails_at:
            write(path, content[:10])
            raise OSError("no space left")
        return write(path, content)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="no space left"):
        ft.save_adapters(other, tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    np.testing.assert_array_equal(ft.load_adapters(one.model, tmp_path).flat, one.flat)


def changed_config(folder: Path, **settings: Any) -> None:
    """Change settings in the config; None takes one away."""
    path = folder / "adapter_config.json"
    found = json.loads(path.read_text()) | settings
    kept = {name: value for name, value in found.items() if value is not None}
    path.write_text(json.dumps(kept))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"bias": "all"}, "bias must be 'none', found 'all'"),
        ({"bias": "lora_only"}, "bias must be 'none', found 'lora_only'"),
        ({"use_rslora": True}, "use_rslora is not done here, found True"),
        ({"use_dora": True}, "use_dora is not done here"),
        ({"modules_to_save": ["lm_head"]}, r"modules_to_save .*\['lm_head'\]"),
        ({"target_modules": ["q_proj", "lm_head"]}, "some of q_proj, .* 'lm_head'"),
        ({"target_modules": "all-linear"}, "must be some of .* found 'all-linear'"),
        ({"task_type": "SEQ_CLS"}, "task_type must be 'CAUSAL_LM', found 'SEQ_CLS'"),
        ({"peft_type": "IA3"}, "peft_type must be 'LORA', found 'IA3'"),
        ({"rank_pattern": {"q_proj": 4}}, "rank_pattern is not done here"),
        ({"alpha_pattern": {"q_proj": 4}}, "alpha_pattern is not done here"),
        ({"layers_to_transform": [0]}, "layers_to_transform is not done here"),
        ({"init_lora_weights": "pissa"}, "init_lora_weights must be True or .*pissa"),
        ({"lora_bias": True}, "lora_bias is not done here"),
        ({"fan_in_fan_out": True}, "fan_in_fan_out is not done here"),
        ({"something_new": 7}, "something_new is not done here, found 7"),
        ({"r": None}, "lacks r"),
        ({"lora_alpha": None}, "lacks lora_alpha"),
        ({"r": 0}, "the rank must be 1, 2, …, found 0"),
        ({"r": 4}, r"layers.0.self_attn.q_proj.lora_A.* shape \(4, 12\), found \(2,"),
        ({"target_modules": ["q_proj"]}, "has 24 arrays too many: .*down_proj.*, …"),
    ],
)
def test_what_a_config_asks_for_and_is_not_done_is_refused(
    tmp_path: Path, settings: dict[str, Any], message: str
) -> None:
    lora = lively()
    ft.save_adapters(lora, tmp_path)
    changed_config(tmp_path, **settings)
    with pytest.raises(ValueError, match=message):
        ft.load_adapters(lora.model, tmp_path)


def test_settings_that_change_no_number_are_read_over(tmp_path: Path) -> None:
    lora = lively()
    ft.save_adapters(lora, tmp_path)
    changed_config(
        tmp_path, lora_dropout=0.1, peft_version="9", use_dora=False, rank_pattern={}
    )
    np.testing.assert_array_equal(
        ft.load_adapters(lora.model, tmp_path).flat, lora.flat
    )


def test_the_config_is_laid_out_as_peft_lays_it_out(tmp_path: Path) -> None:
    ft.save_adapters(lively(LoraConfig(2, 4.0, ("v", "q"))), tmp_path, "a-model")
    expected = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": "a-model",
        "r": 2,
        "lora_alpha": 4,
        "target_modules": ["v_proj", "q_proj"],
        "lora_dropout": 0.0,
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
    }
    found = (tmp_path / files.CONFIG).read_text(encoding="utf-8")
    assert found == json.dumps(expected, indent=2) + "\n"


@pytest.mark.parametrize("text", ["[]", "7", '"LORA"', "null"])
def test_a_config_that_is_no_object_is_refused(tmp_path: Path, text: str) -> None:
    lora = lively()
    ft.save_adapters(lora, tmp_path)
    (tmp_path / files.CONFIG).write_text(text)
    with pytest.raises(ValueError, match="adapter_config.json must hold an object"):
        ft.load_adapters(lora.model, tmp_path)


def test_of_many_names_the_first_three_are_told() -> None:
    assert files.listed(["a", "b", "c"]) == "a, b, c"
    assert files.listed(["a", "b", "c", "d"]) == "a, b, c, …"


def without(arrays: dict[str, np.ndarray]) -> None:
    del arrays[FIRST]


def too_many(arrays: dict[str, np.ndarray]) -> None:
    arrays["lm_head.lora_A.weight"] = arrays[FIRST]


def turned(arrays: dict[str, np.ndarray]) -> None:
    arrays[FIRST] = arrays[FIRST].T


def infinite(arrays: dict[str, np.ndarray]) -> None:
    arrays[FIRST] = arrays[FIRST].copy()
    arrays[FIRST][1, 3] = np.inf


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without, f"lacks 1 arrays: {FIRST}"),
        (too_many, "has 1 arrays too many: lm_head.lora_A.weight"),
        (turned, rf"{FIRST} must have shape \(2, 12\), found \(12, 2\)"),
        (infinite, f"{FIRST} holds NaN or infinity"),
    ],
)
def test_arrays_that_do_not_fit_are_refused_by_name(
    tmp_path: Path, change: Callable[[dict[str, np.ndarray]], None], message: str
) -> None:
    lora = lively()
    ft.save_adapters(lora, tmp_path)
    path = tmp_path / files.MODEL
    arrays = safetensors.unpacked(path.read_bytes())
    change(arrays)
    path.write_bytes(safetensors.packed(arrays))
    with pytest.raises(ValueError, match=message):
        ft.load_adapters(lora.model, tmp_path)


def test_another_model_s_adapters_are_refused(tmp_path: Path) -> None:
    lora = lively()
    ft.save_adapters(lora, tmp_path)
    for config, said in (
        (replace(lora.model.config, layers=1), "has 14 arrays too many: .*layers.1"),
        (replace(lora.model.config, layers=3), "lacks 14 arrays: .*layers.2"),
        (replace(lora.model.config, hidden=11), "gate_proj.lora_B.* found .10, 2."),
    ):
        with pytest.raises(ValueError, match=said):
            ft.load_adapters(tiny(config=config), tmp_path)


@pytest.mark.parametrize("name", [files.MODEL, files.CONFIG])
def test_a_folder_without_one_of_the_files_is_none(tmp_path: Path, name: str) -> None:
    lora = lively()
    ft.save_adapters(lora, tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(FileNotFoundError, match=name):
        ft.load_adapters(lora.model, tmp_path)


def test_safetensors_are_those_of_the_library(tmp_path: Path) -> None:
    numpy_files = pytest.importorskip("safetensors.numpy")
    rng = np.random.default_rng(0)
    arrays = {
        "a.b": rng.normal(size=(3, 4)).T,  # not contiguous
        "half": rng.normal(size=5).astype(np.float16),
        "big": rng.normal(size=(2, 2)).astype(">f4"),
        "none": np.zeros((0, 3), np.float32),
    }
    theirs = numpy_files.load(safetensors.packed(arrays))
    ours = safetensors.unpacked(numpy_files.save(theirs))
    assert arrays.keys() == theirs.keys() == ours.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(theirs[name], array)
        np.testing.assert_array_equal(ours[name], array)
        assert ours[name].dtype.itemsize == array.dtype.itemsize


WHOLE = safetensors.packed({"a": np.ones((2, 3), np.float32)})


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no file of safetensors"),
        (b"\x02\0\0\0\0\0\0\0[]", "no file of safetensors"),
        (WHOLE[:20], "no file of safetensors"),
        (WHOLE[:-1], r"a must have 24 bytes for shape \(2, 3\), found 0 to 24 of 23"),
        (WHOLE.replace(b"[2, 3]", b"[2, 4]"), "a must have 32 bytes for shape"),
        (
            WHOLE.replace(b'"F32"', b'"I32"'),
            "a must be of F64, F32, F16, I64, found I32",
        ),
        (WHOLE.replace(b'"dtype"', b'"dtyqe"'), "no file of safetensors: .*dtype"),
    ],
)
def test_files_that_are_damaged_are_refused(content: bytes, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        safetensors.unpacked(content)


def test_numbers_of_other_kinds_are_not_written() -> None:
    with pytest.raises(ValueError, match="a must hold one of .*, found int64"):
        safetensors.packed({"a": np.arange(3)})
