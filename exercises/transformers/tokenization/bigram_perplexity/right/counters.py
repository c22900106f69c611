"""Counters of pairs and of first tokens."""

import math
from collections import Counter


def perplexity(training, text, n_tokens):
    training, text = training.tolist(), text.tolist()
    pairs, firsts = Counter(zip(training, training[1:])), Counter(training[:-1])
    total = 0.0
    for a, b in zip(text, text[1:]):
        total -= math.log((pairs[a, b] + 1) / (firsts[a] + n_tokens))
    return math.exp(total / (len(text) - 1))
