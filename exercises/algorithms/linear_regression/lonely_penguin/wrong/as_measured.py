"""
misconception: standardizes nothing at all
fails: test_a_penguin_alone
message: >
  You fit the features as they were measured. The masses are the same then, but each
  weight is in grams a millimeter, and the task asks for grams a standard deviation. Keep
  the fit as it was: the mistake lies in what is done to the new ones.
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
    design = np.column_stack([np.ones(len(X_train)), X_train])
    w = np.linalg.lstsq(design, y, rcond=None)[0]
    return w[0] + X_new @ w[1:], w
