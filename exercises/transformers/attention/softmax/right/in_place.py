"""In place on a copy, with `out=`."""

import numpy as np


def softmax(x):
    e = x.copy()
    e -= e.max(axis=-1)[..., None]
    np.exp(e, out=e)
    e /= e.sum(axis=-1)[..., None]
    return e
