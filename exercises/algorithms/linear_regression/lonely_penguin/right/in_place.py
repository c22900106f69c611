"""All in one function."""

import numpy as np


def predictions(X_train, y, X_new):
    mean, spread = X_train.mean(axis=0), X_train.std(axis=0)
    spread[spread == 0] = 1
    A, B = ((X - mean) / spread for X in (X_train, X_new))
    intercept = np.mean(y)
    w = np.linalg.lstsq(A, y - intercept, rcond=None)[0]
    return intercept + B @ w, np.array([intercept, *w])
