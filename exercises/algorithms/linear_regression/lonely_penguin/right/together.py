"""Old and new samples go through the same function."""

import numpy as np


def standardize(X, mean, spread):
    return (X - mean) / spread


def predictions(X_train, y, X_new):
    mean, spread = np.mean(X_train, axis=0), np.std(X_train, axis=0)
    spread = np.where(spread == 0, 1.0, spread)
    Z = np.insert(standardize(X_train, mean, spread), 0, 1.0, axis=1)
    w, *_ = np.linalg.lstsq(Z, y, rcond=None)
    return np.insert(standardize(X_new, mean, spread), 0, 1.0, axis=1) @ w, w
