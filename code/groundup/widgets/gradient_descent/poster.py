"""The still picture of the explorable: for print, and where there is no JavaScript."""

from __future__ import annotations
import numpy as np
from numpy.typing import NDArray
Array = NDArray[np.float64]

def poster(name: str, x: Array, y: Array, start: Array, learning_rate: float, labels: tuple[str, str]) -> str:
    return "<svg xmlns='http://www.w3.org/2000/svg' role='img'><title>x</title></svg>"
