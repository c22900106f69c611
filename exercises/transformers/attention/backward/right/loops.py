"""A row at a time; gradients are added up in place."""

import numpy as np


def softmax(x):
    powers = np.exp(x - np.max(x, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)


def softmax_backward(d_weights, weights):
    out = np.empty(weights.shape)
    for at in np.ndindex(*weights.shape[:-1]):
        p, g = weights[at], d_weights[at]
        out[at] = p * g - p * np.dot(p, g)
    return out


def attention_backward(d_out, q, k, v):
    d_q, d_k, d_v = np.zeros(q.shape), np.zeros(k.shape), np.zeros(v.shape)
    root = np.sqrt(q.shape[-1])
    for *table, t in np.ndindex(*q.shape[:-1]):
        table = tuple(table)
        at = table + (t,)
        p = softmax(k[table] @ q[at] / root)
        d_v[table] += np.outer(p, d_out[at])
        d_s = softmax_backward(v[table] @ d_out[at], p) / root
        d_q[at] = d_s @ k[table]
        d_k[table] += np.outer(d_s, q[at])
    return [d_q, d_k, d_v]
