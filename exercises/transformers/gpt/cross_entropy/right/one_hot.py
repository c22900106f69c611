"""A table of ones where the targets are, and weights for the rows that count."""

import numpy as np


def cross_entropy(logits, targets):
    count = (targets >= 0).astype(float)
    share = (count / count.sum())[:, None]
    wanted = np.arange(logits.shape[1]) == targets[:, None]
    z = logits - logits.max(axis=1, keepdims=True)
    log_p = z - np.log(np.exp(z).sum(axis=1, keepdims=True))
    loss = -np.sum(np.where(wanted, log_p, 0.0) * share)
    return loss, (np.exp(log_p) - wanted) * share
