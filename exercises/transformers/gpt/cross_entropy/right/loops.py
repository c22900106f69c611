"""Row by row, with the logarithm of the sum."""

import numpy as np


def cross_entropy(logits, targets):
    counted = [i for i in range(len(targets)) if targets[i] != -1]
    gradient = np.zeros(logits.shape)
    loss = 0.0
    for i in counted:
        total = np.logaddexp.reduce(logits[i])
        loss += total - logits[i][targets[i]]
        gradient[i] = np.exp(logits[i] - total)
        gradient[i][targets[i]] -= 1
    return loss / len(counted), gradient / len(counted)
