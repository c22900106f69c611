"""Runs as a learner's file does, and tells in which state it finds the process.

What is compared are the objects behind the names of NumPy and of Python, so a function
that was replaced shows, and so do settings and the numbers that would be drawn next.
"""

import builtins
import hashlib
import math
import sys

import numpy as np

WATCHED = (builtins, math, np, np.linalg, np.random, np.fft, np.lib.stride_tricks)


def state() -> str:
    """Return a digest of names, settings and generators."""
    names = [sorted((k, id(v)) for k, v in vars(m).items()) for m in WATCHED]
    drawn = np.random.get_state(legacy=False)["state"]["key"].tobytes()
    settings = [np.geterr(), np.get_printoptions(), sys.getrecursionlimit()]
    told = repr([names, settings]).encode() + drawn
    return hashlib.sha256(told).hexdigest()
