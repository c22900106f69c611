"""With einsum, variance by variance."""

import numpy as np


def layer_norm_backward(d_y, x, weight, eps=1e-5):
    d = x.shape[1]
    centered = x - x.mean(1)[:, None]
    inverse = 1 / np.sqrt(np.einsum("nd,nd->n", centered, centered) / d + eps)
    normed = np.einsum("nd,n->nd", centered, inverse)
    g = d_y * weight
    g = g - g.mean(axis=1, keepdims=True)
    along = np.einsum("nd,nd->n", g, normed) / d
    d_x = np.einsum("nd,n->nd", g - normed * along[:, None], inverse)
    return d_x, np.einsum("nd,nd->d", d_y, normed), np.einsum("nd->d", d_y)
