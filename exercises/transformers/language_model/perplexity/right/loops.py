"""Token by token."""

import math


def perplexity(logits, ids):
    surprise = 0.0
    for t in range(len(ids) - 1):
        row = logits[t].tolist()
        top = max(row)
        total = top + math.log(math.fsum(math.exp(z - top) for z in row))
        surprise += total - row[ids[t + 1]]
    return math.exp(surprise / (len(ids) - 1))
