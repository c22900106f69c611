"""Loops over the features, the eigenvalues of the smaller product."""

import math

import numpy as np


def standardize(X_train, X):
    columns = []
    for old, new in zip(X_train.T.tolist(), X.T.tolist()):
        mean = math.fsum(old) / len(old)
        std = math.sqrt(math.fsum((v - mean) ** 2 for v in old) / len(old))
        constant = all(v == old[0] for v in old)
        columns.append([(v - mean) / (1 if constant else std) for v in new])
    return [list(row) for row in zip(*columns)]


def largest_stable_learning_rate(X):
    return len(X) / np.linalg.svd(X)[1].max() ** 2


def condition_number(X):
    return np.linalg.cond(X) ** 2


def original_units(w, b, mean, std):
    new = [wj / sj for wj, sj in zip(w, std)]
    return new, b - sum(wj * mj for wj, mj in zip(new, mean))
