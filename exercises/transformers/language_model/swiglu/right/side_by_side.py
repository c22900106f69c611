"""Both matrices at once, and the sigmoid by a hyperbolic tangent, in place."""

import numpy as np


def swiglu(x, gate, up, down):
    both = np.einsum("...d,dh->...h", x, np.concatenate([gate, up], axis=1))
    z, values = np.split(both.astype(float), 2, axis=-1)
    values *= z * (1 + np.tanh(z / 2)) / 2
    return np.einsum("...h,hd->...d", values, down)
