"""Pairs as numbers of one table, counted by `bincount`."""

import numpy as np


def perplexity(training, text, n_tokens):
    pairs = training[:-1] * n_tokens + training[1:]
    counts = 1 + np.bincount(pairs, minlength=n_tokens**2).reshape(n_tokens, n_tokens)
    p = (counts.T / counts.sum(axis=1)).T
    return np.exp(-np.mean(np.log(p[text[:-1], text[1:]])))
