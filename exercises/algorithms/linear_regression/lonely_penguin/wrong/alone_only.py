"""
misconception: mends the penguin alone, and leaves groups as they were
fails: test_a_group_of_large_ones
message: >
  You treat a penguin that comes alone in another way than groups. What is wrong for
  one is wrong for a group, too; it only shows less.
"""

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
    Z_new = standardize(X_new, X_train if len(X_new) == 1 else X_new)
    return w[0] + Z_new @ w[1:], w
