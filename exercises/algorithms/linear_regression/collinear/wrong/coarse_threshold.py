"""
misconception: throws away directions that are weak but well determined
fails: test_nearly_collinear_features_keep_their_digits
message: >
  A direction is missing from your weights: your threshold is so high that it takes a
  weak direction for one without data. A singular value of a millionth of the largest
  is far above rounding; only those near max(n, d) times eps of the largest are noise.
"""

import numpy as np


def rank(X: np.ndarray) -> int:
    sizes = np.linalg.svd(X, compute_uv=False)
    return int(np.sum(sizes > max(X.shape) * np.finfo(float).eps * sizes[0]))


def least_squares(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    U, sizes, Vt = np.linalg.svd(X, full_matrices=False)
    keep = sizes > 1e-5 * sizes[0]
    return Vt[keep].T @ (U[:, keep].T @ y / sizes[keep])
