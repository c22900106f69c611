"""Masses of penguins, by a linear model of standardized features."""

import numpy as np


def standardize(X: np.ndarray, X_train: np.ndarray) -> np.ndarray:
    """Return features in the units of the training set. Shape (n, d) -> (n, d)."""
    spread = X_train.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)
    return (X - X_train.mean(axis=0)) / spread


def predictions(
    X_train: np.ndarray, y: np.ndarray, X_new: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return predictions for new samples of a model fitted to others, and its weights.

    X_train: (n, d), y: (n,), X_new: (m, d) -> (m,), (1 + d,)
    """
    Z = standardize(X_train, X_train)
    design = np.column_stack([np.ones(len(Z)), Z])
    w = np.linalg.lstsq(design, y, rcond=None)[0]
    Z_new = standardize(X_new, X_train)
    return w[0] + Z_new @ w[1:], w
