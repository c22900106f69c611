"""Formulas of the book: derived line by line, worked with numbers, tied to the code.

`verify` compares a SymPy formula with the function that implements it, `derivation`
each line of mathematics with the line before it, `worked` puts numbers into a formula
and computes all that it shows; `glue` keeps a value for a sentence of the text.
"""

from .agreement import normal, shifted
from .chain import DerivationMismatch
from .derivations import derivation
from .evaluation import Formula
from .lines import line, named
from .marks import in_order, kept, marked, times
from .notation import RowSoftmax, equation, latex
from .prose import glue
from .verification import (
    REGISTRY,
    FormulaMismatch,
    Verified,
    peak_megabytes,
    summary,
    verify,
)
from .worked import WorkedMismatch, work, worked

__all__ = [
    "REGISTRY",
    "DerivationMismatch",
    "Formula",
    "FormulaMismatch",
    "RowSoftmax",
    "Verified",
    "WorkedMismatch",
    "derivation",
    "equation",
    "glue",
    "in_order",
    "kept",
    "latex",
    "line",
    "marked",
    "named",
    "normal",
    "peak_megabytes",
    "shifted",
    "summary",
    "times",
    "verify",
    "work",
    "worked",
]
