"""All columns at once, and the product by einsum."""

import numpy as np


def quantize(W):
    scales = np.linalg.norm(W, ord=np.inf, axis=0) / 127
    scales[scales == 0] = 1
    codes = np.clip(np.floor(W / scales + 0.5), -127, 127)
    return codes.astype("int8"), scales


def product(x, codes, scales):
    return np.einsum("ti,io->to", x, codes.astype(x.dtype)) * scales
