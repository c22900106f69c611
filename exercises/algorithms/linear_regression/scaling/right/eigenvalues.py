"""Through the Hessian, with columns changed in place on copies."""

import numpy as np


def standardize(X_train, X):
    Z = np.array(X, dtype=float)
    for j in range(Z.shape[1]):
        column = X_train[:, j]
        Z[:, j] -= column.mean()
        if np.ptp(column) > 0:
            Z[:, j] /= column.std()
    return Z


def curvatures(X):
    return np.linalg.eigvalsh(2 / X.shape[0] * np.dot(X.T, X))


def largest_stable_learning_rate(X):
    return 2 / max(curvatures(X))


def condition_number(X):
    found = curvatures(X)
    return max(found) / min(found)


def original_units(w, b, mean, std):
    new = np.divide(w, std)
    return new, b - np.dot(new, mean)
