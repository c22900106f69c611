"""Adapters in peft's files, written and read: adapter_model.safetensors and a config.

What is missing, odd, of another shape or asks for something that this book's LoRA does
not do is refused by its name, where the library warns or goes on.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from groundup.pretrained.safetensors import packed, unpacked

from ..language_model import LanguageModel
from .config import MATRICES, LoraConfig, shapes
from .layers import Array
from .lora import Lora

MODEL = "adapter_model.safetensors"
CONFIG = "adapter_config.json"
MODULES = {
    "q": "self_attn.q_proj",
    "k": "self_attn.k_proj",
    "v": "self_attn.v_proj",
    "o": "self_attn.o_proj",
    "gate": "mlp.gate_proj",
    "up": "mlp.up_proj",
    "down": "mlp.down_proj",
}
MATRIX = {module.split(".")[1]: matrix for matrix, module in MODULES.items()}
# Settings that change nothing of what an adapter computes, whatever they say. Dropout
# is one of them: it is of training alone.
TELLING = {
    "auto_mapping",
    "base_model_name_or_path",
    "inference_mode",
    "lora_dropout",
    "megatron_core",
    "monteclora_config",
    "peft_version",
    "qalora_group_size",
    "revision",
}
# What the others have to say, if they say anything.
EXPECTED: dict[str, tuple[Any, ...]] = {
    "bias": ("none",),
    "init_lora_weights": (True, False, "gaussian"),
    "peft_type": ("LORA",),
    "task_type": ("CAUSAL_LM",),
}
READ = {"r", "lora_alpha", "target_modules"}
SILENT: tuple[Any, ...] = (None, False, [], {})


def save(lora: Lora, folder: Path, base: str | None = None) -> None:
    """Write adapters as peft does; `base` names the model that they belong to.

    Both files are there whole, or as they were before. Raises OSError where they
    cannot be written.
    """
    arrays = {key(name): array.T for name, array in lora.parameters.items()}
    alpha = lora.config.alpha
    settings = {
        "peft_type": "LORA",
        "task_type": "CAUSAL_LM",
        "base_model_name_or_path": base,
        "r": lora.config.rank,
        "lora_alpha": int(alpha) if alpha == int(alpha) else alpha,
        "target_modules": [MODULES[m].split(".")[1] for m in lora.config.matrices],
        "lora_dropout": 0.0,
        "bias": "none",
        "fan_in_fan_out": False,
        "inference_mode": True,
    }
    text = json.dumps(settings, indent=2)
    contents = {MODEL: packed(arrays), CONFIG: f"{text}\n".encode()}
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = {name: folder / f"{name}.{os.getpid()}" for name in contents}
    try:
        for name, content in contents.items():
            unfinished[name].write_bytes(content)
        for name, path in unfinished.items():
            path.replace(folder / name)
    finally:
        for path in unfinished.values():
            path.unlink(missing_ok=True)


def load(model: LanguageModel, folder: Path) -> Lora:
    """Return a model with the adapters that peft, or `save`, has written.

    Raises FileNotFoundError without the two files, ValueError that names what is
    missing, odd, of another shape, or not done here.
    """
    settings = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    if not isinstance(settings, dict):
        raise ValueError(f"{CONFIG} must hold an object, found {settings!r}")
    lora = Lora(model, understood(settings))
    found = unpacked((folder / MODEL).read_bytes())
    lora.load(matched(found, lora))
    return lora


def key(name: str) -> str:
    """Return peft's name of an A or B of ours."""
    layer, matrix, part = name.split(".")
    module = f"base_model.model.model.layers.{layer}.{MODULES[matrix]}"
    return f"{module}.lora_{part}.weight"


def understood(settings: Mapping[str, Any]) -> LoraConfig:
    """Return rank, α and matrices; raises ValueError for what is not done here."""
    for name in READ - settings.keys():
        raise ValueError(f"{CONFIG} lacks {name}")
    for name, value in settings.items():
        if name in EXPECTED:
            if value not in EXPECTED[name]:
                expected = " or ".join(map(repr, EXPECTED[name]))
                raise ValueError(f"{name} must be {expected}, found {value!r}")
        elif name not in TELLING | READ and value not in SILENT:
            raise ValueError(f"{name} is not done here, found {value!r}")
    modules = settings["target_modules"]
    if not isinstance(modules, list) or not set(modules) <= MATRIX.keys():
        raise ValueError(
            f"target_modules must be some of {', '.join(MATRIX)}, found {modules!r}"
        )
    wanted = {MATRIX[module] for module in modules}
    matrices = tuple(matrix for matrix in MATRICES if matrix in wanted)
    return LoraConfig(settings["r"], settings["lora_alpha"], matrices)


def matched(found: Mapping[str, Array], lora: Lora) -> dict[str, Array]:
    """Return arrays by our names and (in, out); raises ValueError where any differs."""
    needed = {
        key(name): (name, shape)
        for name, shape in shapes(lora.model.config, lora.config).items()
    }
    if missing := sorted(needed.keys() - found.keys()):
        raise ValueError(f"{MODEL} lacks {len(missing)} arrays: {listed(missing)}")
    if odd := sorted(found.keys() - needed.keys()):
        raise ValueError(f"{MODEL} has {len(odd)} arrays too many: {listed(odd)}")
    arrays = {}
    for theirs, (name, shape) in needed.items():
        array = found[theirs]
        if array.shape != shape[::-1]:
            raise ValueError(
                f"{theirs} must have shape {shape[::-1]}, found {array.shape}"
            )
        if not np.isfinite(array).all():
            raise ValueError(f"{theirs} holds NaN or infinity")
        arrays[name] = array.T
    return arrays


def listed(names: list[str]) -> str:
    """Return the first names, and whether there are more."""
    return ", ".join(names[:3]) + (", …" if len(names) > 3 else "")
